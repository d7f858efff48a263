import {
  chmod,
  type FileHandle,
  lstat,
  mkdir,
  open,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf, fileProblem } from "./read_small_file.ts";
import { temporaryName } from "./temporary_name.ts";
import { ToolError } from "./tool_error.ts";

/**
 * Writes a file in one step, its folder too where it is missing: whoever looks sees the old text or
 * the new one.
 *
 * @param options.followLinks whether of a symbolic link the file that it leads to is replaced. A project
 *   may not choose what is written: of its files a link is refused.
 * @param options.mode of the file. @default the one it has, else what is usual
 * @throws {ToolError} when the disk refuses; the file is then as it was
 */
export async function replaceTextFile(
  path: string,
  text: string,
  { mode, followLinks }: { mode?: number; followLinks: boolean },
): Promise<void> {
  try {
    await makeFolder(path);
    const target = followLinks ? await realpath(path).catch(() => path) : await ownFile(path);
    const temporary = join(dirname(target), temporaryName());
    await writeNewFile(temporary, text);
    try {
      const wanted = mode ?? await modeOf(target);
      if (wanted !== undefined) await chmod(temporary, wanted);
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw fileProblem("write", path, error);
  }
}

/**
 * Writes a file where none is.
 *
 * @throws {ToolError} when something is there, a link that leads nowhere too
 */
export async function createTextFile(path: string, text: string): Promise<void> {
  try {
    await makeFolder(path);
    await writeNewFile(path, text);
  } catch (error) {
    throw fileProblem("write", path, error);
  }
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
}

/** Renaming onto a link that comes later replaces the link, and nothing elsewhere. */
async function ownFile(path: string): Promise<string> {
  const isLink = await lstat(path).then((status) => status.isSymbolicLink(), () => false);
  if (!isLink) return path;
  throw new ToolError(`Cannot write ${JSON.stringify(path)}: it is a symbolic link`);
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode & 0o777;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Writes a file where none is, and on to the disk; what cannot be written whole is removed again.
 *
 * @param content the whole, or its pieces in order
 * @param mode of the file, less what the umask takes. @default 0o644
 */
export async function writeNewFile(
  path: string,
  content: string | Uint8Array | Uint8Array[],
  mode = 0o644,
): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await writePieces(file, Array.isArray(content) ? content : [content]);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function writePieces(file: FileHandle, pieces: (string | Uint8Array)[]): Promise<void> {
  try {
    for (const piece of pieces) await file.writeFile(piece); // goes on where the one before ended
    await file.sync();
  } finally {
    await file.close();
  }
}
