import type { Issue } from "../../../analysis/issue.ts";
import type { LineAt } from "../../excerpt.ts";
import { type Markup, markup } from "../../html/markup.ts";
import { type Part, sourceLine } from "./source_line.ts";

const CONTEXT = 1;
/** Of a longer span the first lines are shown. */
const MOST_LINES = 3;

/** The lines of a finding, the place marked, with one around them; nothing where they are not at hand. */
export function sourceExcerpt(issue: Issue, lineAt: LineAt): Markup | undefined {
  const { line, cell } = issue;
  const first = lineAt(line, cell);
  if (first === undefined) return undefined;
  const end = endOf(issue, first);
  const shown = Math.min(end.line, line + MOST_LINES - 1);
  const after = shown === end.line ? end.line + CONTEXT : shown;
  const rows: Markup[] = [];
  for (let n = Math.max(1, line - CONTEXT); n <= after; n++) {
    const text = lineAt(n, cell);
    const part = n < line || n > end.line || text === undefined
      ? undefined
      : partOf(text, n, issue.line === n ? issue.column : undefined, end);
    if (text === undefined || !part && text.trim() === "") continue;
    rows.push(
      markup`<span class="l${part && " hit"}" data-n="${n}">${sourceLine(text, part)}\n</span>`,
    );
  }
  if (after < end.line) {
    rows.push(markup`<span class="l rest" data-n="…">to line ${end.line}</span>`);
  }
  return markup`<pre class="source">${rows}</pre>`;
}

/** The end of the span, or the end of the line before when it ends at a line's very start. */
function endOf({ line, column, end }: Issue, first: string): { line: number; column: number } {
  if (end.line <= line) return { line, column: Math.max(end.column, column) };
  if (end.column > 1) return end;
  return { line: end.line - 1, column: end.line - 1 === line ? first.length + 1 : Infinity };
}

/** What of line `n` is marked: from its text on where the span began before it. */
function partOf(
  text: string,
  n: number,
  column: number | undefined,
  end: { line: number; column: number },
): Part | undefined {
  const from = column === undefined ? text.length - text.trimStart().length : column - 1;
  const to = n === end.line ? end.column - 1 : text.length;
  return from > text.length ? undefined : { from, to: Math.max(from, Math.min(to, text.length)) };
}
