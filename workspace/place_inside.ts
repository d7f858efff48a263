import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { ToolError } from "../config/tool_error.ts";
import { absoluteInside, type Boundary, resolveInside } from "./confine_path.ts";
import { codeOf, fileError } from "./file_problem.ts";

/** Where a file is to be written. */
export interface Place {
  /** Absolute, without symbolic links as far as it exists. */
  real: string;
  /** Whether there is something of that name. */
  exists: boolean;
  /** Makes the folders that are missing. @throws {ToolError} */
  makeFolders(): void;
}

/**
 * Where `path` stands inside the boundary, whether or not it exists.
 *
 * @throws {ToolError} when it leads outside, or is a symbolic link that leads nowhere
 */
export function placeInside(boundary: Boundary, path: string): Place {
  const absolute = absoluteInside(boundary, path);
  if (isThere(absolute)) {
    refuseDangling(absolute, path);
    return { real: resolveInside(boundary, path), exists: true, makeFolders: () => {} };
  }
  const base = nearestFolder(dirname(absolute));
  const folder = resolveInside(boundary, base);
  const names = relative(base, absolute).split(sep);
  return {
    real: join(folder, ...names),
    exists: false,
    makeFolders: () => makeFolders(boundary, folder, names.slice(0, -1), path),
  };
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (codeOf(error) === "ENOTDIR") return false;
    throw error;
  }
}

/** Writing through it would make a file elsewhere. */
function refuseDangling(absolute: string, path: string): void {
  try {
    realpathSync(absolute);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw fileError("write", path, error);
    throw new ToolError(`Cannot write ${JSON.stringify(path)}: it is a symbolic link to nothing`, {
      hint: "remove the link first",
    });
  }
}

function nearestFolder(path: string): string {
  for (let folder = path;; folder = dirname(folder)) {
    if (isThere(folder) || dirname(folder) === folder) return folder;
  }
}

/**
 * One after the other, each looked at before the next is made in it: if a link was put in its place,
 * an empty folder elsewhere is the worst that can come of it.
 */
function makeFolders(boundary: Boundary, base: string, names: string[], path: string): void {
  let folder = base;
  for (const name of names) {
    folder = join(folder, name);
    try {
      mkdirSync(folder);
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw fileError("write", path, error);
    }
    if (resolveInside(boundary, folder) === folder) continue;
    throw new ToolError(`Cannot write ${JSON.stringify(path)}: its folder was exchanged`, {
      hint: "try again",
    });
  }
}
