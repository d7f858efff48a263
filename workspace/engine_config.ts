import { dirname, join, resolve } from "node:path";
import type { EngineConfig } from "../analysis/engine.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ConfigFiles } from "./config_files.ts";

/** Gives the nearest of some configuration files in the folder of a file or above it. */
export type EngineConfigFinder = (
  path: string,
  names: readonly string[],
) => EngineConfig | undefined;

/** Larger configuration is refused: 1 MiB. */
const MAX_CONFIG_LENGTH = 1024 * 1024;

/**
 * Finds the engines' own configuration files. In one folder the first name wins. Each folder is
 * looked at once; a finder belongs to one command or request.
 *
 * @param cwd Absolute; where relative paths start
 */
export function createEngineConfigFinder(cwd: string, files: ConfigFiles): EngineConfigFinder {
  const known = new Map<string, Map<string, EngineConfig | undefined>>();
  return (path, names) => {
    if (names.length === 0) return undefined;
    const key = names.join("/");
    const byFolder = known.get(key) ?? new Map<string, EngineConfig | undefined>();
    known.set(key, byFolder);
    return search(files, cwd, dirname(resolve(cwd, path)), names, byFolder);
  };
}

function search(
  files: ConfigFiles,
  cwd: string,
  folder: string,
  names: readonly string[],
  known: Map<string, EngineConfig | undefined>,
): EngineConfig | undefined {
  const passed: string[] = [];
  let found: EngineConfig | undefined;
  for (let at = folder;; at = dirname(at)) {
    passed.push(at);
    if (known.has(at)) found = known.get(at);
    else found = readFolder(files, at, cwd, names);
    if (found || known.has(at) || files.isTop(at)) break;
  }
  for (const path of passed) known.set(path, found);
  return found;
}

function readFolder(
  files: ConfigFiles,
  folder: string,
  cwd: string,
  names: readonly string[],
): EngineConfig | undefined {
  const path = names.map((name) => join(folder, name)).find(files.exists);
  if (path === undefined) return undefined;
  const name = files.nameOf(path), text = files.read(path);
  if (text.length > MAX_CONFIG_LENGTH) {
    throw new ToolError(`Cannot use ${JSON.stringify(name)}: it is larger than 1 MiB`, {
      hint: "make it shorter",
    });
  }
  return { path: name, text, root: folder, cwd };
}
