import { PythonToken, PythonTokenizer, type PythonTokenKind } from "./python_tokens.ts";

/** radon's line counts. `loc` is the sum of `sloc`, `blank`, `multi` and `singleComments`. */
export interface RawMetrics {
  /** All lines. */
  loc: number;
  /** Logical lines, by the colons and semicolons. */
  lloc: number;
  /** Lines with code. */
  sloc: number;
  /** Comments, those behind code too. */
  comments: number;
  /** Lines of strings over several lines that stand alone: docstrings, mostly. */
  multi: number;
  blank: number;
  /** Lines that are a comment, or a string on one line, and nothing else. */
  singleComments: number;
}

/**
 * Line counts of a Python text, as radon 6.0.1's `raw.analyze` has them, in one pass. Lines are those of Python's
 * `str.splitlines`, stripped. Undefined where radon raises: a text that does not tokenize to its end.
 */
export function measureRaw(text: string): RawMetrics | undefined {
  const raw: RawMetrics = {
    loc: 0,
    lloc: 0,
    sloc: 0,
    comments: 0,
    multi: 0,
    blank: 0,
    singleComments: 0,
  };
  let chunk = emptyChunk();
  const tokenizer = new PythonTokenizer(text, (kind, spansLines) => see(chunk, kind, spansLines));
  let next = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  while (next < text.length) {
    const lineEnd = findLineEnd(text, next);
    const end = skipSpaceBack(text, next, lineEnd), start = skipSpace(text, next, end);
    next = lineEnd + (text.startsWith("\r\n", lineEnd) ? 2 : 1);
    tokenizer.feed(start, end);
    if (tokenizer.failed) return undefined;
    if (start === end) chunk.blank++;
    else chunk.filled++;
    if (!tokenizer.complete) continue;
    addChunk(raw, chunk);
    chunk = emptyChunk();
  }
  if (chunk.blank + chunk.filled > 0) return undefined;
  raw.loc = raw.sloc + raw.blank + raw.multi + raw.singleComments;
  return raw;
}

/** The fewest lines from the last chunk's end that tokenize by themselves. */
interface Chunk {
  filled: number;
  blank: number;
  tokens: number;
  first: PythonTokenKind | undefined;
  firstSpansLines: boolean;
  comments: number;
  /** Logical lines of the parts before the last semicolon. */
  logical: number;
  /** Of the part after it: tokens but comments, and how many of them come after the last colon (-1: no colon). */
  partTokens: number;
  afterColon: number;
}

function emptyChunk(): Chunk {
  return {
    filled: 0,
    blank: 0,
    tokens: 0,
    first: undefined,
    firstSpansLines: false,
    comments: 0,
    logical: 0,
    partTokens: 0,
    afterColon: -1,
  };
}

function see(chunk: Chunk, kind: PythonTokenKind, spansLines: boolean): void {
  if (chunk.tokens++ === 0) {
    chunk.first = kind;
    chunk.firstSpansLines = spansLines;
  }
  if (kind === PythonToken.comment) chunk.comments++;
  else if (kind === PythonToken.semicolon) endPart(chunk);
  else {
    chunk.partTokens++;
    if (kind === PythonToken.colon) chunk.afterColon = 0;
    else if (chunk.afterColon >= 0) chunk.afterColon++;
  }
}

/**
 * A part with a colon is two logical lines unless the colon ends it. radon looks for the colon one place before the
 * end marker, but only the last part has that marker: before a semicolon it is the last token but one that counts.
 */
function endPart(chunk: Chunk): void {
  chunk.logical += logicalLines(chunk, 1);
  chunk.partTokens = 0;
  chunk.afterColon = -1;
}

function logicalLines({ partTokens, afterColon }: Chunk, tokensBehindEndingColon: number): number {
  if (afterColon < 0) return Math.min(partTokens, 1);
  return afterColon === tokensBehindEndingColon ? 1 : 2;
}

function addChunk(raw: RawMetrics, chunk: Chunk): void {
  raw.comments += chunk.comments;
  raw.lloc += chunk.logical + logicalLines(chunk, 0);
  const alone = chunk.tokens === 1 ? chunk.first : undefined;
  const isDocstring = alone === PythonToken.string && chunk.firstSpansLines;
  if (alone === PythonToken.comment || (alone === PythonToken.string && !isDocstring)) {
    raw.singleComments++;
    return;
  }
  raw[isDocstring ? "multi" : "sloc"] += chunk.filled;
  raw.blank += chunk.blank;
}

const BYTE_ORDER_MARK = 0xfeff;

/** Where the line ends by Python's `str.splitlines`, which knows more line ends than Python's grammar. */
function findLineEnd(text: string, start: number): number {
  let offset = start;
  while (offset < text.length && !isLineEnd(text.charCodeAt(offset))) offset++;
  return offset;
}

function isLineEnd(code: number): boolean {
  if (code < 0x20) return (code >= 0x0a && code <= 0x0d) || (code >= 0x1c && code <= 0x1e);
  return code === 0x85 || code === 0x2028 || code === 0x2029;
}

function skipSpace(text: string, start: number, end: number): number {
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  return start;
}

function skipSpaceBack(text: string, start: number, end: number): number {
  while (start < end && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/** Python's `str.isspace`, which is not JavaScript's `\s`. */
function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code >= 0x1c;
  return code > 0x7f && WIDE_SPACE.test(String.fromCharCode(code));
}

const WIDE_SPACE = /[\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
