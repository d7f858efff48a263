import { codeOf } from "./read_small_file.ts";

/** Where there is no room for one block, nothing can be kept. */
const BLOCK = new Uint8Array(4096).fill(32);

const NO_ROOM = new Set(["ENOSPC", "EDQUOT"]);

/**
 * Tries whether files of a folder can be replaced, in the way that replaces them: by writing a new
 * file there, which is removed at once.
 *
 * @throws what the system says when they cannot
 */
export async function probeWrite(folder: string): Promise<void> {
  const path = await Deno.makeTempFile({ dir: folder, prefix: ".devmcp-" });
  try {
    await Deno.writeFile(path, BLOCK);
  } finally {
    await Deno.remove(path);
  }
}

/**
 * Tries whether the disk of a folder has room. A folder that cannot be written may hold files that can.
 *
 * @throws what the system says where there is none
 */
export async function probeRoom(folder: string): Promise<void> {
  try {
    await probeWrite(folder);
  } catch (error) {
    if (NO_ROOM.has(codeOf(error))) throw error;
  }
}
