import { isThere } from "./find_file.ts";
import { codeOf, fileProblem, readSmallFile } from "./read_small_file.ts";
import { ToolError } from "./tool_error.ts";
import { replaceTextFile, writeNewFile } from "./write_file.ts";

/** Some clients keep their whole history in such a file. */
const MAX_BYTES = 32 * 1024 * 1024;
/** The first, which is what the user had, and the last ones. */
const MAX_BACKUPS = 3;

/** A text file of another program's. */
export interface TextFile {
  path: string;
  /** Without a byte order mark; empty when there is no file. */
  text: string;
  /** As it is on the disk; undefined when there is no file. */
  bytes?: Uint8Array;
  mode?: number;
  followLinks: boolean;
}

/**
 * Reads a file to change it.
 *
 * @param options.followLinks for the user's own files, not for a project's
 * @throws {ToolError} when it cannot be read, is no text or too large
 */
export function readTextFile(path: string, { followLinks }: { followLinks: boolean }): TextFile {
  const file = readSmallFile(path, { maxBytes: MAX_BYTES, followLinks });
  if (!file) return { path, text: "", followLinks };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(file.bytes);
    return { path, text, bytes: file.bytes, mode: file.status.mode & 0o777, followLinks };
  } catch (cause) {
    throw new ToolError(`Cannot read ${JSON.stringify(path)}: it is not UTF-8 text`, { cause });
  }
}

/**
 * Replaces a file in one step, and keeps what it was beside it.
 *
 * @returns the path of the backup; undefined when there was no file
 * @throws {ToolError} when it is no longer what was read, or the disk refuses
 */
export async function replaceWithBackup(file: TextFile, text: string): Promise<string | undefined> {
  const { path, bytes, followLinks } = file;
  const backup = bytes && await backUp(file, bytes);
  const now = readSmallFile(path, { maxBytes: MAX_BYTES, followLinks })?.bytes;
  if (!isSame(now, bytes)) {
    throw new ToolError(`Cannot write ${JSON.stringify(path)}: it has just changed`, {
      hint: "run it again",
    });
  }
  await replaceTextFile(path, markOf(bytes) + text, { followLinks });
  return backup;
}

/** The texts of a file's backups, the newest first; what is no text is left out. */
export function readBackups(path: string): string[] {
  const texts: string[] = [];
  for (let n = 1; n <= MAX_BACKUPS && isThere(backupName(path, n)); n++) {
    try {
      texts.unshift(readTextFile(backupName(path, n), { followLinks: false }).text);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
    }
  }
  return texts;
}

/** The oldest backup stays; one that is the same serves again. */
async function backUp({ path, mode }: TextFile, bytes: Uint8Array): Promise<string> {
  for (let n = 1; n <= MAX_BACKUPS; n++) {
    const name = backupName(path, n);
    try {
      await writeNewFile(name, bytes, mode);
      return name;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw fileProblem("write", name, error);
      if (isSame(readNow(name), bytes)) return name;
    }
  }
  return await backUpLast(path, bytes, mode);
}

/** Forgets the second oldest. */
async function backUpLast(path: string, bytes: Uint8Array, mode?: number): Promise<string> {
  const last = backupName(path, MAX_BACKUPS);
  try {
    for (let n = 2; n < MAX_BACKUPS; n++) {
      await Deno.rename(backupName(path, n + 1), backupName(path, n));
    }
    await writeNewFile(last, bytes, mode);
  } catch (error) {
    throw error instanceof ToolError ? error : fileProblem("write", last, error);
  }
  return last;
}

function readNow(name: string): Uint8Array | undefined {
  return readSmallFile(name, { maxBytes: MAX_BYTES, followLinks: false })?.bytes;
}

function backupName(path: string, n: number): string {
  return n === 1 ? `${path}.bak` : `${path}.bak${n}`;
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** The byte order mark that a file begins with. */
function markOf(bytes: Uint8Array | undefined): string {
  const hasMark = bytes?.[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return hasMark ? "\ufeff" : "";
}
