import { Pen, type Place } from "./pen.ts";
import { cutRow, styledWidth } from "./styled_text.ts";
import { wrapRows } from "./wrap_rows.ts";

/** The rows at the lower end of the screen that may still change, as they were drawn last. */
export interface Drawn {
  /** At least one. */
  rows: string[];
  /** Within `rows`. */
  at: Place;
  isCursorShown: boolean;
}

/** What is to be seen. */
export interface Wanted {
  /** Rows that come before, and never change again. */
  printed: string[];
  /** At least one. */
  rows: string[];
  /** None: the cursor is hidden. */
  cursor?: Place;
}

export const NOTHING_DRAWN: Drawn = { rows: [""], at: { row: 0, column: 0 }, isCursorShown: true };

const ERASE_LINE = "\x1b[K";
const ERASE_BELOW = "\x1b[J";
const SHOW_CURSOR = "\x1b[?25h";
/** Drawn at once where the terminal can; with a hidden cursor; too long rows never wrap. */
const BEGIN = "\x1b[?2026h\x1b[?25l\x1b[?7l";
const END = "\x1b[?7h";
const COMMIT = "\x1b[?2026l";

/** Tail and bottom as far as the screen has room: of the bottom what is around the cursor. */
export function fitRows(
  tail: string[],
  bottom: string[],
  { cursor, columns, rows }: { cursor: Place | undefined; columns: number; rows: number },
): Omit<Wanted, "printed"> {
  const room = Math.max(1, rows);
  const from = Math.max(0, Math.min(cursor?.row ?? 0, bottom.length - room));
  const lower = bottom.slice(from, from + room).map((line) => cutRow(line, columns));
  const above = room - lower.length;
  const upper = above > 0 ? tail.slice(-above).map((line) => cutRow(line, columns)) : [];
  const place = cursor && {
    row: Math.min(upper.length + Math.max(0, cursor.row - from), upper.length + lower.length - 1),
    column: Math.max(0, Math.min(cursor.column, columns - 1)),
  };
  const all = [...upper, ...lower];
  return { rows: all.length > 0 ? all : [""], cursor: lower.length > 0 ? place : undefined };
}

/** Finished lines as rows of the screen. */
export function toRows(lines: string[], columns: number): string[] {
  return lines.flatMap((line) => wrapRows(line, columns));
}

/** The bytes that turn what is drawn into what is wanted: only what differs is sent. */
export function redraw(drawn: Drawn, wanted: Wanted): { bytes: string; drawn: Drawn } {
  const rows = [...wanted.printed, ...wanted.rows];
  const pen = new Pen(drawn.at, drawn.rows.length);
  rows.forEach((row, i) => {
    if (i >= drawn.rows.length) pen.add(i, row);
    else if (drawn.rows[i] !== row) pen.replace(i, drawn.rows[i]!, row);
  });
  if (rows.length < drawn.rows.length) pen.eraseFrom(rows.length);
  return settle(pen, drawn.isCursorShown, wanted);
}

/**
 * The bytes that draw everything anew after the size has changed. Row by row: when all is erased at
 * once, some terminals keep a copy of it in their history.
 * @param above rows between the first that is ours and the cursor; too many do no harm
 */
export function repaint(above: number, wanted: Wanted): { bytes: string; drawn: Drawn } {
  const rows = [...wanted.printed, ...wanted.rows];
  const pen = new Pen({ row: 0, column: 0 }, 0);
  pen.bytes = above > 0 ? `\r\x1b[${above}A` : "\r";
  rows.forEach((row, i) => pen.add(i, (i < rows.length - 1 ? ERASE_LINE : ERASE_BELOW) + row));
  return settle(pen, false, wanted);
}

/** Rows up to a place, when the terminal breaks those that have become too long. */
export function rowsAbove(rows: string[], at: Place, columns: number): number {
  return countRows(rows.slice(0, at.row), columns) + Math.floor(at.column / columns);
}

/** Rows that the terminal makes of some, when it breaks those that have become too long. */
export function countRows(rows: string[], columns: number): number {
  return rows.reduce((sum, row) => sum + (Math.ceil(styledWidth(row) / columns) || 1), 0);
}

/** Ends with the cursor in the rows that may still change: from there the next redraw counts. */
function settle(pen: Pen, wasShown: boolean, { printed, rows, cursor }: Wanted) {
  const top = printed.length;
  const last = top + rows.length - 1;
  const resting = { row: Math.max(top, Math.min(pen.at.row, last)), column: 0 };
  pen.moveTo(cursor ? { ...cursor, row: top + cursor.row } : resting);
  const at = { row: pen.at.row - top, column: pen.at.column };
  const isCursorShown = cursor !== undefined;
  return { bytes: frame(pen, wasShown, isCursorShown), drawn: { rows, at, isCursorShown } };
}

/** A change within one row needs no protection against being seen half done. */
function frame(pen: Pen, wasShown: boolean, isShown: boolean): string {
  if (wasShown === isShown && pen.touched < 2 && !pen.isRisky) return pen.bytes;
  return BEGIN + pen.bytes + END + (isShown ? SHOW_CURSOR : "") + COMMIT;
}
