/**
 * The paths that may be meant by what is typed of one: those in its folder that begin so.
 *
 * @param root of the project, absolute
 */
export async function completePath(typed: string, root: string): Promise<string[]> {
  const { listFolder } = await import("../../workspace/list_folder.ts");
  const slash = typed.lastIndexOf("/") + 1;
  const [folder, start] = [typed.slice(0, slash), typed.slice(slash).toLowerCase()];
  const names = await listFolder(root, folder || ".");
  return names.filter((name) => name.toLowerCase().startsWith(start)).map((name) => folder + name);
}
