import { join } from "node:path";

/** Files that are looked at; more are left out. */
export const MOST_FILES = 200;

/** Names that can be part of a URI and of a command as they are. */
const FILE_NAME = /^([A-Za-z0-9][A-Za-z0-9_-]{0,63})\.md$/;

const WRONG_NAME = "its name is not one of letters, digits, - and _, at most 64, and .md";

/** One of the user's own files. */
export interface UserFile {
  /** Without `.md`. */
  name: string;
  path: string;
  modified: Date;
  /** Differs when the file has changed. */
  mark: string;
}

/**
 * The user's Markdown files in order of their names; none where there is no such folder.
 *
 * @param leaveOut told of Markdown files that are not looked at, and why. @default nobody is told
 */
export async function listUserFiles(
  folder: string,
  leaveOut: (file: string, why: string) => void = () => {},
): Promise<UserFile[]> {
  const names: string[] = [];
  try {
    for await (const { name: file } of Deno.readDir(folder)) {
      const [, name] = FILE_NAME.exec(file) ?? [];
      if (name !== undefined) names.push(name);
      else if (/^[^.].*\.md$/is.test(file)) leaveOut(file, WRONG_NAME);
    }
  } catch {
    return []; // no folder, or not for us to see
  }
  if (names.length > MOST_FILES) {
    leaveOut(`${names.sort()[MOST_FILES]}.md`, `only the first ${MOST_FILES} files are read`);
  }
  const files = await Promise.all(
    names.sort().slice(0, MOST_FILES).map((name) => describe(folder, name)),
  );
  return files.filter((file) => file !== undefined);
}

/** Links are followed; what leads nowhere is not there. */
async function describe(folder: string, name: string): Promise<UserFile | undefined> {
  const path = join(folder, `${name}.md`);
  try {
    const { mtime, ctime, size, ino, isFile } = await Deno.stat(path);
    const modified = mtime ?? new Date(0);
    const mark = [modified.getTime(), ctime?.getTime(), size, ino, isFile].join(" ");
    return { name, path, modified, mark };
  } catch {
    return undefined;
  }
}
