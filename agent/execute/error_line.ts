import { oneLine } from "../../config/one_line.ts";
import { ToolError } from "../../config/tool_error.ts";
import { BudgetError } from "../turn_state.ts";

/** What to tell the person of a failure, in one line. */
export function errorLine(error: unknown): string {
  if (error instanceof BudgetError) return error.message;
  if (error instanceof ToolError) {
    return oneLine(error.hint ? `${error.message} (${error.hint})` : error.message, 600);
  }
  return `Cannot finish the turn: internal error (${oneLine(String(error), 200)})`;
}
