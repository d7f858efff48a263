import { Buffer } from "node:buffer";
import { statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { temporaryName } from "../config/temporary_name.ts";
import { ToolError } from "../config/tool_error.ts";
import { type Boundary, resolveInside, verifyInside } from "./confine_path.ts";
import { fileError } from "./file_problem.ts";
import { openBoundary } from "./open_boundary.ts";
import { placeInside } from "./place_inside.ts";
import { refuseProtected } from "./protected_path.ts";
import { readInside } from "./read_file.ts";
import { replaceFile } from "./replace_file.ts";
import { decodeSource } from "./source.ts";

/** The files of a project, for one who may not leave it. Paths are absolute or relative to its folder. */
export interface ProjectFiles {
  /** @throws {ToolError} when it is missing, outside, too large or no text */
  readText(path: string): Promise<string>;
  /** Whether there is a regular file inside. */
  exists(path: string): boolean;
  /** The bytes and the real path; `bytes` null: there is none. @throws {ToolError} */
  snapshot(path: string): Promise<{ path: string; bytes: Uint8Array | null }>;
  /**
   * Puts a file back as it was, in one step; null removes it.
   *
   * @param expect what it has now; with other content it stays as it is
   * @throws {ToolError} when it is outside, was changed meanwhile, or the disk refuses
   */
  restore(path: string, bytes: Uint8Array | null, expect: Uint8Array): Promise<void>;
}

/** @throws {ToolError} when there is no such folder */
export function openProjectFiles(root: string): ProjectFiles {
  const boundary = openBoundary(root);
  const read = (path: string) => {
    try {
      return readInside(boundary, path);
    } catch (error) {
      throw fileError("read", path, error);
    }
  };
  return {
    readText: (path) => Promise.try(() => decodeSource(read(path), path).text),
    exists: (path) => isFile(boundary, path),
    snapshot: (path) =>
      Promise.try(() => {
        const { real, exists } = placeInside(boundary, path);
        return { path: real, bytes: exists ? read(path) : null };
      }),
    restore: async (path, bytes, expect) => {
      const action = bytes ? "write" : "remove";
      const limits: Boundary = { ...boundary, action };
      const real = resolveInside(limits, path);
      refuseProtected(limits, real, path);
      const verify = (file: number) => verifyInside(file, limits, path);
      if (bytes) await replaceFile(real, bytes, { expect, verify });
      else await removeFile(limits, real, expect, path);
    },
  };
}

function isFile(boundary: Boundary, path: string): boolean {
  try {
    return path !== "" && !path.includes("\0") && statSync(resolveInside(boundary, path)).isFile();
  } catch {
    return false; // not there, outside, or not for us to see
  }
}

/** First put aside, then looked at: what is removed is what was looked at, and inside. */
async function removeFile(
  boundary: Boundary,
  real: string,
  expect: Uint8Array,
  path: string,
): Promise<void> {
  const aside = join(dirname(real), temporaryName());
  try {
    await rename(real, aside);
    try {
      const found = readInside(boundary, aside);
      if (Buffer.compare(found, expect) !== 0) throw changed(path);
    } catch (error) {
      await rename(aside, real);
      throw error;
    }
    await rm(aside);
  } catch (error) {
    throw fileError("remove", path, error);
  }
}

function changed(path: string): ToolError {
  return new ToolError(`Cannot remove ${JSON.stringify(path)}: it was changed in the meantime`);
}
