import { characterWidth } from "../width.ts";
import type { Span } from "./span.ts";

/** A line as wide as there is room. */
export interface Row {
  spans: Span[];
  /** Where the source of its first character begins. */
  at: number;
  /** Of its first character. */
  style: number;
}

interface Cell {
  text: string;
  style: number;
  at: number;
  width: number;
}

/**
 * Breaks text at spaces and at newlines, between wide characters, and, where a word is longer than
 * the room, within it. A combining mark stays with its character.
 */
export function wrapSpans(spans: Span[], columns: number): Row[] {
  const cells = spans.flatMap(toCells);
  const rows: Row[] = [];
  for (let from = 0; from < cells.length;) {
    const { end, next } = findEnd(cells, from, Math.max(1, columns));
    rows.push(toRow(cells, from, end));
    from = next;
  }
  // What ends with a newline has no further row; text that is empty has one.
  return rows.length > 0 ? rows : [{ spans: [], at: 0, style: 0 }];
}

function toCells({ text, style, at }: Span): Cell[] {
  const cells: Cell[] = [];
  let offset = 0;
  for (const character of text) {
    const width = character === "\n" ? 0 : characterWidth(character);
    const last = cells.at(-1);
    if (width === 0 && character !== "\n" && last && last.text !== "\n") last.text += character;
    else cells.push({ text: character, style, at: at + offset, width });
    offset += character.length;
  }
  return cells;
}

/** Where the row that begins at `from` ends, and where the next one begins. */
function findEnd(cells: Cell[], from: number, columns: number): { end: number; next: number } {
  let width = 0;
  let breakAt = -1;
  for (let i = from; i < cells.length; i++) {
    const cell = cells[i]!;
    if (cell.text === "\n") return { end: i, next: i + 1 };
    if (i > from && (cells[i - 1]!.text === " " || cell.width === 2 || cells[i - 1]!.width === 2)) {
      breakAt = i;
    }
    width += cell.width;
    if (width <= columns || i === from) continue;
    if (cell.text === " ") return skipSpaces(cells, i);
    return breakAt > from ? { end: breakAt, next: breakAt } : { end: i, next: i };
  }
  return { end: cells.length, next: cells.length };
}

function skipSpaces(cells: Cell[], end: number): { end: number; next: number } {
  let next = end;
  while (cells[next]?.text === " ") next++;
  return { end, next: cells[next]?.text === "\n" ? next + 1 : next };
}

function toRow(cells: Cell[], from: number, end: number): Row {
  let last = end;
  while (last > from && cells[last - 1]!.text === " ") last--;
  const spans: Span[] = [];
  for (let i = from; i < last; i++) {
    const { text, style, at } = cells[i]!;
    const open = spans.at(-1);
    if (open && open.style === style) open.text += text;
    else spans.push({ text, style, at });
  }
  return { spans, at: cells[from]!.at, style: cells[from]!.style };
}
