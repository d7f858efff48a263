import type { Issue, Position } from "../issue.ts";
import { syntaxError } from "./syntax_error.ts";
import { createToPosition } from "../text/utf16_columns.ts";

/** `2:31: expected ';'`, with a file's name before it or without. */
const PLACED = /^(?:[^:\n]*:)?(\d{1,9}):(\d{1,9}): ([^]*)$/;

/**
 * The issue that an error message of gofmt or shfmt stands for; their columns count bytes. Where no
 * place is told it is the text's beginning.
 */
export function toGoIssue(problem: string, text: string): Issue {
  const [, row = "1", column = "1", message = problem] = PLACED.exec(problem) ?? [];
  const place = { row: Number(row), column: Number(column) };
  const start = inside(text, createToPosition(text)(place));
  return syntaxError(message.trim().split("\n", 1)[0] || "syntax error", start);
}

/** A position that the text has: an error at the end of a file may be told of the line after it. */
function inside(text: string, { line, column }: Position): Position {
  const lines = text.split(/\r\n|\r|\n/);
  const at = Math.min(Math.max(line, 1), lines.length);
  const length = lines[at - 1]!.length;
  return { line: at, column: at < line ? length + 1 : Math.min(Math.max(column, 1), length + 1) };
}
