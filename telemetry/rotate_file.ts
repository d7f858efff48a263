/**
 * Puts a file aside as `path.1`, what was that as `path.2`, and so on; at most `files` are kept, and
 * with none the file itself goes.
 */
export async function rotateFile(path: string, files: number): Promise<void> {
  if (files === 0) return await Deno.remove(path);
  for (let number = files - 1; number >= 1; number--) {
    await renameIfThere(`${path}.${number}`, `${path}.${number + 1}`);
  }
  await renameIfThere(path, `${path}.1`);
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await Deno.rename(from, to);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
