import { escapeCharacter, isVisible } from "../sanitize.ts";
import { textWidth, truncateEnd } from "../width.ts";
import { lineEnd, lineStart } from "./characters.ts";
import type { Draft } from "./editor_state.ts";

/** What stands in one row of the screen. */
export interface Row {
  /** In the text; the newline is not part of it. */
  start: number;
  end: number;
  isLineStart: boolean;
  /** Safe for a terminal. */
  shown: string;
}

/**
 * A longer line is broken here whatever its width: so the end of a line of a megabyte is shown
 * without measuring what is before.
 */
const MAX_BLOCK = 4096;

/** A part of a line that is wrapped by itself. */
interface Block {
  start: number;
  end: number;
  isLineStart: boolean;
}

/** The rows around the cursor, at most `maxRows`; nothing else is measured. */
export function rowsAround(
  { text, cursor }: Draft,
  width: number,
  maxRows: number,
): { rows: Row[]; cursorRow: number } {
  const block = blockAt(text, cursor);
  const rows = wrap(text, block, width);
  let cursorRow = rows.findLastIndex(({ start }) => start <= cursor);
  for (let { start } = block; start > 0 && cursorRow < maxRows;) {
    const above = blockBefore(text, start);
    const added = wrap(text, above, width);
    rows.unshift(...added);
    cursorRow += added.length;
    start = above.start;
  }
  for (let { end } = block; end < text.length && rows.length - cursorRow < maxRows;) {
    const below = blockAfter(text, end);
    rows.push(...wrap(text, below, width));
    end = below.end;
  }
  const middle = cursorRow - (maxRows >> 1);
  const first = Math.max(0, Math.min(middle, rows.length - maxRows));
  return { rows: rows.slice(first, first + maxRows), cursorRow: cursorRow - first };
}

/** Columns before the cursor in its row. */
export function cursorColumn({ start }: Row, { text, cursor }: Draft, width: number): number {
  let column = 0;
  for (const character of text.slice(start, cursor)) column += textWidth(show(character, width));
  return column;
}

function blockAt(text: string, index: number): Block {
  const line = lineStart(text, index);
  const end = lineEnd(text, index);
  const number = Math.floor(Math.max(0, Math.min(index, end - 1) - line) / MAX_BLOCK);
  let start = aligned(text, line + number * MAX_BLOCK);
  // A character may reach into the next block.
  if (start > index) start = aligned(text, line + (number - 1) * MAX_BLOCK);
  return blockFrom(text, start, line, end);
}

function blockBefore(text: string, start: number): Block {
  return blockAt(text, start - 1);
}

function blockAfter(text: string, end: number): Block {
  const start = text[end] === "\n" ? end + 1 : end;
  return blockFrom(text, start, lineStart(text, start), lineEnd(text, start));
}

function blockFrom(text: string, start: number, line: number, end: number): Block {
  const next = line + (Math.floor((start - line) / MAX_BLOCK) + 1) * MAX_BLOCK;
  return { start, end: Math.min(end, aligned(text, next)), isLineStart: start === line };
}

/** The index, or the one behind the pair of surrogates that it would cut. */
function aligned(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit < 0xe000 ? index + 1 : index;
}

function wrap(text: string, { start, end, isLineStart }: Block, width: number): Row[] {
  const rows: Row[] = [];
  let row: Row = { start, end: start, isLineStart, shown: "" };
  let column = 0;
  for (const character of text.slice(start, end)) {
    const shown = show(character, width);
    const added = textWidth(shown);
    if (column + added > width && column > 0) {
      rows.push(row);
      row = { start: row.end, end: row.end, isLineStart: false, shown: "" };
      column = 0;
    }
    row.shown += shown;
    row.end += character.length;
    column += added;
  }
  return [...rows, row];
}

/** What joins or shapes its neighbours is drawn differently everywhere: it is left out. */
const SHAPING = /[\u200c\u200d\ufe00-\ufe0f]/;

/** A character as it is shown: tabs as spaces, what acts or hides escaped. */
function show(character: string, width: number): string {
  if (character >= " " && character <= "~") return character;
  if (character === "\t") return "    ";
  if (SHAPING.test(character)) return "";
  return isVisible(character) ? character : truncateEnd(escapeCharacter(character), width);
}
