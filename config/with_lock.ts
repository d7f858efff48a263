import { openLock } from "./open_lock.ts";

/**
 * Runs `work` while nobody else, in this process or another one, does so with the same lock. The system
 * ends the lock of a process that dies.
 *
 * @param path of a file that stands for the lock. It stays: who removes it lets two in at once.
 * @throws {ToolError} when the file cannot be made
 */
export function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const result = (inThisProcess.get(path) ?? Promise.resolve()).then(() => lockAndDo(path, work));
  const done = result.then(() => {}, () => {}).then(() => {
    if (inThisProcess.get(path) === done) inThisProcess.delete(path);
  });
  inThisProcess.set(path, done);
  return result;
}

/**
 * The last to come for each lock: a thread stands still while the system lets it wait, and there are few;
 * all of them waiting would leave none for the work of the one that they wait for.
 */
const inThisProcess = new Map<string, Promise<void>>();

async function lockAndDo<T>(path: string, work: () => Promise<T>): Promise<T> {
  const file = await openLock(path);
  try {
    await file.lock(true);
    return await work();
  } finally {
    file.close();
  }
}
