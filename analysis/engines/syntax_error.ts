import type { Issue, Position } from "../issue.ts";

/** The issue of a text that cannot be parsed, where that was seen. */
export function syntaxError(message: string, start: Position, end: Position = start): Issue {
  return {
    severity: "critical",
    category: "correctness",
    message,
    rule: "syntax-error",
    line: start.line,
    column: start.column,
    end,
  };
}
