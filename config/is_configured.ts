import { existsSync } from "node:fs";
import { findProjectFile, userConfigFile } from "./find_file.ts";
import type { Env } from "./folders.ts";

/** The variables that {@link readEnvironment} reads. */
const VARIABLES = [
  "OLLAMA_HOST",
  "MODEL_TIMEOUT_SECONDS",
  "STARCODER_ENDPOINT",
  "MISTRAL_ENDPOINT",
  "DEVMCP_CODE_MODEL",
  "DEVMCP_CHAT_MODEL",
];

/**
 * Whether anything could differ from the defaults: there is a devmcp.yaml, or a variable of ours is
 * set. Takes well under a millisecond, where reading a configuration takes 30 for its schema alone.
 *
 * @param cwd absolute
 */
export function isConfigured(cwd: string, env: Env): boolean {
  return VARIABLES.some((name) => env(name)?.trim()) ||
    existsSync(userConfigFile(env)) || findProjectFile(cwd, env) !== undefined;
}
