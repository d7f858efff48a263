import { ToolError } from "../../config/tool_error.ts";
import type { Turn } from "../../sessions/session.ts";
import type { Chat } from "./chat.ts";

/**
 * The last turn of a chat.
 *
 * @param doing what it is for: "retry"
 * @throws {ToolError} when there is none
 */
export function lastTurn({ session }: Chat, doing: string): Turn {
  const turn = session.data.turns.at(-1);
  if (turn) return turn;
  throw new ToolError(`Cannot ${doing}: nothing was said yet`);
}
