import type { Position } from "../issue.ts";

/** Turns 1-based rows and columns in UTF-8 bytes into positions in UTF-16 units. */
export type ToPosition = (place: { row: number; column: number }) => Position;

/**
 * Ruff counts columns in bytes in no time, in UTF-16 units only by reading the line again for every
 * position, which takes minutes for a long line. Here a line is measured once, and only if it has
 * other characters than ASCII.
 */
export function createToPosition(text: string): ToPosition {
  // deno-lint-ignore no-control-regex -- the range is ASCII
  if (!/[^\x00-\x7f]/.test(text)) return ({ row, column }) => ({ line: row, column });
  const lines = text.split(/\r\n|\r|\n/);
  const measured = new Map<number, Uint32Array | null>();
  return ({ row, column }) => {
    let offsets = measured.get(row);
    if (offsets === undefined) measured.set(row, offsets = byteOffsets(lines[row - 1] ?? ""));
    return { line: row, column: offsets ? lastAtMost(offsets, column - 1) + 1 : column };
  };
}

/** Where each UTF-16 unit of a line begins in UTF-8, and the line's end; null when all are ASCII. */
function byteOffsets(line: string): Uint32Array | null {
  // deno-lint-ignore no-control-regex -- the range is ASCII
  if (!/[^\x00-\x7f]/.test(line)) return null;
  const offsets = new Uint32Array(line.length + 1);
  for (let unit = 0, bytes = 0; unit < line.length; unit++) {
    const point = line.codePointAt(unit)!;
    if (point > 0xffff) offsets[++unit] = bytes;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    offsets[unit + 1] = bytes;
  }
  return offsets;
}

/** The first of the greatest offsets that are not beyond `byte`. */
function lastAtMost(offsets: Uint32Array, byte: number): number {
  let low = 0, high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle]! <= byte) low = middle;
    else high = middle - 1;
  }
  while (low > 0 && offsets[low - 1] === offsets[low]) low--;
  return low;
}
