/** A character as people see it may be many code points: a letter and its marks, a flag, a family. */

/** Longer characters are not looked at as a whole. */
const MAX_CHARACTER = 64;
/** How far back is read to know where characters begin. */
const MAX_BACK = 512;

let segmenter: Intl.Segmenter | undefined;

/** The boundary before `index`; 0 at the beginning. */
export function characterBefore(text: string, index: number): number {
  if (index <= 1) return 0;
  if (isAscii(text, index - 1) && isAscii(text, index - 2)) return index - 1;
  const from = windowStart(text, index);
  let last = from;
  for (const { index: start } of segments(text.slice(from, index))) last = from + start;
  return last;
}

/** The boundary after `index`; the length of the text at its end. */
export function characterAfter(text: string, index: number): number {
  if (index + 1 >= text.length) return text.length;
  if (isAscii(text, index) && isAscii(text, index + 1)) return index + 1;
  for (const { segment } of segments(text.slice(index, index + MAX_CHARACTER))) {
    return index + segment.length;
  }
  return text.length;
}

/** `index`, or the next boundary where it is within a character. */
export function toBoundary(text: string, index: number): number {
  if (index <= 0) return 0;
  if (index >= text.length) return text.length;
  if (isAscii(text, index) && isAscii(text, index - 1)) return index;
  const from = windowStart(text, index);
  for (const { index: start } of segments(text.slice(from, index + MAX_CHARACTER))) {
    if (from + start >= index) return from + start;
  }
  return Math.min(text.length, index + MAX_CHARACTER);
}

/** Where the word begins that ends before `index`; `isPart` tells what words are made of. */
export function wordStart(text: string, index: number, isPart: RegExp = WORD): number {
  let start = index;
  while (start > 0 && !isPart.test(characterAt(text, before(text, start)))) {
    start = before(text, start);
  }
  while (start > 0 && isPart.test(characterAt(text, before(text, start)))) {
    start = before(text, start);
  }
  return start;
}

/** Where the word ends that begins after `index`. */
export function wordEnd(text: string, index: number): number {
  let end = index;
  while (end < text.length && !WORD.test(characterAt(text, end))) end = after(text, end);
  while (end < text.length && WORD.test(characterAt(text, end))) end = after(text, end);
  return end;
}

/** Where the line of `index` begins. */
export function lineStart(text: string, index: number): number {
  return index === 0 ? 0 : text.lastIndexOf("\n", index - 1) + 1;
}

/** Where the line of `index` ends: at its newline, or with the text. */
export function lineEnd(text: string, index: number): number {
  const end = text.indexOf("\n", index);
  return end < 0 ? text.length : end;
}

const WORD = /[\p{L}\p{N}\p{M}_]/u;
/** What Ctrl-W takes for a word: whatever is no space. */
export const NO_SPACE = /\S/;

function isAscii(text: string, index: number): boolean {
  return text.charCodeAt(index) < 0x80;
}

function windowStart(text: string, index: number): number {
  return Math.max(lineStart(text, index), before(text, Math.max(0, index - MAX_BACK)));
}

function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return segmenter.segment(text);
}

function characterAt(text: string, index: number): string {
  return String.fromCodePoint(text.codePointAt(index)!);
}

/** The code point before `index`. */
function before(text: string, index: number): number {
  const isPair = index > 1 && (text.codePointAt(index - 2) ?? 0) > 0xffff;
  return Math.max(0, index - (isPair ? 2 : 1));
}

function after(text: string, index: number): number {
  return index + ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
}
