import { ToolError } from "../config/tool_error.ts";
import { listIds } from "./session_files.ts";

/**
 * The id that a user means, who may give the beginning of it.
 *
 * @param action for the message: "open"
 * @throws {ToolError} when no session or several begin with it
 */
export async function findSessionId(
  folder: string,
  given: string,
  action: string,
): Promise<string> {
  const ids = await listIds(folder);
  if (ids.includes(given)) return given;
  const found = given === "" ? [] : ids.filter((id) => id.startsWith(given));
  if (found.length === 1) return found[0]!;
  const cannot = `Cannot ${action} the session ${JSON.stringify(given)}`;
  throw found.length === 0
    ? new ToolError(`${cannot}: there is none`, { hint: '"devmcp sessions list" shows them' })
    : new ToolError(`${cannot}: ${found.length} sessions begin with it`, {
      hint: `give more of it: ${found.sort().reverse().slice(0, 5).join(", ")}`,
    });
}
