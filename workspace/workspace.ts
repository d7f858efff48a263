import { join, resolve, sep } from "node:path";
import type { EngineConfig } from "../analysis/engine.ts";
import type { RuffSettings } from "../analysis/ruff/ruff.ts";
import { ToolError } from "../config/tool_error.ts";
import { ALL_FILES, filesInside } from "./config_files.ts";
import { type Boundary, resolveInside } from "./confine_path.ts";
import { createEngineConfigFinder } from "./engine_config.ts";
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
  /** The bytes of a file, for those who decode them; throws what `readSource` does of the disk. */
  readBytes(path: string): Promise<Uint8Array>;
  /**
   * The nearest of an engine's own configuration files, in the folder of a file or above it, or of the
   * workspace itself; the first of `names` in a folder wins.
   *
   * @throws {ToolError} when it cannot be read, is too large, or the file is outside
   */
  engineConfig(
    path: string | undefined,
    names: readonly string[],
  ): Promise<EngineConfig | undefined>;
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
  const files = confined ? filesInside(boundary) : ALL_FILES;
  const findConfig = createEngineConfigFinder(boundary.named, files);
  const findSettings = createRuffConfigFinder(boundary.named, confined ? { boundary } : {});
  return {
    root: boundary.named,
    readSource: (path) =>
      Promise.try(() => decodeSource(readBytes(boundary, path, confined), path)),
    readBytes: (path) => Promise.try(readBytes, boundary, path, confined),
    engineConfig: (path, names) =>
      Promise.try(() => {
        if (path !== undefined && confined) resolveInside(boundary, path);
        return findConfig(path ?? join(boundary.named, "any"), names);
      }),
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

function readBytes(boundary: Boundary, path: string, confined: boolean): Uint8Array {
  refuseImpossible("read", path);
  try {
    return read(boundary, path, confined);
  } catch (error) {
    throw fileError("read", path, error);
  }
}

function read(boundary: Boundary, path: string, confined: boolean): Uint8Array {
  if (confined) return readInside(boundary, path);
  return readRegularFile(resolve(boundary.named, path), { name: path });
}
