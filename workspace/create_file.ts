import { type FileHandle, link, lstat, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../config/sync_folder.ts";
import { ToolError } from "../config/tool_error.ts";
import { writeNewFile } from "../config/write_file.ts";
import { codeOf, fileError } from "./file_problem.ts";
import { openTemporary, probeFolder, removeTemporary } from "./temporary_file.ts";

/**
 * Makes a new file in one step: it is there whole or not at all, also after a crash. Whatever has
 * the name already stays, also when it comes in the meantime; so does a link that leads nowhere.
 *
 * Where the file system has no hard links, the file is written in its place: what cannot be written
 * whole is removed again, but others can see it grow, and a crash can leave the beginning of it.
 *
 * @param options.link gives a file another name. @default node's
 * @param options.mode less what the umask takes. @default 0o666
 * @param options.verify checks where the file was opened, before anything is written; throws to refuse it
 * @throws {ToolError} when there is such a file, or the disk or the folder refuses a new one
 */
export async function createFile(
  path: string,
  bytes: Uint8Array,
  { link: giveName = link, mode = 0o666, verify }: {
    link?: (from: string, to: string) => Promise<void>;
    mode?: number;
    verify?(file: number): void;
  } = {},
): Promise<void> {
  try {
    const { temporary, handle } = await openTemporary(path, path, mode);
    try {
      await fill(handle, bytes, verify);
      // Unlike renaming, linking does not take the place of another file.
      await giveName(temporary, path).catch(async (error) => {
        if (!NO_LINKS.includes(codeOf(error))) throw error;
        await writeNewFile(path, bytes, mode);
      });
    } finally {
      await removeTemporary(temporary);
    }
    await syncFolder(dirname(path));
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw await alreadyThere(path);
    throw fileError("write", path, error);
  }
}

async function fill(
  handle: FileHandle,
  bytes: Uint8Array,
  verify?: (file: number) => void,
): Promise<void> {
  try {
    verify?.(handle.fd);
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What file systems without hard links say. */
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

/**
 * Finds out whether a file can be made before the work that fills it.
 *
 * @throws {ToolError} when there is such a file already, or no folder for it that allows a new one
 */
export async function refuseExisting(path: string): Promise<void> {
  if (await exists(path)) throw await alreadyThere(path);
  const status = await stat(dirname(path)).catch(() => undefined);
  if (!status?.isDirectory()) {
    throw new ToolError(`Cannot write ${JSON.stringify(path)}: no such folder`, {
      hint: "make the folder first",
    });
  }
  await probeFolder(path, path).catch((error) => {
    throw fileError("write", path, error);
  });
}

/** Whether something has the name, a link that leads nowhere too. */
export async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(() => true, () => false);
}

async function alreadyThere(path: string): Promise<ToolError> {
  const status = await stat(path).catch(() => undefined);
  if (status?.isDirectory()) {
    return new ToolError(`Cannot write ${JSON.stringify(path)}: it is a folder`, {
      hint: "give the name of a file in it",
    });
  }
  return new ToolError(`Cannot write ${JSON.stringify(path)}: it is there already`, {
    hint: "give another name, or --force to replace it",
  });
}
