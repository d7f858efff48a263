/**
 * Tries whether files of a folder can be replaced, in the way that replaces them: by making a new
 * file there, which is removed at once.
 *
 * @throws what the system says when they cannot
 */
export async function probeWrite(folder: string): Promise<void> {
  await Deno.remove(await Deno.makeTempFile({ dir: folder, prefix: ".devmcp-" }));
}
