import { statfs } from "node:fs/promises";

/**
 * Bytes that an ordinary user can still write to the volume of a folder; undefined when the folder is
 * not there or the system does not tell.
 */
export async function freeSpace(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return Number(bavail) * Number(bsize);
  } catch {
    return undefined;
  }
}
