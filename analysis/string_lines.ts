/**
 * The 1-based lines that end inside a string, from Ruff's list of tokens (`String 4..15 (…)`, in
 * UTF-8 bytes): white space there belongs to the string's value.
 */
export function linesEndingInStrings(text: string, tokens: string): Set<number> {
  const bytes = new TextEncoder().encode(text);
  const lines = new Set<number>();
  let line = 1, at = 0;
  for (const [, from, to] of tokens.matchAll(/(?:String|StringMiddle) (\d+)\.\.(\d+)/g)) {
    for (const limit of [Number(from), Number(to)]) {
      const inside = limit === Number(to);
      for (; at < limit; at++) {
        if (!endsLine(bytes, at)) continue;
        if (inside) lines.add(line);
        line++;
      }
    }
  }
  return lines;
}

const LF = 10, CR = 13;

/** Whether the byte is the last of a line ending: \n, \r\n or \r. */
function endsLine(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === LF || bytes[at] === CR && bytes[at + 1] !== LF;
}
