/** A change so long ago is seen by its time: Deno tells ctime, which nobody can set back, in seconds. */
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
    // Twice as fast as that of node:fs.
    const { isFile, dev, ino, size, mtime, ctime } = Deno.statSync(path);
    if (!isFile || !mtime) return undefined;
    const changed = Math.max(+mtime, +(ctime ?? mtime));
    return changed + LATELY_MS <= now
      ? `${dev}:${ino}:${size}:${+mtime}:${+(ctime ?? 0)}`
      : undefined;
  } catch {
    return undefined;
  }
}
