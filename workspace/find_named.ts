import { basename, extname, relative } from "node:path";
import { walkFolder } from "./walk_folder.ts";

/** Files and folders looked at, at most. */
const MOST_SEEN = 20_000;
const MOST_FOUND = 20;

/**
 * The files of a name anywhere in a folder, relative to it, in the order of their paths; those that version
 * control ignores are left out. At most 20, and in a large folder only what is found in its first part.
 */
export async function findNamed(
  root: string,
  name: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const found: string[] = [];
  const ending = extname(name);
  if (ending === "" || basename(name) !== name) return found;
  let seen = 0;
  const exclude = () => ++seen > MOST_SEEN;
  const want = (path: string) => path.endsWith(ending) && basename(path) === name || undefined;
  const options = { want, exclude, onProblem: () => {}, signal };
  for await (const { path } of walkFolder(root, options)) {
    found.push(relative(root, path));
    if (found.length >= MOST_FOUND) break;
  }
  return found.sort();
}
