/** How many bytes a file has; undefined for what is none, or cannot be looked at. */
export function fileSize(path: string): number | undefined {
  try {
    const { isFile, size } = Deno.statSync(path);
    return isFile ? size : undefined;
  } catch {
    return undefined;
  }
}
