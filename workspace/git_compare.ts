import { type Git, GitError } from "../config/git.ts";
import { createDiffReader, type DiffEntry } from "./git_diff.ts";
import { withoutFilters } from "./git_filters.ts";
import { comparison } from "./git_revision.ts";
import { gitBytes, gitText } from "./git_text.ts";

/** What is compared with what. */
export interface Compared {
  /** The index with the last commit, instead of the work tree with a revision. */
  staged: boolean;
  /** `main`, `HEAD~3`; `main...` is where the branch that is checked out left it. @default "HEAD" */
  revision?: string;
  /** Whether the changed lines are wanted too; without them, git has less to do. @default true */
  lines?: boolean;
}

/** What git says of it. */
export interface Comparison {
  entries: DiffEntry[];
  /** Names of files in the middle of a merge. */
  unmerged: Uint8Array[];
}

/** @throws {GitError} when git cannot tell */
export async function compare(
  git: Git,
  { staged, revision, lines = true }: Compared,
): Promise<Comparison> {
  const what = lines ? PATCH : [];
  if (!staged) {
    const [entries, unmerged] = await Promise.all([
      diffWorkTree(git, what, revision),
      unmergedNames(git),
    ]);
    return { entries, unmerged };
  }
  const entries = await diff(git, [...what, "--cached"]);
  return { entries, unmerged: entries.filter(isUnmerged).map(({ name }) => name) };
}

function isUnmerged({ status }: DiffEntry): boolean {
  return status === "U";
}

const TAB = 9;

/** Compared with the work tree, these look like any other. */
async function unmergedNames(git: Git): Promise<Uint8Array[]> {
  const args = ["ls-files", "--unmerged", "-z", "--full-name", "--", ":/"];
  const entries = await gitBytes(git, args);
  const names: Uint8Array[] = [];
  for (let end, start = 0; (end = entries.indexOf(0, start)) >= 0; start = end + 1) {
    names.push(entries.subarray(entries.indexOf(TAB, start) + 1, end));
  }
  return names;
}

async function diffWorkTree(
  git: Git,
  what: string[],
  revision?: string,
): Promise<DiffEntry[]> {
  const settings = await withoutFilters(git);
  try {
    return await diff(git, [...what, ...comparison(revision ?? "HEAD")], settings);
  } catch (error) {
    const isUnborn = error instanceof GitError && /^bad revision 'HEAD/.test(error.reason);
    if (revision !== undefined || !isUnborn) throw error;
    return await diff(git, [...what, await emptyTree(git)], settings);
  }
}

/** What the first commit is compared with. Git knows it without having it. */
async function emptyTree(git: Git): Promise<string> {
  const format = await gitText(git, ["rev-parse", "--show-object-format"]);
  return format.trim() === "sha256"
    ? "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
    : "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
}

const PATCH = ["--patch", "--unified=0", "--inter-hunk-context=0"];
/** Each of these could be configured otherwise. */
const DIFF_OPTIONS = [
  ...[
    "--raw",
    "--no-abbrev",
    "-z",
    "--find-renames",
    "--diff-filter=d",
    "--ignore-submodules=all",
    "--submodule=short",
  ],
  ...["--no-ext-diff", "--no-textconv", "--no-color", "--no-relative"],
];

async function diff(git: Git, what: string[], settings: string[] = []): Promise<DiffEntry[]> {
  const process = git(["diff", ...DIFF_OPTIONS, ...what, "--"], { settings });
  const reader = createDiffReader({ hasPatch: what.includes("--patch") });
  try {
    for await (const bytes of process.stdout) reader.push(bytes);
    await process.done;
    return reader.end();
  } catch (error) {
    process.end();
    throw error instanceof Error && error.name === "Error" ? new GitError(error.message) : error;
  }
}
