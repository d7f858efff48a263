import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { ToolError } from "../config/tool_error.ts";
import { type Boundary, resolveInside, verifyInside } from "./confine_path.ts";

/** Larger files are not read: 64 MiB. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

export interface ReadFileOptions {
  /** The path as the user wrote it, for messages. @default the path itself */
  name?: string;
  /** Refuse a symbolic link in the last place. @default false */
  noFollow?: boolean;
  /** Checks what was really opened, before anything is read; throws to refuse it. */
  verify?(file: number): void;
}

/**
 * Reads a regular file of at most `MAX_FILE_BYTES`. Pipes and devices are refused without waiting
 * for them, also when they take the file's place while it is being opened.
 *
 * Synchronous, because it is ten times as fast (0.03 instead of 0.29 ms for a source file), and a
 * worker has nothing else to do meanwhile.
 *
 * @throws {ToolError} for folders, pipes, devices and files that are too large; errors of the
 * operating system are passed on
 */
export function readRegularFile(
  path: string,
  { name = path, noFollow = false, verify }: ReadFileOptions = {},
): Uint8Array {
  if (noFollow) refuseOther(lstatSync(path), name);
  const file = openSync(path, constants.O_RDONLY | nonBlocking | (noFollow ? followingNoLink : 0));
  try {
    const status = fstatSync(file);
    refuseOther(status, name);
    verify?.(file);
    return readAll(file, status.size, name);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a regular file inside a boundary: links that lead out of it are refused, also those that
 * are put in the way meanwhile.
 *
 * @throws {ToolError} as `resolveInside` and `readRegularFile` do
 */
export function readInside(boundary: Boundary, path: string): Uint8Array {
  return readRegularFile(resolveInside(boundary, path), {
    name: path,
    noFollow: true,
    verify: (file) => verifyInside(file, boundary, path),
  });
}

/** Neither exists on Windows. */
const nonBlocking = constants.O_NONBLOCK ?? 0;
const followingNoLink = constants.O_NOFOLLOW ?? 0;

function refuseOther(status: { isFile(): boolean; isDirectory(): boolean }, name: string): void {
  if (status.isFile()) return;
  if (status.isDirectory()) {
    throw new ToolError(`Cannot read ${JSON.stringify(name)}: it is a folder`, {
      hint: "give a file",
    });
  }
  throw new ToolError(`Cannot read ${JSON.stringify(name)}: it is not a regular file`, {
    hint: "give a text file; a pipe can be read as standard input",
  });
}

/** The size is a hint only: a file may grow, and those of /proc say 0. */
function readAll(file: number, size: number, name: string): Uint8Array {
  if (size > MAX_FILE_BYTES) throw tooLarge(name);
  let bytes = new Uint8Array(size + 1);
  for (let length = 0;;) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) return bytes.subarray(0, length);
    length += read;
    if (length > MAX_FILE_BYTES) throw tooLarge(name);
    if (length === bytes.length) bytes = grow(bytes);
  }
}

function grow(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(Math.max(bytes.length * 2, 65536), MAX_FILE_BYTES + 1));
  larger.set(bytes);
  return larger;
}

function tooLarge(name: string): ToolError {
  const limit = `${MAX_FILE_BYTES / 1024 / 1024} MiB`;
  return new ToolError(`Cannot read ${JSON.stringify(name)}: it is larger than ${limit}`, {
    hint: "leave it out, or split it",
  });
}
