import { Buffer } from "node:buffer";
import type { Stats } from "node:fs";
import { type FileHandle, open, realpath, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "../config/sync_folder.ts";
import { ToolError } from "../config/tool_error.ts";
import { fileError } from "./file_problem.ts";
import { whileLocked } from "./lock_in_place.ts";
import { readRegularFile } from "./read_file.ts";
import { forgetTemporary, openTemporary, probeFolder, removeTemporary } from "./temporary_file.ts";

export interface ReplaceOptions {
  /** The bytes the file had when it was read: when it has others by now, it stays as it is. */
  expect?: Uint8Array;
  /** Checks where the new content was opened, before anything is written; throws to refuse it. */
  verify?(file: number): void;
}

/**
 * Replaces the content of a file in one step: whoever looks sees the old bytes or the new ones, also
 * after a crash or on a full disk. Mode and, where allowed, owner stay; of a symbolic link, the file
 * it leads to is replaced. Access control lists and extended attributes are not carried over.
 *
 * A file with several hard links is refused: replaced, its other names would keep the old content;
 * written in place, it could be lost. An edit of another program that falls into the microseconds
 * between the comparison with `expect` and the renaming is not seen: no file system offers both as one
 * step; among devmcp's own processes a lock does.
 *
 * @throws {ToolError} when the file is missing, read-only, hard-linked, no regular file or changed,
 * and when the disk refuses; the file is as it was then, and no temporary file is left
 */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  { expect, verify }: ReplaceOptions = {},
): Promise<void> {
  try {
    const { target, status } = await findReplaceable(path);
    const temporary = await writeBeside(target, bytes, status, path, verify);
    try {
      await takePlace(temporary, target, path, expect);
      forgetTemporary(temporary);
    } catch (error) {
      await removeTemporary(temporary);
      throw error;
    }
    await syncFolder(dirname(target));
  } catch (error) {
    throw fileError("write", path, error);
  }
}

async function takePlace(
  temporary: string,
  target: string,
  path: string,
  expect: Uint8Array | undefined,
): Promise<void> {
  if (!expect) return await rename(temporary, target);
  await whileLocked(target, async () => {
    refuseChanged(target, expect, path);
    await rename(temporary, target);
  });
}

/**
 * Finds out whether a file can be replaced before the work on its new content.
 *
 * @throws {ToolError} as {@link replaceFile} does before it writes
 */
export async function refuseIrreplaceable(path: string): Promise<void> {
  try {
    const { target } = await findReplaceable(path);
    await probeFolder(target, path);
  } catch (error) {
    throw fileError("write", path, error);
  }
}

/**
 * Finds out whether a file is one that can be replaced, without touching its folder.
 *
 * @throws {ToolError} when it is missing, read-only, hard-linked or no regular file
 */
export async function refuseUnwritable(path: string): Promise<void> {
  await findReplaceable(path).catch((error) => {
    throw fileError("write", path, error);
  });
}

async function findReplaceable(path: string): Promise<{ target: string; status: Stats }> {
  const target = await realpath(path);
  const status = await stat(target);
  refuseSpecial(status, path);
  await askForWriting(target);
  return { target, status };
}

function refuseSpecial(status: Stats, path: string): void {
  const cannot = `Cannot write ${JSON.stringify(path)}`;
  if (status.isDirectory()) {
    throw new ToolError(`${cannot}: it is a folder`, { hint: "give the name of a file in it" });
  }
  if (!status.isFile()) {
    throw new ToolError(`${cannot}: it is not a regular file`, { hint: "give a file" });
  }
  // Asked of the mode too, because root may write anything.
  if ((status.mode & 0o222) === 0) {
    throw new ToolError(`${cannot}: it is read-only`, { hint: "make it writable first" });
  }
  if (status.nlink > 1) {
    throw new ToolError(`${cannot}: it has ${status.nlink} hard links`, {
      hint: "replaced, it would be parted from them; copy it and move the copy over it first",
    });
  }
}

/** Renaming asks the folder only; whoever may not write the file must not replace it. */
async function askForWriting(target: string): Promise<void> {
  const handle = await open(target, "r+");
  await handle.close();
}

async function writeBeside(
  target: string,
  bytes: Uint8Array,
  like: Stats,
  path: string,
  verify?: ReplaceOptions["verify"],
): Promise<string> {
  const { temporary, handle } = await openTemporary(target, path);
  try {
    verify?.(handle.fd);
    await handle.writeFile(bytes);
    await keepOwnerAndMode(handle, like);
    await handle.sync();
  } catch (error) {
    await handle.close();
    await removeTemporary(temporary);
    throw error;
  }
  await handle.close();
  return temporary;
}

/** Only root can give a file to another owner, and members to their group; the rest is as good as it gets. */
async function keepOwnerAndMode(handle: FileHandle, like: Stats): Promise<void> {
  if (Deno.build.os === "windows") return;
  const { uid, gid } = await handle.stat();
  if (uid !== like.uid || gid !== like.gid) {
    await handle.chown(like.uid, like.gid)
      .catch(() => handle.chown(uid, like.gid))
      .catch(() => {});
  }
  await handle.chmod(like.mode & 0o7777);
}

function refuseChanged(target: string, expect: Uint8Array, path: string): void {
  const now = readRegularFile(target);
  if (Buffer.compare(now, expect) === 0) return;
  throw new ToolError(`Cannot write ${JSON.stringify(path)}: it was changed in the meantime`, {
    hint: "nothing was written; run it again",
  });
}
