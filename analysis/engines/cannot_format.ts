import { ToolError } from "../../config/tool_error.ts";
import type { Issue } from "../issue.ts";
import { EngineTrap } from "./engine_trap.ts";

/** The error of a text that does not parse: where, and what to do. */
export function unparsable({ line, column, message }: Pick<Issue, "line" | "column" | "message">) {
  const where = `syntax error in line ${line}, column ${column}: ${message}`;
  return new ToolError(`Cannot format the code: ${where}`, { hint: "mend the syntax first" });
}

/** Runs a formatter; that its WebAssembly failed is said in words. */
export function formatOrSay<T>(format: () => T): T {
  try {
    return format();
  } catch (error) {
    throw error instanceof EngineTrap ? cannotFormat(error) : error;
  }
}

function cannotFormat(trap: EngineTrap): ToolError {
  const reason = trap.tooDeep
    ? "it is too large or nested too deeply"
    : `the formatter failed (${trap.message})`;
  return new ToolError(`Cannot format the code: ${reason}`, { cause: trap });
}

/**
 * @throws {ToolError} for half of a surrogate pair, which has no bytes: what an engine gives back
 * would have lost it
 */
export function refuseHalfPairs(text: string): void {
  if (text.isWellFormed()) return;
  throw new ToolError("Cannot format the code: it holds half of a surrogate pair", {
    hint: "give valid Unicode",
  });
}
