import { Buffer } from "node:buffer";

/** How the bytes of a source file become text, and back. */
export interface TextCodec {
  /** The name shown to people and kept in `Source.encoding`. */
  readonly name: string;
  /** @throws {TypeError} when the bytes are not of this encoding */
  decode(bytes: Uint8Array): string;
  /** The text's bytes, or the index of the first character that the encoding does not have. */
  encode(text: string): Uint8Array | { unencodable: number };
  /** Whether its other characters take several bytes, which are known for reading alone. */
  readonly onlyAsciiOut?: boolean;
}

/** Names that Python knows and the WHATWG's list of labels does not, or reads differently. */
const PYTHON_NAMES = new Map<string, string>(Object.entries({
  "646": "ascii",
  "us-ascii": "ascii",
  "ansi-x3.4-1968": "ascii",
  "iso-8859-1": "latin-1",
  "iso8859-1": "latin-1",
  "iso-latin-1": "latin-1",
  "latin1": "latin-1",
  "latin": "latin-1",
  "l1": "latin-1",
  "8859": "latin-1",
  "cp819": "latin-1",
  "u8": "utf-8",
  "utf": "utf-8",
  "utf8": "utf-8",
  "utf-8-sig": "utf-8",
  "cp65001": "utf-8",
  "latin9": "iso-8859-15",
  "cp932": "shift_jis",
  "ms932": "shift_jis",
  "mskanji": "shift_jis",
  "cp936": "gbk",
  "cp949": "euc-kr",
  "uhc": "euc-kr",
  "cp950": "big5",
  "mac-roman": "macintosh",
  "mac-cyrillic": "x-mac-cyrillic",
}));

/** Not sources of Python: the first two bytes of a cookie's own text would not be ASCII. */
const REFUSED =
  /^(?:utf-?16|utf-?32|ucs-?2|unicode|csunicode|iso-10646|replacement|x-user-defined)/;

/** The codec of a PEP 263 name (`latin-1`, `UTF8`, `cp1252`), undefined when nothing knows the name. */
export function findCodec(name: string): TextCodec | undefined {
  const normal = normalize(name);
  const known = PYTHON_NAMES.get(normal) ?? normal;
  if (known === "utf-8") return UTF_8;
  if (known === "ascii") return directCodec("ascii", 0x80);
  if (known === "latin-1") return directCodec("latin-1", 0x100);
  return REFUSED.test(known) ? undefined : tableCodec(known);
}

/** As CPython's tokenizer: only the first 12 characters decide about UTF-8 and Latin-1. */
function normalize(name: string): string {
  const plain = name.toLowerCase().replaceAll("_", "-");
  const short = plain.slice(0, 12);
  if (short === "utf-8" || short.startsWith("utf-8-")) return "utf-8";
  return /^(?:latin-1|iso-8859-1|iso-latin-1)(?:-|$)/.test(short) ? "latin-1" : plain;
}

export const UTF_8: TextCodec = {
  name: "utf-8",
  decode: (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
  encode(text) {
    if (text.isWellFormed()) return new TextEncoder().encode(text);
    return { unencodable: text.search(/\p{Surrogate}/u) };
  },
};

/** An encoding whose bytes are the code points below `limit`. */
function directCodec(name: string, limit: number): TextCodec {
  return {
    name,
    decode(bytes) {
      if (bytes.some((byte) => byte >= limit)) throw new TypeError(`not ${name}`);
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
    },
    encode: (text) => encodeUnits(text, (unit) => unit < limit ? unit : undefined),
  };
}

const SEVERAL_BYTES = new Set(["big5", "euc-jp", "euc-kr", "gb18030", "gbk", "iso-2022-jp"])
  .add("shift_jis");

function tableCodec(label: string): TextCodec | undefined {
  const decoder = openDecoder(label);
  if (!decoder) return undefined;
  return {
    name: decoder.encoding,
    onlyAsciiOut: SEVERAL_BYTES.has(decoder.encoding),
    decode: (bytes) => decoder.decode(bytes),
    encode(text) {
      const bytes = invert(decoder.encoding);
      return encodeUnits(text, (unit) => bytes.get(unit));
    },
  };
}

function openDecoder(label: string): TextDecoder | undefined {
  for (
    const candidate of [label, label.replaceAll("-", "_"), label.replace(/^iso(?=\d)/, "iso-")]
  ) {
    try {
      return new TextDecoder(candidate, { fatal: true });
    } catch {
      // Not this spelling.
    }
  }
}

/** Which byte stands for a character, for what one byte can say in the encoding. */
function invert(encoding: string): Map<number, number> {
  const bytes = new Map<number, number>();
  const decoder = new TextDecoder(encoding);
  for (let byte = 0; byte < 256; byte++) {
    const text = decoder.decode(Uint8Array.of(byte));
    if (text.length === 1 && text !== "\uFFFD") bytes.set(text.charCodeAt(0), byte);
  }
  return bytes;
}

function encodeUnits(text: string, byteOf: (unit: number) => number | undefined) {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const byte = byteOf(text.charCodeAt(index));
    if (byte === undefined) return { unencodable: index };
    bytes[index] = byte;
  }
  return bytes;
}
