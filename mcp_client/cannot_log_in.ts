import { ToolError } from "../config/tool_error.ts";

/** A login at a server that comes to nothing. @param problem the end of the sentence */
export function cannotLogIn(
  server: URL,
  problem: string,
  options?: { hint?: string; cause?: unknown },
): ToolError {
  return new ToolError(`Cannot log in to ${JSON.stringify(server.href)}: ${problem}`, options);
}
