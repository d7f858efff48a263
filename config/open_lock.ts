import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { fileProblem } from "./read_small_file.ts";

/** Opens the file that stands for a lock, its folder too where it is missing. @throws {ToolError} */
export async function openLock(path: string): Promise<Deno.FsFile> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return await Deno.open(path, { write: true, create: true, mode: 0o600 });
  } catch (error) {
    throw fileProblem("lock", path, error);
  }
}
