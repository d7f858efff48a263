import { ToolError } from "../config/tool_error.ts";
import { type Boundary, verifyInside } from "./confine_path.ts";
import { createFile } from "./create_file.ts";
import { type Place, placeInside } from "./place_inside.ts";
import { refuseProtected } from "./protected_path.ts";
import { readInside } from "./read_file.ts";
import { refuseUnwritable, replaceFile } from "./replace_file.ts";
import { decodeSource, encodeSource, type Source } from "./source.ts";

/** Larger texts are not written: bytes. */
const MOST_BYTES = 8 * 1024 * 1024;
const NEW_FILE: Source = { text: "", bom: false, encoding: "utf-8", bytes: new Uint8Array() };

/** What writing a file would do; nothing has been written yet. */
export interface PlannedWrite {
  /** The text as it is now; empty where there is no file. */
  before: string;
  /** The text as it would be: with the line endings of the file. */
  after: string;
  /** Whether there is no such file yet. */
  isNew: boolean;
  /** Of the file as it would be. */
  bytes: number;
  /**
   * Writes it in one step, with the folders it needs.
   *
   * @throws {ToolError} when the file was changed meanwhile, or the disk refuses
   */
  write(): Promise<void>;
}

/**
 * Finds out what writing `text` to a file inside the boundary would do. Encoding, byte order mark,
 * line endings and mode of a file that is there stay.
 *
 * @throws {ToolError} when it may not or cannot be written
 */
export async function planWrite(
  boundary: Boundary,
  path: string,
  text: string,
): Promise<PlannedWrite> {
  const place = placeInside(boundary, path);
  refuseProtected(boundary, place.real, path);
  if (place.exists) await refuseUnwritable(place.real);
  const old = place.exists ? decodeSource(readInside(boundary, path), path) : undefined;
  const after = old ? withEndingsOf(old.text, text) : text;
  const bytes = encode(after, old, path);
  return {
    before: old?.text ?? "",
    after,
    isNew: !old,
    bytes: bytes.length,
    write: () => write(boundary, place, bytes, old, path),
  };
}

async function write(
  boundary: Boundary,
  { real, makeFolders }: Place,
  bytes: Uint8Array,
  old: Source | undefined,
  path: string,
): Promise<void> {
  const verify = (file: number) => verifyInside(file, boundary, path);
  if (old) return await replaceFile(real, bytes, { expect: old.bytes, verify });
  makeFolders();
  await createFile(real, bytes, { verify });
}

/** Models write `\n`; a file that has only `\r\n` keeps that. */
function withEndingsOf(old: string, text: string): string {
  const isWindows = old.includes("\r\n") && !/(?<!\r)\n/.test(old);
  return isWindows && !text.includes("\r") ? text.replaceAll("\n", "\r\n") : text;
}

/** As the file is encoded, or in UTF-8 where the new text says so: what is read again has to be the text. */
function encode(text: string, old: Source | undefined, path: string): Uint8Array {
  let problem: unknown;
  for (const like of old ? [old, NEW_FILE] : [NEW_FILE]) {
    try {
      const bytes = encodeSource(text, like);
      if (decodeSource(bytes, path).text === text) return withinLimit(bytes, path);
    } catch (error) {
      problem ??= error;
    }
  }
  if (problem) throw problem;
  throw new ToolError(`Cannot write ${JSON.stringify(path)}: it would not read as the same text`, {
    hint: "its coding comment names another encoding than UTF-8; leave that out",
  });
}

function withinLimit(bytes: Uint8Array, path: string): Uint8Array {
  if (bytes.length <= MOST_BYTES) return bytes;
  throw new ToolError(`Cannot write ${JSON.stringify(path)}: it would be larger than 8 MiB`, {
    hint: "write less",
  });
}
