import type { ToolEntry } from "../../tools/mod.ts";
import { mayAskModel } from "./may_ask_model.ts";

/**
 * `long`: calls that wait for a model or work on much text; `quick`: all others. Each kind has its
 * own slots, so that quick calls never wait for long ones.
 */
export type Lane = "quick" | "long";

/** With more text than this in its arguments, in UTF-16 code units, a call is long. */
const MUCH_TEXT = 100_000;

/** Which lane a call takes, by what is known before it runs. */
export function laneOf(
  tool: Pick<ToolEntry, "asksModel"> | undefined,
  args: Record<string, unknown> = {},
): Lane {
  if (mayAskModel(tool, args)) return "long";
  return textOf(args) > MUCH_TEXT ? "long" : "quick";
}

/** Tools take scalars and lists of strings. */
function textOf(args: Record<string, unknown>): number {
  let length = 0;
  for (const value of Object.values(args).flat()) {
    if (typeof value === "string") length += value.length;
  }
  return length;
}
