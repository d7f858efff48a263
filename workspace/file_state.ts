import { statSync } from "node:fs";

/** A change so long ago is seen by its time. */
const LATELY_MS = 2500;

/**
 * What a file is like, as far as can be told without reading it: where it has changed since, this is
 * another text. Undefined for what is no file, and for one that was changed so lately that another
 * change might leave it as it is: times of files are whole seconds on some disks.
 *
 * @param now Milliseconds since 1970, not later than the file is read
 */
export function fileState(path: string, now: number = Date.now()): string | undefined {
  try {
    const status = statSync(path), { dev, ino, size, mtimeMs, ctimeMs } = status;
    if (!status.isFile()) return undefined;
    const changed = Math.max(mtimeMs, ctimeMs);
    return changed + LATELY_MS <= now ? `${dev}:${ino}:${size}:${mtimeMs}:${ctimeMs}` : undefined;
  } catch {
    return undefined;
  }
}
