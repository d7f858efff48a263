import { padEnd, textWidth, truncateEnd } from "../width.ts";

const GAP = 2;

/** Words side by side, as `ls` shows them, row by row; the last row tells how many are left out. */
export function inColumns(words: string[], columns: number, maxRows: number): string[] {
  if (words.length === 0 || maxRows < 1) return [];
  const cell = Math.min(columns, Math.max(...words.map(textWidth)) + GAP);
  const perRow = Math.max(1, Math.floor((columns + GAP) / cell));
  const rows: string[] = [];
  for (let start = 0; start < words.length; start += perRow) {
    const row = words.slice(start, start + perRow);
    rows.push(row.map((word) => padEnd(word, cell)).join("").trimEnd());
  }
  if (rows.length > maxRows) {
    const shown = (maxRows - 1) * perRow;
    rows.splice(maxRows - 1, Infinity, `… ${words.length - shown} more`);
  }
  return rows.map((row) => truncateEnd(row, columns));
}
