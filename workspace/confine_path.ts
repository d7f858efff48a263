import { fstatSync, readdirSync, readlinkSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { ToolError } from "../config/tool_error.ts";
import { codeOf, fileError } from "./file_problem.ts";

/** The folder that a confined workspace does not leave. */
export interface Boundary {
  /** As it was given, absolute. */
  named: string;
  /** Without symbolic links. */
  real: string;
  /** What is to be done with the file, for messages. @default "read" */
  action?: "write" | "remove";
}

/** Folders of the kernel: their files are no sources, even in a workspace that is all of `/`. */
const KERNEL_FOLDERS = ["/proc", "/sys", "/dev"];

/**
 * The real path of `path`, which stands inside the boundary, symbolic links included.
 *
 * @throws {ToolError} when it leads outside or does not exist. A path that already reads as being
 * outside is refused without a look at the disk, so that nothing can be learnt about what is there.
 */
export function resolveInside(boundary: Boundary, path: string): string {
  const real = realPathOf(absoluteInside(boundary, path), boundary, path);
  const inside = isInside(boundary.real, real);
  if (!inside || KERNEL_FOLDERS.some((folder) => isInside(folder, real))) {
    throw outside(boundary, path);
  }
  return real;
}

/**
 * `path` as it reads, absolute; nothing is looked at.
 *
 * @throws {ToolError} when it reads as being outside
 */
export function absoluteInside(boundary: Boundary, path: string): string {
  const absolute = resolve(boundary.named, path);
  if (isInside(boundary.named, absolute) || isInside(boundary.real, absolute)) return absolute;
  throw outside(boundary, path);
}

/** Whether `path` is `folder` or beneath it. Both absolute and normalised. */
export function isInside(folder: string, path: string): boolean {
  if (path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return true;
  if (Deno.build.os !== "windows") return false;
  // There, names may be written in several ways.
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function realPathOf(absolute: string, boundary: Boundary, path: string): string {
  try {
    return realpathSync(absolute);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw fileError("read", path, error);
    throw new ToolError(`Cannot find ${JSON.stringify(path)}: no such file in the workspace`, {
      hint: `paths are relative to ${boundary.named}`,
      cause: error,
    });
  }
}

/**
 * Makes sure that an opened file is inside the boundary. Between the look at a path and its
 * opening, a folder on the way can be exchanged for a symbolic link; what is open cannot change.
 *
 * @throws {ToolError} when it is not
 */
export function verifyInside(file: number, boundary: Boundary, path: string): void {
  const opened = fstatSync(file, { bigint: true });
  const isOpened = (place: string) => {
    const found = attempt(() => statSync(place, { bigint: true }));
    return found?.dev === opened.dev && found.ino === opened.ino;
  };
  if (!placesOfOpenFiles(boundary, path).some(isOpened)) throw outside(boundary, path);
}

/**
 * What to compare with the opened file. Deno does not tell the number of a file descriptor, so on
 * Linux all of this process that lead into the boundary are candidates. Elsewhere it is the path
 * itself, resolved again: someone would have to exchange the folder three times in the right moments.
 */
function placesOfOpenFiles(boundary: Boundary, path: string): string[] {
  const descriptors = attempt(() => readdirSync("/proc/self/fd"));
  if (!descriptors) return [resolveInside(boundary, path)];
  return descriptors.map((number) => `/proc/self/fd/${number}`).filter((place) => {
    const target = attempt(() => readlinkSync(place)) ?? "";
    return target.startsWith("/") && isInside(boundary.real, target);
  });
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined; // It is gone by now, or not for us to see.
  }
}

function outside(boundary: Boundary, path: string): ToolError {
  const cannot = `Cannot ${boundary.action ?? "read"} ${JSON.stringify(path)}`;
  return new ToolError(`${cannot}: it is outside the workspace`, {
    hint: `the workspace is ${boundary.named}; give a path inside it`,
  });
}
