import { realpathSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { RuffSettings } from "../analysis/ruff.ts";
import { ToolError } from "../config/tool_error.ts";
import { type Boundary, resolveInside, verifyInside } from "./confine_path.ts";
import { fileError } from "./file_problem.ts";
import { readRegularFile } from "./read_file.ts";
import { decodeSource, type Source } from "./source.ts";

/** The folder someone works in: the only door to a user's files. */
export interface Workspace {
  /** Absolute, as it was given; relative paths start here. */
  readonly root: string;
  /**
   * Reads and decodes a source file.
   *
   * @throws {ToolError} when it is missing, outside, no regular file, too large or no text
   */
  readSource(path: string): Promise<Source>;
  /** The Ruff settings that hold for a file, or for the workspace itself. */
  ruffSettings(path?: string): Promise<RuffSettings>;
}

export interface WorkspaceOptions {
  /**
   * Whether files outside the root are refused: for paths that a model or a client chose, not the
   * person at the terminal. @default false
   */
  confined?: boolean;
}

/**
 * Opens a folder.
 *
 * @throws {ToolError} when there is no such folder
 */
export function openWorkspace(root: string, options: WorkspaceOptions = {}): Workspace {
  const boundary = openBoundary(root);
  return {
    root: boundary.named,
    async readSource(path) {
      refuseImpossible(path);
      try {
        return decodeSource(await read(boundary, path, options.confined ?? false), path);
      } catch (error) {
        throw fileError("read", path, error);
      }
    },
  };
}

function openBoundary(root: string): Boundary {
  const named = resolve(root);
  try {
    if (!statSync(named).isDirectory()) {
      throw new ToolError(notAFolder(root), { hint: "give a folder" });
    }
    return { named, real: realpathSync(named) };
  } catch (error) {
    throw fileError("open the workspace", root, error);
  }
}

function notAFolder(root: string): string {
  return `Cannot open the workspace ${JSON.stringify(root)}: it is not a folder`;
}

function refuseImpossible(path: string): void {
  if (path === "" || path.includes("\0")) {
    throw new ToolError(`Cannot read ${JSON.stringify(path)}: it is not a path`, {
      hint: "give the path of a file",
    });
  }
}

async function read(boundary: Boundary, path: string, confined: boolean): Promise<Uint8Array> {
  if (!confined) return readRegularFile(resolve(boundary.named, path), { name: path });
  const real = await resolveInside(boundary, path);
  return readRegularFile(real, {
    name: path,
    noFollow: true,
    verify: (handle) => verifyInside(handle, boundary, path),
  });
}
