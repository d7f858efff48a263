/** The value of a Python literal, so that equal values are the same key in a Set, as they are in Python's. */
export type LiteralKey = string | number | bigint | symbol;

/** `...` is one object, equal to itself alone. */
export const ELLIPSIS: LiteralKey = Symbol("...");
export const NONE: LiteralKey = Symbol("None");

/** Python's `1 == 1.0 == True`; imaginary numbers are numbers only when zero. */
export function numberKey(source: string): LiteralKey {
  const digits = source.replaceAll("_", "").toLowerCase();
  if (digits.endsWith("j")) {
    const imaginary = Number(digits.slice(0, -1));
    return imaginary === 0 ? 0 : `${imaginary}\0j`;
  }
  if (/^0[xob]/.test(digits)) return exact(BigInt(digits.replace(/l$/, "")));
  return /^\d+$/.test(digits) ? decimalKey(digits) : exactFloat(Number(digits));
}

/** Longer integers than Python converts by default keep their spelling: BigInt takes quadratic time. */
const MAX_DIGITS = 4300;

function decimalKey(digits: string): LiteralKey {
  if (digits.length < 16) return Number(digits);
  return digits.length > MAX_DIGITS ? `${digits}\0i` : exact(BigInt(digits));
}

function exact(value: bigint): LiteralKey {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

function exactFloat(value: number): LiteralKey {
  return Number.isInteger(value) ? exact(BigInt(value)) : value;
}

/**
 * The value of string literals that stand side by side, each with its prefix and quotes. Text and bytes are never
 * equal. Names in `\N{…}` are not looked up.
 */
export function stringKey(sources: string[]): LiteralKey {
  const isBytes = /^[rR]?[bB]/.test(sources[0] ?? "");
  const value = sources.map((source) => stringValue(source, isBytes)).join("");
  return isBytes ? `${value}\0b` : value;
}

function stringValue(source: string, isBytes: boolean): string {
  const quote = source.search(/['"]/);
  const width = source.startsWith(source[quote]!.repeat(3), quote) ? 3 : 1;
  const content = source.slice(quote + width, source.length - width).replace(/\r\n?/g, "\n");
  const isRaw = /r/i.test(source.slice(0, quote));
  return isRaw || !content.includes("\\") ? content : unescape(content, isBytes);
}

const SIMPLE = new Map<string, string>(Object.entries({
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
}));

const ESCAPE = /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))/g;

function unescape(content: string, isBytes: boolean): string {
  return content.replace(ESCAPE, (whole, octal, hex, short, long, other) => {
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & (isBytes ? 255 : 511));
    if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
    if (other !== undefined) return SIMPLE.get(other) ?? whole;
    return isBytes ? whole : codePoint(parseInt(short ?? long, 16), whole);
  });
}

function codePoint(value: number, whole: string): string {
  return value <= 0x10ffff ? String.fromCodePoint(value) : whole;
}
