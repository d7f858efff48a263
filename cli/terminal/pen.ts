import { isPlain } from "../sanitize.ts";
import { styleAfter, styledWidth } from "./styled_text.ts";

/** Where the cursor stands, both from 0. */
export interface Place {
  row: number;
  column: number;
}

const ERASE_LINE = "\x1b[K";
const ERASE_BELOW = "\x1b[J";
// deno-lint-ignore no-control-regex
const SEQUENCES = /\x1b\[[\d;]*m/g;

/** Collects the bytes that change rows of the screen, with as little movement as possible. */
export class Pen {
  bytes = "";
  /** Rows changed. */
  touched = 0;
  /** Whether the terminal may have scrolled, or may measure a row otherwise than we do. */
  isRisky = false;
  at: Place;
  /** Rows there are; below them the screen is blank. */
  #height: number;

  constructor(at: Place, height: number) {
    this.at = at;
    this.#height = height;
  }

  moveTo({ row, column }: Place): void {
    const down = row - this.at.row;
    if (down < 0) this.bytes += `\x1b[${-down}A`;
    if (down > 0) this.bytes += "\r\n".repeat(down);
    const from = down > 0 ? 0 : this.at.column;
    if (from !== column) this.bytes += column === 0 ? "\r" : `\x1b[${column + 1}G`;
    this.at = { row, column };
    if (row >= this.#height) [this.#height, this.isRisky] = [row + 1, true];
  }

  /** Draws a row where there was none. */
  add(row: number, text: string): void {
    this.moveTo({ row, column: 0 });
    this.#write(text);
  }

  /** Draws over a row; of simple text only what follows the common start. */
  replace(row: number, old: string, text: string): void {
    const start = isSimple(old) && isSimple(text) ? commonStart(old, text) : 0;
    const before = text.slice(0, start);
    this.moveTo({ row, column: styledWidth(before) });
    // Erased beforehand: behind a full row it would take the last character away.
    const isShorter = !isSimple(old) || !isSimple(text) || styledWidth(text) < styledWidth(old);
    this.#write((isShorter ? ERASE_LINE : "") + styleAfter(before) + text.slice(start));
    this.at.column = isSimple(text) ? styledWidth(text) : NaN;
  }

  /** Leaves nothing from a row on. */
  eraseFrom(row: number): void {
    this.moveTo({ row, column: 0 });
    this.bytes += ERASE_BELOW;
    this.touched += 2;
  }

  #write(text: string): void {
    this.bytes += text;
    this.touched++;
    this.isRisky ||= !isSimple(text);
    this.at = { ...this.at, column: NaN };
  }
}

/** Whether all terminals agree on the width: printable ASCII, besides colours. */
function isSimple(text: string): boolean {
  return isPlain(text) || isPlain(text.replace(SEQUENCES, ""));
}

/** Code units that two rows have in common at their start, no sequence cut. */
function commonStart(a: string, b: string): number {
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  const escape = b.lastIndexOf("\x1b", same - 1);
  const isInside = escape >= 0 && !b.slice(escape, same).includes("m");
  return isInside ? escape : same;
}
