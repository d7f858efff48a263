import { Buffer } from "node:buffer";
import { joinBytes } from "../config/join_bytes.ts";
import { ToolError } from "../config/tool_error.ts";
import { findCodec, type TextCodec, UTF_8 } from "./text_encoding.ts";

/** A source file as text, with what is needed to write it back byte for byte. */
export interface Source {
  /** Decoded, without the byte order mark; line endings as they are in the file. */
  text: string;
  bom: boolean;
  /** `utf-8`, `latin-1`, or what the PEP 263 cookie named. */
  encoding: string;
  /** The file as it was read. */
  bytes: Uint8Array;
}

const UTF_8_BOM = [0xef, 0xbb, 0xbf];
const WIDE_BOMS: [name: string, bytes: number[]][] = [
  ["UTF-32", [0xff, 0xfe, 0, 0]],
  ["UTF-32", [0, 0, 0xfe, 0xff]],
  ["UTF-16", [0xff, 0xfe]],
  ["UTF-16", [0xfe, 0xff]],
];
const CONVERT = "convert it to UTF-8 first";

/**
 * Reads the bytes of a Python source as CPython does: UTF-8 with or without a byte order mark, or
 * the encoding that a PEP 263 cookie names in the first two lines. `name` is for messages.
 *
 * @throws {ToolError} for binary data, UTF-16 and UTF-32, an unknown encoding, and bytes that are
 * not of the file's encoding
 */
export function decodeSource(bytes: Uint8Array, name: string): Source {
  refuseWide(bytes, name);
  const bom = startsWith(bytes, UTF_8_BOM);
  const body = bom ? bytes.subarray(UTF_8_BOM.length) : bytes;
  const codec = chooseCodec(body, bom, name);
  const text = decode(body, codec, bytes.length - body.length, name);
  return { text, bom, encoding: codec.name, bytes };
}

/**
 * Reads the bytes of a text that is no Python: UTF-8, with or without a byte order mark.
 *
 * @throws {ToolError} for binary data and any other encoding
 */
export function decodePlain(bytes: Uint8Array, name: string): Source {
  refuseWide(bytes, name);
  const bom = startsWith(bytes, UTF_8_BOM);
  const skipped = bom ? UTF_8_BOM.length : 0;
  const text = decode(bytes.subarray(skipped), UTF_8, skipped, name, CONVERT);
  return { text, bom, encoding: UTF_8.name, bytes };
}

/** The text alone of {@link decodePlain}. */
export function decodeText(bytes: Uint8Array, name: string): string {
  return decodePlain(bytes, name).text;
}

/**
 * The bytes of `text` in the encoding of the file it came from, with its byte order mark: the
 * inverse of `decodeSource`. Line endings are the caller's.
 *
 * @throws {ToolError} when a character does not exist in that encoding, or only reading it is known
 */
export function encodeSource(text: string, like: Source): Uint8Array {
  const codec = findCodec(like.encoding) ?? UTF_8;
  const encoded = codec.encode(text);
  if ("unencodable" in encoded) {
    if (codec.onlyAsciiOut) throw cannotWrite(codec);
    const point = text.codePointAt(encoded.unencodable) ?? 0;
    const shown = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
    const line = countLines(text.slice(0, encoded.unencodable));
    throw new ToolError(
      `Cannot write ${shown} on line ${line}: ${like.encoding} does not have it`,
      {
        hint: "convert the file to UTF-8",
      },
    );
  }
  return like.bom ? withMark(encoded) : encoded;
}

/**
 * A patch of a file as bytes: the names in its first two lines in UTF-8, the rest in the file's encoding,
 * or no program could apply it; undefined where both are the same.
 *
 * @throws {ToolError} as {@link encodeSource} does
 */
export function encodePatch(patch: string, like: Source): Uint8Array | undefined {
  if (like.encoding === UTF_8.name) return undefined;
  const [names = ""] = /^.*\n.*\n/.exec(patch) ?? [];
  const body = encodeSource(patch.slice(names.length), { ...like, bom: false });
  return joinBytes([new TextEncoder().encode(names), body]);
}

function cannotWrite({ name }: TextCodec): ToolError {
  const shown = name.toUpperCase().replaceAll("_", "-");
  return new ToolError(`Cannot write ${shown}: it can only be read`, { hint: CONVERT });
}

function withMark(encoded: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(UTF_8_BOM.length + encoded.length);
  bytes.set(UTF_8_BOM);
  bytes.set(encoded, UTF_8_BOM.length);
  return bytes;
}

/** Whether the beginning of a file says that it is no text in any encoding. */
export function looksBinary(start: Uint8Array): boolean {
  return start.includes(0) && wideEncoding(start) === undefined;
}

function refuseWide(bytes: Uint8Array, name: string): void {
  const wide = wideEncoding(bytes);
  if (wide) {
    throw new ToolError(`Cannot read ${JSON.stringify(name)}: it is ${wide}, not UTF-8`, {
      hint: CONVERT,
    });
  }
  const offset = bytes.indexOf(0);
  if (offset >= 0) {
    const found = `binary data (NUL at byte ${offset})`;
    throw new ToolError(`Cannot read ${JSON.stringify(name)}: ${found}`, {
      hint: "give a text file",
    });
  }
}

function wideEncoding(bytes: Uint8Array): string | undefined {
  return WIDE_BOMS.find(([, bom]) => startsWith(bytes, bom))?.[0] ?? guessWide(bytes);
}

/** ASCII in UTF-16 has a NUL at every second byte, in UTF-32 three of four. */
function guessWide(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, 512);
  if (!start.includes(0) || start.length < 4 || bytes.length % 2 !== 0) return undefined;
  const mostlyNul = (from: number) => {
    const bytes = start.filter((_, index) => index % 4 === from);
    return bytes.filter((byte) => byte === 0).length > bytes.length * 0.8;
  };
  const [a, b, c, d] = [0, 1, 2, 3].map(mostlyNul);
  if (b && c && a !== d) return "UTF-32";
  return (a && c && !b && !d) || (b && d && !a && !c) ? "UTF-16" : undefined;
}

function startsWith(bytes: Uint8Array, prefix: number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function chooseCodec(body: Uint8Array, bom: boolean, name: string): TextCodec {
  const cookie = findCookie(body);
  if (cookie === undefined) return UTF_8;
  const codec = findCodec(cookie);
  if (!codec) {
    throw new ToolError(
      `Cannot read ${JSON.stringify(name)}: unknown encoding ${JSON.stringify(cookie)}`,
      { hint: "correct the coding comment in its first two lines" },
    );
  }
  if (bom && codec !== UTF_8) {
    throw new ToolError(
      `Cannot read ${
        JSON.stringify(name)
      }: its coding comment says ${codec.name}, its byte order mark UTF-8`,
      { hint: "remove one of them" },
    );
  }
  return codec;
}

/** Bytes at the beginning in which a cookie is looked for: longer first lines have none. */
const COOKIE_BYTES = 4096;

/** The encoding's name in a comment on line 1, or on line 2 after an empty line or a comment. */
function findCookie(body: Uint8Array): string | undefined {
  const start = latin1(body.subarray(0, COOKIE_BYTES));
  const [first = "", second = ""] = start.split(/\r\n|\r|\n/, 2);
  const found = cookieOf(first);
  return found ?? (/^[ \t\f]*(?:#|$)/.test(first) ? cookieOf(second) : undefined);
}

function cookieOf(line: string): string | undefined {
  return /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
}

function decode(
  body: Uint8Array,
  codec: TextCodec,
  skipped: number,
  name: string,
  hint = `${CONVERT}, or name its encoding in line 1: # coding: latin-1`,
): string {
  try {
    return codec.decode(body);
  } catch (cause) {
    const offset = invalidAt(body, codec);
    const where = offset === undefined
      ? ""
      : ` at byte ${skipped + offset}, line ${lineAt(body, offset)}`;
    throw new ToolError(
      `Cannot read ${JSON.stringify(name)}: invalid ${codec.name.toUpperCase()}${where}`,
      { hint, cause },
    );
  }
}

function invalidAt(body: Uint8Array, codec: TextCodec): number | undefined {
  if (codec === UTF_8) return invalidUtf8At(body);
  return codec.name === "ascii" ? body.findIndex((byte) => byte >= 0x80) : undefined;
}

function lineAt(body: Uint8Array, offset: number): number {
  return countLines(latin1(body.subarray(0, offset)));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

function countLines(text: string): number {
  return 1 + (text.match(/\r\n|\r|\n/g)?.length ?? 0);
}

/**
 * Where the first invalid sequence begins: replaced and encoded again, the text differs from there
 * on. A sequence that begins like the replacement character (EF BF BD) differs only later.
 */
function invalidUtf8At(bytes: Uint8Array): number {
  const repaired = new TextEncoder().encode(
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
  );
  const offset = bytes.findIndex((byte, index) => byte !== repaired[index]);
  const end = offset < 0 ? bytes.length : offset;
  if (bytes[end - 1] === 0xef) return end - 1;
  return bytes[end - 1] === 0xbf && bytes[end - 2] === 0xef ? end - 2 : end;
}
