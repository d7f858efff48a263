import { open } from "node:fs/promises";

/**
 * Puts the names of a folder's files on the disk, after one was made or renamed. A file system that cannot
 * sync folders has done what it can: the name is there already.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
