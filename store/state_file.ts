import type * as z from "zod";
import { readSmallFile } from "../config/read_small_file.ts";
import { ToolError } from "../config/tool_error.ts";
import { replaceTextFile } from "../config/write_file.ts";
import { withLock } from "../config/with_lock.ts";

/** A small JSON file of what devmcp remembers for the user, shared by all their processes. */
export interface StateFile<T> {
  /** What it holds; `empty` where it is missing or broken, so that nothing is allowed by accident. */
  read(): T;
  /** @throws {ToolError} when what is there cannot be read, which {@link read} takes for nothing */
  check(): void;
  /**
   * Changes it while nobody else can; what was broken is kept beside it as `….broken`.
   *
   * @returns what it holds then
   * @throws {ToolError} when the disk refuses
   */
  update(change: (before: T) => T): Promise<T>;
}

export interface StateFileOptions<T> {
  /** Absolute; its folder is made. */
  path: string;
  schema: z.ZodType<T>;
  empty: T;
  /** @default 4 MiB */
  maxBytes?: number;
  /** Whether nobody reads it but us: it is then smaller, and sooner written. @default false */
  compact?: boolean;
}

/** Opens a state file; nothing is read or made before it is asked for. */
export function openStateFile<T>(
  { path, schema, empty, maxBytes = 4 * 1024 * 1024, compact = false }: StateFileOptions<T>,
): StateFile<T> {
  const text = () => {
    const file = readSmallFile(path, { maxBytes, followLinks: true });
    return file && new TextDecoder().decode(file.bytes);
  };
  const parse = (text: string | undefined): T | undefined => {
    try {
      return text === undefined ? undefined : schema.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  };
  const read = () => {
    try {
      return parse(text()) ?? empty;
    } catch {
      return empty; // not readable
    }
  };
  const write = (path: string, text: string) =>
    replaceTextFile(path, text, { mode: 0o600, followLinks: true });
  const check = () => {
    const found = text();
    if (found === undefined || parse(found) !== undefined) return;
    throw new ToolError(`Cannot use ${JSON.stringify(path)}: it is broken`, {
      hint: "mend it; the next change begins anew, and keeps it as ….broken",
    });
  };
  return {
    read,
    check,
    update: (change) =>
      withLock(`${path}.lock`, async () => {
        const before = text();
        const value = parse(before);
        if (before !== undefined && value === undefined) await write(`${path}.broken`, before);
        const after = change(value ?? empty);
        await write(path, `${JSON.stringify(after, null, compact ? 0 : 2)}\n`);
        return after;
      }),
  };
}
