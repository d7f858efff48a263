import { isAbsolute, relative } from "node:path";
import type { Origin } from "./config.ts";
import { readSmallFile } from "./read_small_file.ts";
import { ToolError } from "./tool_error.ts";

/** Larger files are no configuration; one of this size costs the parser less than a second at worst. */
export const MAX_CONFIG_BYTES = 64 * 1024;

/** A devmcp.yaml as it is on the disk. */
export interface ConfigText {
  text: string;
  bytes: Uint8Array;
  /** Whether it belongs to another user of the machine, the administrator excepted. */
  isForeign: boolean;
}

/**
 * Reads a devmcp.yaml; undefined when there is none. That of a project may not be a symbolic link:
 * messages about it would tell of files elsewhere.
 *
 * @throws {ToolError} when it cannot be read, is too large or no text
 */
export function readConfigText(
  path: string,
  { followLinks }: { followLinks: boolean },
): ConfigText | undefined {
  const file = readSmallFile(path, { maxBytes: MAX_CONFIG_BYTES, followLinks });
  if (!file) return undefined;
  const { bytes, status: { uid } } = file;
  const isForeign = belongsToOther(uid, Deno.uid());
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), bytes, isForeign };
  } catch (cause) {
    throw new ToolError(`Cannot read ${JSON.stringify(path)}: it is not UTF-8 text`, { cause });
  }
}

/**
 * Whether a file's owner is somebody else than the user and the administrator, who may read and
 * trust what they like. Windows knows no such numbers.
 */
export function belongsToOther(owner: number, user: number | null): boolean {
  return user !== null && user !== 0 && owner !== user && owner !== 0;
}

/** A file's path for messages: relative when it is inside of `cwd`. */
export function nameOf(path: string, cwd: string): string {
  const inside = relative(cwd, path);
  return inside === "" || inside.startsWith("..") || isAbsolute(inside) ? path : inside;
}

/** Where a value comes from: `default`, `devmcp.yaml:3`, `OLLAMA_HOST`, `--jobs`. */
export function describeOrigin(origin: Origin, cwd: string): string {
  if (origin.kind === "default") return "default";
  if (origin.kind === "environment") return origin.variable;
  return origin.kind === "flag" ? origin.flag : `${nameOf(origin.file, cwd)}:${origin.line}`;
}
