import { stat } from "node:fs/promises";

/** A lock is held for as long as it takes to compare a file and to rename another one. */
const TRIES = 60;
const BETWEEN_MS = 10;

/**
 * Runs `work` while no other devmcp does so with the same file, whatever names it: what is compared stays
 * so until it is replaced. Where the file system knows no locks, or somebody else holds one for long,
 * `work` is run all the same.
 *
 * @param path without symbolic links
 */
export async function whileLocked<T>(path: string, work: () => Promise<T>): Promise<T> {
  const file = await lockInPlace(path);
  try {
    return await work();
  } finally {
    file?.close();
  }
}

async function lockInPlace(path: string): Promise<Deno.FsFile | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (tries > 0) await new Promise((done) => setTimeout(done, BETWEEN_MS));
    const file = await Deno.open(path, { read: true, write: true });
    const isOurs = await file.tryLock(true).catch(() => true);
    if (isOurs && await isStillThere(file, path)) return file;
    file.close();
  }
  return undefined;
}

/** Who had the lock may have put another file in this one's place. */
async function isStillThere(file: Deno.FsFile, path: string): Promise<boolean> {
  const [ours, there] = await Promise.all([file.stat(), stat(path)]);
  return ours.ino === null || ours.ino === there.ino;
}
