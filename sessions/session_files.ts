import { chmod, readdir, rename, rm, unlink } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, fileProblem } from "../config/read_small_file.ts";
import { syncFolder } from "../config/sync_folder.ts";
import { writeNewFile } from "../config/write_file.ts";
import { isSessionId } from "./session_id.ts";
import { isLocked } from "./session_lock.ts";

/** What belongs to a session in the folder of all sessions. */
export interface SessionPaths {
  file: string;
  /** There while some chat has it open. */
  lock: string;
  /** What is being written; left over when a process was killed. */
  temporary: string;
}

/** @param id one that {@link isSessionId} has seen */
export function pathsOf(folder: string, id: string): SessionPaths {
  return {
    file: join(folder, `${id}.json`),
    lock: join(folder, `${id}.lock`),
    temporary: join(folder, `.${id}.tmp`),
  };
}

/** The ids of all sessions, in no order; none where the folder is missing. @throws {ToolError} */
export async function listIds(folder: string): Promise<string[]> {
  return (await listSessionFiles(folder)).map(({ id }) => id);
}

/**
 * The same, and whether there is a file for the lock: to ask for each would take longer than all else.
 *
 * @throws {ToolError} when the folder may not be read, so that nobody is told that there are none
 */
export async function listSessionFiles(
  folder: string,
): Promise<{ id: string; hasLock: boolean }[]> {
  const names = new Set(await namesIn(folder, { refuse: true }));
  return [...names].flatMap((name) => idOf(name, "", ".json"))
    .map((id) => ({ id, hasLock: names.has(`${id}.lock`) }));
}

/**
 * Replaces a session's file: whoever looks sees the old one or the new one, also after a power failure.
 * Its lock must be held.
 *
 * @throws {ToolError} when the disk refuses; the file is then as it was
 */
export async function writeSession(
  folder: string,
  { file, temporary }: SessionPaths,
  pieces: Uint8Array[],
): Promise<void> {
  try {
    await writeNewFile(temporary, pieces, 0o600);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw fileProblem("write", file, error);
  }
  await syncFolder(folder);
}

/** Removes what a killed process left of a session. Its lock must be held. */
export async function removeLeftover({ temporary }: SessionPaths): Promise<void> {
  await rm(temporary, { force: true }).catch(() => {});
}

/** Removes a session for good. Its lock must be held. @throws {ToolError} when the disk refuses */
export async function removeFile(folder: string, { file }: SessionPaths): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw fileProblem("delete", file, error);
  }
  await syncFolder(folder);
}

/** Removes what killed processes left, and keeps others out of the folder. */
export async function tidyFolder(folder: string): Promise<void> {
  if (Deno.build.os !== "windows") await chmod(folder, 0o700).catch(() => {});
  for (const name of await namesIn(folder)) {
    for (const id of idOf(name, "", ".lock")) await isLocked(pathsOf(folder, id).lock);
    for (const id of idOf(name, ".", ".tmp")) {
      const paths = pathsOf(folder, id);
      // Nobody writes a session without its lock.
      if (!await isLocked(paths.lock)) await removeLeftover(paths);
    }
  }
}

async function namesIn(folder: string, { refuse = false } = {}): Promise<string[]> {
  return await readdir(folder).catch((error) => {
    if (refuse && ["EACCES", "EPERM"].includes(codeOf(error))) {
      throw fileProblem("read", folder, error);
    }
    return [];
  });
}

function idOf(name: string, start: string, end: string): string[] {
  if (!name.startsWith(start) || !name.endsWith(end)) return [];
  const id = name.slice(start.length, -end.length);
  return isSessionId(id) ? [id] : [];
}
