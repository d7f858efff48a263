/** Lines up to this length cost nothing to speak of. */
const HARMLESS_LENGTH = 20_000;
/** About ten seconds. */
const MAX_EFFORT = 6e10;
/** What a semicolon costs, in strings (measured). */
const SEMICOLON_WEIGHT = 16;

/**
 * The 1-based number of the first line that would keep Ruff busy for more than about ten seconds;
 * undefined for none. For every string and every statement Ruff looks at the line from its start,
 * so the time grows with the line's length times their number. A long line alone is harmless.
 */
export function findOverlongLine(text: string): number | undefined {
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed;
    if (end - start > HARMLESS_LENGTH) {
      const parts = text.slice(start, end).split("\r");
      const found = parts.findIndex((part) => effortOf(part) > MAX_EFFORT);
      if (found >= 0) return countLineEnds(text.slice(0, start)) + found + 1;
    }
    start = end + 1;
  }
}

function countLineEnds(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0;
}

function effortOf(line: string): number {
  let quotes = 0, semicolons = 0;
  for (let index = 0; index < line.length; index++) {
    const code = line.charCodeAt(index);
    if (code === 0x22 || code === 0x27) quotes++;
    else if (code === 0x3b) semicolons++;
  }
  return line.length * (quotes / 2 + semicolons * SEMICOLON_WEIGHT);
}
