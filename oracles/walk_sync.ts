import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The regular files below a folder whose path matches, of at most so many bytes; links are not followed. */
export function walkSync(folder: string, wanted: RegExp, maxBytes: number): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walkSync(path, wanted, maxBytes);
    return entry.isFile() && wanted.test(path) && statSync(path).size <= maxBytes ? [path] : [];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // not ours to read
  }
}
