import { existsSync, lstatSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Boundary, isInside } from "./confine_path.ts";
import { fileError } from "./file_problem.ts";
import { readInside, readRegularFile } from "./read_file.ts";

/** How configuration, and what it says about folders, is looked up on the disk. Paths are absolute. */
export interface ConfigFiles {
  /** The path as messages show it. */
  nameOf(path: string): string;
  /** Whether the search upward ends here. */
  isTop(folder: string): boolean;
  /** Whether a path may be looked at, as it is written: links on the way are not followed. */
  admits(path: string): boolean;
  /** Whether there is such a file, in a folder that may be looked at. */
  exists(path: string): boolean;
  /** Whether the entries of a folder may be listed. */
  mayList(folder: string): boolean;
  /** @throws {ToolError} when the file cannot be read, or leads outside */
  read(path: string): string;
}

/** For the person at the terminal: whatever the configuration names. */
export const ALL_FILES: ConfigFiles = {
  nameOf: (path) => path,
  isTop: (folder) => dirname(folder) === folder,
  admits: () => true,
  exists: existsSync,
  mayList: () => true,
  read: (path) => readAs(path, () => readRegularFile(path)),
};

/** For a model or a client: nothing outside of the boundary is read, listed or told of. */
export function filesInside(boundary: Boundary): ConfigFiles {
  const baseOf = (path: string) =>
    isInside(boundary.named, path) || !isInside(boundary.real, path)
      ? boundary.named
      : boundary.real;
  const nameOf = (path: string) => relative(baseOf(path), path) || ".";
  const mayList = (folder: string) => {
    const real = attempt(() => realpathSync(folder));
    return real !== undefined && isInside(boundary.real, real);
  };
  return {
    nameOf,
    isTop: (folder) => folder === baseOf(folder) || dirname(folder) === folder,
    admits: (path) => isInside(boundary.named, path) || isInside(boundary.real, path),
    // A link counts, wherever it leads: reading it says whether that is outside.
    exists: (path) => mayList(dirname(path)) && attempt(() => lstatSync(path)) !== undefined,
    mayList,
    read: (path) => readAs(nameOf(path), () => readInside(boundary, nameOf(path))),
  };
}

function readAs(name: string, read: () => Uint8Array): string {
  try {
    return new TextDecoder().decode(read());
  } catch (error) {
    throw fileError("read", name, error);
  }
}

function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined; // no such file or folder, or not for us to see
  }
}

/** The folders among `folders`, relative to `root`, that may be listed. */
export function foldersToList(files: ConfigFiles, root: string, folders: string[]): string[] {
  return folders.map((folder) => resolve(root, folder)).filter(files.mayList);
}

/** Whether a folder is a Python package. */
export function isPackage(files: ConfigFiles, folder: string): boolean {
  return files.exists(join(folder, "__init__.py"));
}
