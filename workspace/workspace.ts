import { resolve, sep } from "node:path";
import type { RuffSettings } from "../analysis/ruff.ts";
import { ToolError } from "../config/tool_error.ts";
import { type Boundary, resolveInside } from "./confine_path.ts";
import { fileError } from "./file_problem.ts";
import { openBoundary } from "./open_boundary.ts";
import { readInside, readRegularFile } from "./read_file.ts";
import { createRuffConfigFinder } from "./ruff_config.ts";
import { decodeSource, type Source } from "./source.ts";
import { type PlannedWrite, planWrite } from "./write_inside.ts";

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
  /**
   * The Ruff settings that hold for a file, or for the workspace itself.
   *
   * @throws {ToolError} when the configuration is broken, or the file outside
   */
  ruffSettings(path?: string): Promise<RuffSettings>;
  /**
   * Finds out what writing a text file would do, and can then do it. Never outside of the root.
   *
   * @throws {ToolError} when it may not or cannot be written
   */
  planWrite(path: string, text: string): Promise<PlannedWrite>;
}

export interface WorkspaceOptions {
  /**
   * Whether files outside the root are refused: for paths that a model or a client chose, not the
   * person at the terminal. @default false
   */
  confined?: boolean;
}

/**
 * Opens a folder, for one command or one request: configuration that was found is kept.
 *
 * @throws {ToolError} when there is no such folder
 */
export function openWorkspace(
  root: string,
  { confined = false }: WorkspaceOptions = {},
): Workspace {
  const boundary = openBoundary(root);
  const findSettings = createRuffConfigFinder(boundary.named, confined ? { boundary } : {});
  return {
    root: boundary.named,
    readSource: (path) => Promise.try(readSource, boundary, path, confined),
    async ruffSettings(path) {
      if (path !== undefined && confined) resolveInside(boundary, path);
      return await findSettings(path ?? boundary.named + sep);
    },
    async planWrite(path, text) {
      refuseImpossible("write", path);
      try {
        return await planWrite({ ...boundary, action: "write" }, path, text);
      } catch (error) {
        throw fileError("write", path, error);
      }
    },
  };
}

function refuseImpossible(action: string, path: string): void {
  if (path === "" || path.includes("\0")) {
    throw new ToolError(`Cannot ${action} ${JSON.stringify(path)}: it is not a path`, {
      hint: "give the path of a file",
    });
  }
}

function readSource(boundary: Boundary, path: string, confined: boolean): Source {
  refuseImpossible("read", path);
  try {
    return decodeSource(read(boundary, path, confined), path);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

function read(boundary: Boundary, path: string, confined: boolean): Uint8Array {
  if (confined) return readInside(boundary, path);
  return readRegularFile(resolve(boundary.named, path), { name: path });
}
