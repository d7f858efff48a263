import { realpath } from "node:fs/promises";
import { join, relative } from "node:path";
import type { FileChange } from "../analysis/inspection.ts";
import { type Git, GitError } from "../config/git.ts";
import { createDiffReader, type DiffEntry } from "./git_diff.ts";
import { withoutFilters } from "./git_filters.ts";
import { readName } from "./git_name.ts";
import { comparison } from "./git_revision.ts";
import { gitText } from "./git_text.ts";

/** What is compared with what. */
export interface Compared {
  /** The index with the last commit, instead of the work tree with a revision. */
  staged: boolean;
  /** `main`, `HEAD~3`; `main...` is where the branch that is checked out left it. @default "HEAD" */
  revision?: string;
}

export interface ChangedFile {
  /** As a person in the folder writes it; bytes that are no UTF-8 as `\xe9`. */
  path: string;
  /** Absolute. */
  place: string;
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
  /** Paths of those that are in the middle of a merge. */
  unmerged: string[];
}

/**
 * What has changed in the repository that `cwd` is in. Deleted files, symbolic links, submodules and what git
 * does not track are left out; of a renamed file the lines count that differ from the file it was.
 *
 * @param git runs in `cwd`
 * @throws {GitError} when git cannot tell
 */
export async function findChanges(git: Git, cwd: string, compared: Compared): Promise<Changes> {
  const started = compared.staged ? diff(git, ["--cached"]) : diffWorkTree(git, compared.revision);
  started.catch(() => {}); // Outside of a repository, the other says so.
  const [top, here] = await Promise.all([topOf(git), realpath(cwd)]);
  const entries = await started;
  const toPath = (name: string) => relative(here, join(top, name));
  const unmerged = new Set(
    entries.filter(({ status }) => status === "U").map(({ name }) => toPath(readName(name).text)),
  );
  const files = entries.filter(({ mode }) => mode.startsWith("100")).map((entry) => {
    const { text, isText } = readName(entry.name);
    const place = join(top, text);
    return {
      path: relative(here, place),
      place,
      isText,
      change: entry.change,
      ...(compared.staged && { oid: entry.oid }),
    };
  });
  return { top, files: files.filter(({ path }) => !unmerged.has(path)), unmerged: [...unmerged] };
}

async function topOf(git: Git): Promise<string> {
  const answer = await gitText(git, ["rev-parse", "--show-toplevel"]);
  // A name may end in a newline too.
  return answer.replace(/\r?\n$/, "");
}

async function diffWorkTree(git: Git, revision?: string): Promise<DiffEntry[]> {
  const settings = await withoutFilters(git);
  try {
    return await diff(git, comparison(revision ?? "HEAD"), settings);
  } catch (error) {
    const isUnborn = error instanceof GitError && /^bad revision 'HEAD/.test(error.reason);
    if (revision !== undefined || !isUnborn) throw error;
    return await diff(git, [await emptyTree(git)], settings);
  }
}

/** What the first commit is compared with. Git knows it without having it. */
async function emptyTree(git: Git): Promise<string> {
  const format = await gitText(git, ["rev-parse", "--show-object-format"]);
  return format.trim() === "sha256"
    ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
    : "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
}

/** Each of these could be configured otherwise. */
const DIFF_OPTIONS = [
  ...["--raw", "--no-abbrev", "-z", "--patch", "--unified=0", "--inter-hunk-context=0"],
  ...["--find-renames", "--diff-filter=d", "--ignore-submodules=all", "--submodule=short"],
  ...["--no-ext-diff", "--no-textconv", "--no-color", "--no-relative"],
];

async function diff(git: Git, what: string[], settings: string[] = []): Promise<DiffEntry[]> {
  const process = git(["diff", ...DIFF_OPTIONS, ...what, "--"], { settings });
  const reader = createDiffReader();
  try {
    for await (const bytes of process.stdout) reader.push(bytes);
    await process.done;
    return reader.end();
  } catch (error) {
    process.end();
    throw error instanceof Error && error.name === "Error" ? new GitError(error.message) : error;
  }
}
