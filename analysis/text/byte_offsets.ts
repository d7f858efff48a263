/** Turns offsets into a text's UTF-8 into offsets in UTF-16 units. */
export type FromByteOffset = (byte: number) => number;

/**
 * Finds where each character begins once; each question is then a look into a table. A byte inside a
 * character counts as its beginning; one behind the text as its end. Half of a surrogate pair has
 * three bytes, as the mark that stands for it in UTF-8.
 */
export function createByteOffsets(text: string): FromByteOffset {
  // deno-lint-ignore no-control-regex -- the range is ASCII
  if (!/[^\x00-\x7f]/.test(text)) return (byte) => Math.min(byte, text.length);
  const units = unitsByByte(text);
  return (byte) => units[Math.min(byte, units.length - 1)]!;
}

/** For every byte of the text, and the place behind the last, the unit at which its character begins. */
function unitsByByte(text: string): Uint32Array {
  const units = new Uint32Array(3 * text.length + 1);
  let bytes = 0;
  for (let unit = 0; unit < text.length;) {
    const point = text.codePointAt(unit)!;
    const end = bytes + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
    while (bytes < end) units[bytes++] = unit;
    unit += point < 0x10000 ? 1 : 2;
  }
  units[bytes] = text.length;
  return units.subarray(0, bytes + 1);
}
