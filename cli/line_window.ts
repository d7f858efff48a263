import { escapeCharacter, isPlain, isVisible } from "./sanitize.ts";
import { characterWidth } from "./width.ts";

/** The part of a source line that a terminal shows, and where the marked span lies in it. */
export interface LineWindow {
  /** Safe to print, at most `room` columns wide. */
  text: string;
  /** Columns before the marked span. */
  start: number;
  /** Columns of the marked span, at least 1. */
  width: number;
}

interface Cell {
  glyph: string;
  width: number;
  /** Whether the character is inside the marked span, before it or after it. */
  place: "before" | "marked" | "after";
}

const TAB = "    ";
const ELLIPSIS = "…";

/**
 * Lays out one line of source in `room` columns. What is left of the span goes first when the line
 * is too long: the span's start is always in sight. Only the surroundings of the span are looked
 * at, so a line may be a megabyte long.
 * @param from where the span starts, a 0-based offset in UTF-16 code units
 * @param to where it ends, exclusive
 */
export function layOutLine(line: string, from: number, to: number, room: number): LineWindow {
  // Nearly every line of source: each code unit is a column.
  if (line.length < room && isPlain(line)) {
    const start = Math.min(from, line.length);
    return { text: line, start, width: Math.max(1, Math.min(to, line.length) - start) };
  }
  const lo = boundary(line, Math.max(0, from - room));
  const hi = boundary(line, Math.min(line.length, Math.max(from, lo + room) + room + 1));
  const cells = cellsOf(line, lo, hi, from, to);
  const left = dropLeft(cells, lo > 0, room);
  return cutRight(cells.slice(left), left > 0 || lo > 0, hi < line.length, room);
}

/** A line without a mark, cut at the right. */
export function layOutPlainLine(line: string, room: number): string {
  return layOutLine(line, 0, 0, room).text;
}

/** The offset, or the one before it in the middle of a surrogate pair. */
function boundary(line: string, offset: number): number {
  const inPair = /^[\udc00-\udfff]$/.test(line[offset] ?? "") &&
    /^[\ud800-\udbff]$/.test(line[offset - 1] ?? "");
  return inPair ? offset - 1 : offset;
}

function cellsOf(line: string, lo: number, hi: number, from: number, to: number): Cell[] {
  const cells: Cell[] = [];
  let offset = lo;
  for (const character of line.slice(lo, hi)) {
    const place = offset + character.length <= from ? "before" : offset < to ? "marked" : "after";
    cells.push({ ...drawn(character), place });
    offset += character.length;
  }
  return cells;
}

function drawn(character: string): { glyph: string; width: number } {
  if (character === "\t") return { glyph: TAB, width: TAB.length };
  if (isVisible(character)) return { glyph: character, width: characterWidth(character) };
  const glyph = escapeCharacter(character);
  return { glyph, width: glyph.length };
}

/** How many cells to leave out at the left so that the span comes into sight. */
function dropLeft(cells: Cell[], cut: boolean, room: number): number {
  const before = cells.filter((cell) => cell.place === "before");
  const marked = widthOf(cells.filter((cell) => cell.place === "marked")) || 1;
  if (!cut && widthOf(before) + Math.min(marked, room) < room) return 0;
  const kept = Math.max(0, Math.min(Math.floor(room / 2), room - marked - 2));
  let width = 0;
  for (let i = before.length; i > 0; i--) {
    width += before[i - 1]!.width;
    if (width > kept) return i;
  }
  return 0;
}

function cutRight(cells: Cell[], cutLeft: boolean, cutAfter: boolean, room: number): LineWindow {
  const head = cutLeft ? ELLIPSIS : "";
  const all = widthOf(cells) + head.length;
  const limit = cutAfter || all > room ? room - 1 : room;
  let column = head.length;
  let text = head;
  let start: number | undefined;
  let width = 0;
  for (const cell of cells) {
    if (column + cell.width > limit) {
      return { ...marks(start, width, column), text: text + ELLIPSIS };
    }
    if (cell.place !== "before") start ??= column;
    if (cell.place === "marked") width += cell.width;
    text += cell.glyph;
    column += cell.width;
  }
  return { ...marks(start, width, column), text: cutAfter ? text + ELLIPSIS : text };
}

function marks(start: number | undefined, width: number, end: number) {
  return { start: start ?? end, width: Math.max(1, width) };
}

function widthOf(cells: Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
