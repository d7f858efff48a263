import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { ToolError } from "./tool_error.ts";

/** Neither exists on Windows. */
const NON_BLOCKING = constants.O_NONBLOCK ?? 0;
const NO_LINK = constants.O_NOFOLLOW ?? 0;

/** What operating systems say, in words. */
const PROBLEMS = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EISDIR", "it is a folder"],
  ["ELOOP", "it is a symbolic link"],
  ["EMLINK", "it is a symbolic link"],
  ["ENXIO", "it is not a regular file"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "no space left on the disk"],
  ["EDQUOT", "the disk quota is used up"],
  ["EFBIG", "the file would be larger than allowed here"],
  ["ENOTDIR", "a part of the path is not a folder"],
  ["ENOENT", "no such file or folder"],
  ["EEXIST", "it is there already"],
]);

export interface SmallFile {
  bytes: Uint8Array;
  status: Stats;
}

/**
 * Reads a regular file of at most `maxBytes`; undefined when there is none. Pipes and devices are
 * refused without waiting for them.
 *
 * @param followLinks whether the file itself may be a symbolic link
 * @throws {ToolError} when it cannot be read, is something else or larger
 */
export function readSmallFile(
  path: string,
  { maxBytes, followLinks }: { maxBytes: number; followLinks: boolean },
): SmallFile | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | NON_BLOCKING | (followLinks ? 0 : NO_LINK));
    try {
      return readOpened(file, path, maxBytes);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return undefined;
    throw fileProblem("read", path, error);
  }
}

function readOpened(file: number, path: string, maxBytes: number): SmallFile {
  const status = fstatSync(file);
  const cannot = `Cannot read ${JSON.stringify(path)}`;
  if (status.isDirectory()) throw new ToolError(`${cannot}: it is a folder`);
  if (!status.isFile()) throw new ToolError(`${cannot}: it is not a regular file`);
  // One more than it should have; a file of the kernel's tells no size, and others may grow meanwhile.
  let bytes = new Uint8Array((status.size > 0 ? Math.min(status.size, maxBytes) : maxBytes) + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(file, bytes, length, bytes.length - length, null);
    if (length + read > status.size && bytes.length <= maxBytes) bytes = grown(bytes, maxBytes + 1);
  }
  if (length > maxBytes) {
    throw new ToolError(`${cannot}: it is larger than ${maxBytes / 1024} KiB`);
  }
  return { bytes: bytes.slice(0, length), status };
}

function grown(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

/** An error of the operating system as a sentence of ours; others stay as they are. */
export function fileProblem(action: string, path: string, error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof ToolError || !/^E[A-Z]+$/.test(code)) return error;
  const state = PROBLEMS.get(code) ?? code;
  return new ToolError(`Cannot ${action} ${JSON.stringify(path)}: ${state}`, { cause: error });
}

/** The error's `code` (`ENOENT`), or an empty string; what Deno keeps from us is `EACCES` too. */
export function codeOf(error: unknown): string {
  if (error instanceof Deno.errors.NotCapable) return "EACCES";
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === "string") return code;
  const number = error instanceof Error && /\(os error (\d+)\)/.exec(error.message)?.[1];
  return number && Deno.build.os === "linux" ? NUMBERS.get(number) ?? "" : "";
}

/** Some that Deno gives no code to. */
const NUMBERS = new Map([["27", "EFBIG"], ["28", "ENOSPC"], ["122", "EDQUOT"]]);
