import { rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { openLock } from "../config/open_lock.ts";
import { fileProblem } from "../config/read_small_file.ts";

/** A lock that this process has; the system ends it when the process dies. */
export interface SessionLock {
  release(): void;
}

/** Another process may hold a lock for an instant, to see whether it is left over. */
const TRIES = 4;
const BETWEEN_MS = 10;

/**
 * Takes the lock that a file stands for, without waiting for who has it. The file is there only as long
 * as the lock is held or after the holder was killed.
 *
 * @returns undefined when somebody else has it
 * @throws {ToolError} when the file cannot be made
 */
export async function takeLock(path: string): Promise<SessionLock | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (tries > 0) await new Promise((done) => setTimeout(done, BETWEEN_MS));
    const lock = await tryLock(path);
    if (lock) return lock;
  }
  return undefined;
}

/** Whether somebody has the lock; a file that was left over is removed. */
export async function isLocked(path: string): Promise<boolean> {
  if (!await stat(path).then(() => true, () => false)) return false;
  const lock = await tryLock(path);
  lock?.release();
  return !lock;
}

async function tryLock(path: string): Promise<SessionLock | undefined> {
  const file = await openLock(path);
  try {
    if (await file.tryLock(true) && await isStillThere(file, path)) return held(file, path);
  } catch (error) {
    file.close();
    throw fileProblem("lock", path, error);
  }
  file.close();
  return undefined;
}

/** Who had it may have removed the file before it was locked here: the next one would make another. */
async function isStillThere(file: Deno.FsFile, path: string): Promise<boolean> {
  const [ours, there] = await Promise.all([file.stat(), stat(path).catch(() => undefined)]);
  return there !== undefined && (ours.ino === null || ours.ino === there.ino);
}

function held(file: Deno.FsFile, path: string): SessionLock {
  return {
    release() {
      try {
        // Before the lock ends, so that nobody gets a file that is about to go.
        rmSync(path, { force: true });
      } catch {
        // The system ends the lock all the same.
      }
      file.close();
    },
  };
}
