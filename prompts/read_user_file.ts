import { ToolError } from "../config/tool_error.ts";

/** No prompt comes near it; a model's context would be full. */
const MAX_BYTES = 64 * 1024;

/**
 * The text of one of the user's files; undefined when there is none.
 *
 * @param shown how messages call it. @default path
 * @throws {ToolError} when it is no file, too large, not UTF-8 or cannot be read
 */
export async function readUserFile(path: string, shown = path): Promise<string | undefined> {
  try {
    // A pipe of that name would never end.
    if (!(await Deno.stat(path)).isFile) throw unusable(shown, "not a file");
    using file = await Deno.open(path);
    return decode(shown, await readAtMost(file, MAX_BYTES + 1));
  } catch (error) {
    if (error instanceof ToolError) throw error;
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof Deno.errors.NotADirectory) return undefined;
    throw unusable(shown, "it cannot be read", error);
  }
}

async function readAtMost(file: Deno.FsFile, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let length = 0;
  while (length < size) {
    const count = await file.read(bytes.subarray(length));
    if (count === null) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

function decode(path: string, bytes: Uint8Array): string {
  if (bytes.length > MAX_BYTES) throw unusable(path, "it is longer than 64 KiB");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw unusable(path, "it is not UTF-8", error);
  }
}

/** That a file of the user's cannot be used, and why. */
export function unusable(
  path: string,
  state: string,
  cause?: unknown,
  hint?: string,
): ToolError {
  return new ToolError(`Cannot use the prompt "${path}": ${state}`, {
    cause,
    hint: hint ?? "mend the file or remove it",
  });
}
