import { findProjectFile, isThere, userConfigFile } from "./find_file.ts";
import type { Env } from "./folders.ts";
import { OLLAMA_HOST, VARIABLES } from "./variables.ts";

/**
 * Whether anything could differ from the defaults: there is a devmcp.yaml, or a variable of ours is
 * set. Takes well under a millisecond, where reading a configuration takes 30 for its schema alone.
 *
 * @param cwd absolute
 */
export function isConfigured(cwd: string, env: Env): boolean {
  const names = [OLLAMA_HOST, ...VARIABLES.map(([name]) => name)];
  return names.some((name) => env(name)?.trim()) ||
    isThere(userConfigFile(env)) || findProjectFile(cwd, env) !== undefined;
}
