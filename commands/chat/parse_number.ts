import { ToolError } from "../../config/tool_error.ts";

/**
 * A whole number from 1 on.
 *
 * @param doing what it is for: "show the history"
 * @throws {ToolError} when it is none
 */
export function parseNumber(text: string, doing: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new ToolError(`Cannot ${doing}: ${JSON.stringify(text)} is not a number from 1 on`);
}
