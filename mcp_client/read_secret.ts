import type { Env } from "../config/folders.ts";
import { ToolError } from "../config/tool_error.ts";

/** A secret from the environment. @param what it is, for messages @throws {ToolError} when it is not set */
export function readSecret(env: Env, name: string, what: string): string {
  const secret = env(name);
  if (secret) return secret;
  throw new ToolError(`Cannot read ${what}: ${JSON.stringify(name)} is not set`, {
    hint: `set the environment variable ${name}`,
  });
}
