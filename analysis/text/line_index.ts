/** Turns offsets into 1-based lines and columns, both in UTF-16 units. Lines end with \n, \r\n or \r. */
export interface LineIndex {
  lineAt(offset: number): number;
  columnAt(offset: number): number;
  /** The offset at which a line begins. */
  startOf(line: number): number;
}

/** Finds all line starts once; each question is then a binary search. */
export function createLineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const lineAt = (offset: number) => lastAtOrBefore(starts, offset) + 1;
  const startOf = (line: number) => starts[line - 1]!;
  return { lineAt, columnAt: (offset) => offset - startOf(lineAt(offset)) + 1, startOf };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

function lastAtOrBefore(starts: number[], offset: number): number {
  let low = 0, high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
