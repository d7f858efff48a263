import { applyEdits } from "../../../analysis/fixes/apply_edits.ts";
import type { Fix, Issue } from "../../../analysis/issue.ts";
import type { LineAt } from "../../excerpt.ts";
import { type Markup, markup } from "../../html/markup.ts";
import { sourceLine } from "./source_line.ts";

const MOST_LINES = 8;

/** Lines that a fix takes away, and those that it puts there; the first of them has the number `from`. */
export interface FixedLines {
  from: number;
  removed: string[];
  added: string[];
}

/** What a fix would change, as a small diff; nothing where the lines are not at hand. */
export function fixDiff(fix: Fix, lineAt: LineAt, cell: Issue["cell"]): Markup | undefined {
  const lines = fixedLines(fix, (line) => lineAt(line, cell));
  if (!lines) return undefined;
  const { from, removed, added } = lines;
  return markup`<pre class="source diff">${diffRows(removed, "del", "−", from)}${
    diffRows(added, "ins", "+", from)
  }</pre>`;
}

function diffRows(lines: string[], kind: "del" | "ins", sign: string, from: number): Markup[] {
  const rows = lines.slice(0, MOST_LINES).map((line, index) =>
    markup`<span class="l ${kind}" data-n="${sign} ${from + index}">${sourceLine(line)}\n</span>`
  );
  const more = lines.length - rows.length;
  return more > 0 ? [...rows, markup`<span class="l rest" data-n="…">${more} more\n</span>`] : rows;
}

/** The lines of a text that a fix changes; undefined where they are not all known, or none is. */
export function fixedLines(
  { edits }: Fix,
  lineAt: (line: number) => string | undefined,
): FixedLines | undefined {
  if (edits.length === 0) return undefined;
  const first = Math.min(...edits.map(({ start }) => start.line));
  const last = Math.max(...edits.map(({ end }) => end.line));
  // Never more than an excerpt holds.
  if (last - first > 50) return undefined;
  const before: string[] = [];
  for (let n = first; n <= last; n++) {
    // The end of the file is where a line would begin that is not there.
    const line = lineAt(n) ?? (n === last && n > first ? "" : undefined);
    if (line === undefined) return undefined;
    before.push(line);
  }
  const shift = ({ line, column }: { line: number; column: number }) => (
    { line: line - first + 1, column }
  );
  const moved = edits.map(({ start, end, content }) => (
    { start: shift(start), end: shift(end), content }
  ));
  const after = applyEdits(before.join("\n"), moved).split(/\r\n|\r|\n/);
  return differing(before, after, first);
}

/** Without the lines that are the same at both ends. */
function differing(before: string[], after: string[], first: number): FixedLines | undefined {
  const shorter = Math.min(before.length, after.length);
  let head = 0, tail = 0;
  while (head < shorter && before[head] === after[head]) head++;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const removed = before.slice(head, before.length - tail);
  const added = after.slice(head, after.length - tail);
  return removed.length + added.length === 0 ? undefined : { from: first + head, removed, added };
}
