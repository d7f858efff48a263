import { existsSync, realpathSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { join, relative } from "node:path";
import type { FileChange } from "../analysis/inspection.ts";
import type { Git } from "../config/git.ts";
import { compare, type Compared } from "./git_compare.ts";
import { readName } from "./git_name.ts";
import { gitText } from "./git_text.ts";

export interface ChangedPath {
  /** As a person in the folder writes it; bytes that are no UTF-8 as `\xe9`. */
  path: string;
  /** Absolute. */
  place: string;
}

export interface ChangedFile extends ChangedPath {
  /** Whether the file can be opened by these: the name is UTF-8. */
  isText: boolean;
  /** What the index holds; only for what is staged. */
  oid?: string;
  change: FileChange;
}

export interface Changes {
  /** The folder at the top of the work tree, absolute. */
  top: string;
  /** Regular files that are there now, by name. */
  files: ChangedFile[];
  /** Those that are in the middle of a merge. */
  unmerged: ChangedPath[];
}

/**
 * What has changed in the repository that `cwd` is in. Deleted files, symbolic links, submodules and what git
 * does not track are left out; of a renamed file the lines count that differ from the file it was.
 *
 * @param git runs in `cwd`
 * @param compared.top the top of the work tree, where it is known
 * @throws {GitError} when git cannot tell
 */
export async function findChanges(
  git: Git,
  cwd: string,
  { top: known, ...compared }: Compared & { top?: string },
): Promise<Changes> {
  const started = compare(git, compared);
  started.catch(() => {}); // Outside of a repository, the other says so.
  const [top, here] = await Promise.all([known ?? topOf(git), realpath(cwd)]);
  const { entries, unmerged } = await started.catch(async (error) => {
    if (known !== undefined) await topOf(git);
    throw error;
  });
  const placeOf = (name: Uint8Array) => join(top, readName(name).text);
  const left = new Set(unmerged.map(placeOf));
  const files = entries.filter(({ mode }) => mode.startsWith("100")).map((entry) => {
    const { name, change, oid } = entry;
    const place = placeOf(name);
    const path = relative(here, place);
    const { isText } = readName(name);
    return { path, place, isText, change, ...(compared.staged && { oid }) };
  });
  return {
    top,
    files: files.filter(({ place }) => !left.has(place)),
    unmerged: [...left].map((place) => ({ path: relative(here, place), place })),
  };
}

/**
 * The folder itself where it has a repository of its own: then git need not be asked. Not where
 * GIT_WORK_TREE says otherwise.
 */
export function knownTop(cwd: string): string | undefined {
  return existsSync(join(cwd, ".git")) ? realpathSync(cwd) : undefined;
}

async function topOf(git: Git): Promise<string> {
  const answer = await gitText(git, ["rev-parse", "--show-toplevel"]);
  // A name may end in a newline too.
  return answer.replace(/\r?\n$/, "");
}
