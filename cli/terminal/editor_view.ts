import { sanitizeLine } from "../sanitize.ts";
import type { Palette } from "../style.ts";
import { truncateEnd } from "../width.ts";
import type { EditorState } from "./editor_state.ts";
import { inColumns } from "./in_columns.ts";
import { cursorColumn, type Row, rowsAround } from "./wrap_input.ts";

export interface EditorView {
  /** Safe for a terminal, at most `columns` − 1 wide. */
  lines: string[];
  cursor: { row: number; column: number };
}

export interface EditorViewOptions {
  columns: number;
  /** Lines at most, at least 2; a longer input is scrolled to the cursor. */
  maxRows: number;
  palette: Palette;
  /** Shown while nothing is typed. */
  placeholder?: string;
}

const PROMPT = "> ";
const NEXT_LINE = "… ";
const SAME_LINE = "  ";
const MAX_LIST_ROWS = 6;
const MIN_COLUMNS = 8;

/** The input as lines of a terminal, with what belongs to it below. */
export function viewEditor(state: EditorState, options: EditorViewOptions): EditorView {
  const { maxRows, palette } = options;
  const columns = Math.max(MIN_COLUMNS, options.columns) - 1;
  const below = viewBelow(state, columns, Math.min(MAX_LIST_ROWS, maxRows >> 1));
  // A column stays free for the cursor behind the last character.
  const width = columns - PROMPT.length - 1;
  const { rows, cursorRow } = rowsAround(state, width, Math.max(1, maxRows - below.length));
  const lines = rows.map((row) => prefixOf(row, palette) + row.shown);
  if (state.text === "" && options.placeholder) {
    lines[0] += palette.quiet(truncateEnd(sanitizeLine(options.placeholder), width));
  }
  const column = PROMPT.length + cursorColumn(rows[cursorRow]!, state, width);
  return { lines: [...lines, ...below.map(palette.quiet)], cursor: { row: cursorRow, column } };
}

function prefixOf({ start, isLineStart }: Row, palette: Palette): string {
  if (start === 0) return palette.code(PROMPT);
  return isLineStart ? palette.quiet(NEXT_LINE) : SAME_LINE;
}

/** What is searched for, or what could be completed. */
function viewBelow({ search, candidates }: EditorState, columns: number, maxRows: number) {
  if (!search) return inColumns(candidates.map(sanitizeLine), columns, maxRows);
  const label = search.isFound ? "search" : "search, nothing found";
  return [truncateEnd(`${label}: ${sanitizeLine(search.query)}`, columns)];
}
