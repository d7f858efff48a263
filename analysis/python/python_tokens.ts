/** What a metric needs to tell apart; newlines and indentation are not reported. */
export const PythonToken = {
  comment: 0,
  string: 1,
  colon: 2,
  semicolon: 3,
  other: 4,
} as const;
export type PythonTokenKind = (typeof PythonToken)[keyof typeof PythonToken];

/**
 * CPython 3.11's `tokenize` for lines without indentation, one line at a time. The state says whether what has been
 * fed so far would tokenize by itself; feeding on costs no second look at earlier lines.
 */
export class PythonTokenizer {
  /** True once no later line can make the text tokenize: a stray character, an unclosed quote. */
  failed = false;
  readonly #text: string;
  readonly #emit: (kind: PythonTokenKind, spansLines: boolean) => void;
  /** The quotes that end the string being read; "" outside. */
  #quotes = "";
  #brackets = 0;
  #continued = false;
  #emptyContinuation = false;

  constructor(text: string, emit: (kind: PythonTokenKind, spansLines: boolean) => void) {
    this.#text = text;
    this.#emit = emit;
  }

  /** Whether the statement ends with the last line fed. An empty line after a backslash is not an end yet. */
  get complete(): boolean {
    return !this.failed && this.#quotes === "" && this.#brackets === 0 && !this.#continued &&
      !this.#emptyContinuation;
  }

  /** Reads the line from `start` to `end` (exclusive, without its newline). */
  feed(start: number, end: number): void {
    this.#emptyContinuation = this.#continued && start === end;
    this.#continued = false;
    let offset = start;
    while (offset < end && !this.failed) {
      offset = this.#quotes === "" ? this.#readToken(offset, end) : this.#readString(offset, end);
    }
    if (start === end && this.#quotes.length === 1) this.failed = true;
  }

  #readToken(offset: number, end: number): number {
    const code = this.#text.charCodeAt(offset);
    switch (code < 128 ? CLASSES[code]! : wordClass(this.#text, offset)) {
      case CharClass.space:
        return offset + 1;
      case CharClass.word:
        return this.#readWord(offset, end);
      case CharClass.digit:
        return this.#readNumber(offset, end);
      case CharClass.quote:
        return this.#openString(offset, end);
      case CharClass.comment:
        this.#emit(PythonToken.comment, false);
        return end;
      case CharClass.backslash:
        this.#continued = offset + 1 === end;
        this.failed = !this.#continued;
        return offset + 1;
      case CharClass.operator:
        return this.#readOperator(offset, end);
      default:
        this.failed = true;
        return end;
    }
  }

  #readWord(start: number, end: number): number {
    const prefix = prefixLength(this.#text, start, end);
    if (prefix > 0) return this.#openString(start + prefix, end);
    this.#emit(PythonToken.other, false);
    return skipWord(this.#text, start, end);
  }

  #readNumber(start: number, end: number): number {
    NUMBER.lastIndex = start;
    NUMBER.test(this.#text);
    this.#emit(PythonToken.other, false);
    return Math.min(NUMBER.lastIndex, end);
  }

  #readOperator(start: number, end: number): number {
    if (isPointFloat(this.#text, start, end)) return this.#readNumber(start, end);
    const width = operatorWidth(this.#text, start, end);
    if (width === 1) return this.#readSign(start);
    this.#emit(PythonToken.other, false);
    return start + width;
  }

  #readSign(offset: number): number {
    const sign = this.#text[offset]!;
    if (sign === "!") this.failed = true;
    if ("([{".includes(sign)) this.#brackets++;
    else if (")]}".includes(sign)) this.#brackets--;
    this.#emit(
      sign === ":" ? PythonToken.colon : sign === ";" ? PythonToken.semicolon : PythonToken.other,
      false,
    );
    return offset + 1;
  }

  #openString(quote: number, end: number): number {
    const text = this.#text, mark = text[quote]!;
    const triple = quote + 2 < end && text[quote + 1] === mark && text[quote + 2] === mark;
    this.#quotes = triple ? mark.repeat(3) : mark;
    const close = findClose(text, this.#quotes, quote + this.#quotes.length, end);
    if (close >= 0) return this.#closeString(close, false);
    if (!triple && !isContinuedString(text, quote + 1, end)) this.failed = true;
    return end;
  }

  #readString(offset: number, end: number): number {
    const close = findClose(this.#text, this.#quotes, offset, end);
    if (close >= 0) return this.#closeString(close, true);
    if (this.#quotes.length === 1 && this.#text[end - 1] !== "\\") this.failed = true;
    return end;
  }

  #closeString(close: number, spansLines: boolean): number {
    const width = this.#quotes.length;
    this.#quotes = "";
    this.#emit(PythonToken.string, spansLines);
    return close + width;
  }
}

const CharClass = {
  invalid: 0,
  space: 1,
  word: 2,
  digit: 3,
  quote: 4,
  comment: 5,
  backslash: 6,
  operator: 7,
} as const;

const CLASSES = classifyAscii();

function classifyAscii(): Uint8Array {
  const classes = new Uint8Array(128);
  const fill = (characters: string, value: number) => {
    for (const character of characters) classes[character.charCodeAt(0)] = value;
  };
  fill(" \t\f", CharClass.space);
  fill("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", CharClass.word);
  fill("0123456789", CharClass.digit);
  fill("'\"", CharClass.quote);
  fill("#", CharClass.comment);
  fill("\\", CharClass.backslash);
  fill("!%&()*+,-./:;<=>@[]^{|}~", CharClass.operator);
  return classes;
}

const LONG_OPERATORS = new Set(
  "!= %= &= ** **= *= += -= -> ... // //= /= := << <<= <= == >= >> >>= @= ^= |=".split(" "),
);

function operatorWidth(text: string, start: number, end: number): number {
  if (start + 1 === end || !"=*./<>".includes(text[start + 1]!)) return 1;
  for (let width = Math.min(3, end - start); width > 1; width--) {
    if (LONG_OPERATORS.has(text.slice(start, start + width))) return width;
  }
  return 1;
}

/** `tokenize.Number`, the longer forms first. The separators make each step of the repetitions definite. */
const NUMBER =
  /\d(?:_?\d)*[jJ]|(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][-+]?\d(?:_?\d)*)?[jJ]?|\d(?:_?\d)*[eE][-+]?\d(?:_?\d)*[jJ]?|0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?0)*|[1-9](?:_?\d)*/y;

function isPointFloat(text: string, start: number, end: number): boolean {
  return text[start] === "." && start + 1 < end &&
    CLASSES[text.charCodeAt(start + 1)] === CharClass.digit;
}

/** Python's `\w` beyond ASCII. A surrogate pair counts by its code point. */
function wordClass(text: string, offset: number): number {
  return isWideWord(text.codePointAt(offset)!) ? CharClass.word : CharClass.invalid;
}

function isWideWord(codePoint: number): boolean {
  return /[\p{L}\p{N}]/u.test(String.fromCodePoint(codePoint));
}

function skipWord(text: string, start: number, end: number): number {
  let offset = start;
  while (offset < end) {
    const code = text.charCodeAt(offset);
    if (code < 128) {
      if (CLASSES[code] !== CharClass.word && CLASSES[code] !== CharClass.digit) return offset;
      offset++;
      continue;
    }
    const codePoint = text.codePointAt(offset)!;
    if (!isWideWord(codePoint)) return offset;
    offset += codePoint > 0xffff ? 2 : 1;
  }
  return end;
}

const PREFIX = /(?:[bB][rR]?|[rR][bBfF]?|[fF][rR]?|[uU])(?=['"])/y;

/** Length of a string prefix with a quote right behind it, else 0. */
function prefixLength(text: string, start: number, end: number): number {
  const second = start + 1 < end ? CLASSES[text.charCodeAt(start + 1)] : CharClass.invalid;
  const third = start + 2 < end ? CLASSES[text.charCodeAt(start + 2)] : CharClass.invalid;
  if (second !== CharClass.quote && third !== CharClass.quote) return 0;
  PREFIX.lastIndex = start;
  return PREFIX.test(text) ? PREFIX.lastIndex - start : 0;
}

/** Offset of the quotes that close a string in this line, else -1. A backslash hides the next character. */
function findClose(text: string, quotes: string, start: number, end: number): number {
  const quote = quotes.charCodeAt(0), last = end - quotes.length;
  for (let offset = start; offset <= last; offset++) {
    const code = text.charCodeAt(offset);
    if (code === BACKSLASH) offset++;
    else if (code === quote && (quotes.length === 1 || text.startsWith(quotes, offset))) {
      return offset;
    }
  }
  return -1;
}

const BACKSLASH = 0x5c;

/** Whether a line that does not close its string ends with a backslash that is not itself escaped. */
function isContinuedString(text: string, start: number, end: number): boolean {
  let backslashes = 0;
  while (end - backslashes > start && text.charCodeAt(end - backslashes - 1) === BACKSLASH) {
    backslashes++;
  }
  return backslashes % 2 === 1;
}
