import { realpathSync, statSync } from "node:fs";

/** A path without symbolic links; undefined where there is nothing. */
export function realPlace(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

/** Whether there is a folder; symbolic links are followed. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
