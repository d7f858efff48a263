import type { FileHandle } from "node:fs/promises";
import { readdir, readlink, realpath, stat } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { ToolError } from "../config/tool_error.ts";
import { codeOf, fileError } from "./file_problem.ts";

/** The folder that a confined workspace does not leave. */
export interface Boundary {
  /** As it was given, absolute. */
  named: string;
  /** Without symbolic links. */
  real: string;
}

/** Folders of the kernel: their files are no sources, even in a workspace that is all of `/`. */
const KERNEL_FOLDERS = ["/proc", "/sys", "/dev"];

/**
 * The real path of `path`, which stands inside the boundary, symbolic links included.
 *
 * @throws {ToolError} when it leads outside or does not exist. A path that already reads as being
 * outside is refused without a look at the disk, so that nothing can be learnt about what is there.
 */
export async function resolveInside(boundary: Boundary, path: string): Promise<string> {
  const absolute = resolve(boundary.named, path);
  if (!isInside(boundary.named, absolute) && !isInside(boundary.real, absolute)) {
    throw outside(boundary, path);
  }
  const real = await realPathOf(absolute, boundary, path);
  const inside = isInside(boundary.real, real);
  if (!inside || KERNEL_FOLDERS.some((folder) => isInside(folder, real))) {
    throw outside(boundary, path);
  }
  return real;
}

/** Whether `path` is `folder` or beneath it. Both absolute and normalised. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function realPathOf(absolute: string, boundary: Boundary, path: string): Promise<string> {
  try {
    return await realpath(absolute);
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
export async function verifyInside(
  handle: FileHandle,
  boundary: Boundary,
  path: string,
): Promise<void> {
  const { dev, ino } = await handle.stat({ bigint: true });
  const isOpened = (file: { dev: bigint; ino: bigint }) => file.dev === dev && file.ino === ino;
  for (const candidate of await placesOfOpenFiles(boundary, path)) {
    const status = await stat(candidate, { bigint: true }).catch(() => undefined);
    if (status && isOpened(status)) return;
  }
  throw outside(boundary, path);
}

/**
 * What to compare with the opened file. Deno does not tell the number of a file descriptor, so on
 * Linux all of this process that lead into the boundary are candidates. Elsewhere it is the path
 * itself, resolved again: someone would have to exchange the folder three times in the right moments.
 */
async function placesOfOpenFiles(boundary: Boundary, path: string): Promise<string[]> {
  const descriptors = await readdir("/proc/self/fd").catch(() => undefined);
  if (!descriptors) return [await resolveInside(boundary, path)];
  const places = descriptors.map((number) => `/proc/self/fd/${number}`);
  const targets = await Promise.all(places.map((place) => readlink(place).catch(() => "")));
  return places.filter((_, index) => {
    const target = targets[index] ?? "";
    return target.startsWith("/") && isInside(boundary.real, target);
  });
}

function outside(boundary: Boundary, path: string): ToolError {
  return new ToolError(`Cannot read ${JSON.stringify(path)}: it is outside the workspace`, {
    hint: `the workspace is ${boundary.named}; give a path inside it`,
  });
}
