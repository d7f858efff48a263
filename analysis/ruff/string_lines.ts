/** A set of 1-based lines. */
export type LineSet = Pick<ReadonlySet<number>, "has">;

/** Lines on which white space has a meaning that a rule about white space does not see. */
export interface StringLines {
  /** They end inside a string: white space there belongs to the string's value. */
  ending: LineSet;
  /** They hold a part of an f-string with `{expression = }`, which prints the expression as written. */
  quoting: LineSet;
}

/** What to assume where the strings are not known. */
export const ANYWHERE: StringLines = { ending: { has: () => true }, quoting: { has: () => true } };

/** Finds these lines by Ruff's list of tokens (`String 4..15 (…)`, in UTF-8 bytes). */
export function findStringLines(text: string, tokens: string): StringLines {
  const bytes = new TextEncoder().encode(text);
  const lineOf = createLineCounter(bytes);
  const ending = new Set<number>(), quoting = new Set<number>();
  const open: number[] = [];
  for (const [, kind, start, end] of tokens.matchAll(TOKEN)) {
    const [from, to] = [Number(start), Number(end)];
    const [first, last] = [lineOf(from), lineOf(to)];
    if (kind === "StringStart") open.push(from);
    else if (kind === "StringEnd") {
      const began = open.pop() ?? from;
      if (open.length === 0 && quotesItself(bytes.subarray(began, to))) {
        addLines(quoting, last - countLineEnds(bytes.subarray(began, to)), last);
      }
    } else addLines(ending, first, last - 1);
  }
  return { ending, quoting };
}

/** Plain strings, and the parts of f-strings and t-strings. */
const TOKEN = /(String(?:Start|Middle|End)?) (\d+)\.\.(\d+)/g;

function addLines(lines: Set<number>, first: number, last: number): void {
  for (let line = first; line <= last; line++) lines.add(line);
}

/** Whether an f-string may have a field such as `{x = }`, `{x=!r}` or `{x=:>9}`. */
function quotesItself(fString: Uint8Array): boolean {
  return /=\s*[}!:]/.test(new TextDecoder().decode(fString));
}

/** Tells the line of rising offsets. */
function createLineCounter(bytes: Uint8Array): (offset: number) => number {
  let line = 1, at = 0;
  return (offset) => {
    for (; at < offset; at++) if (endsLine(bytes, at)) line++;
    return line;
  };
}

function countLineEnds(bytes: Uint8Array): number {
  return createLineCounter(bytes)(bytes.length) - 1;
}

const LF = 10, CR = 13;

/** Whether the byte is the last of a line ending: \n, \r\n or \r. */
function endsLine(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === LF || bytes[at] === CR && bytes[at + 1] !== LF;
}
