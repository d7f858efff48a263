import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isTemporaryName } from "../config/temporary_name.ts";

/** A report may be written for as long as models are asked. */
const LEFT_AFTER_MS = 24 * 60 * 60 * 1000;
const MOST_FOLDERS = 10_000;

const cleaned = new Set<string>();

/**
 * Removes the temporary files in a folder that processes which were killed have left there a day ago or
 * earlier. A folder is looked at once.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  if (cleaned.has(folder) || cleaned.size >= MOST_FOLDERS) return;
  cleaned.add(folder);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isTemporaryName)) {
    const path = join(folder, name);
    const modified = await stat(path).then(({ mtimeMs }) => mtimeMs, () => Infinity);
    if (modified < Date.now() - LEFT_AFTER_MS) await rm(path, { force: true }).catch(() => {});
  }
}
