import { type LanguageId, languageOfName, mayHaveShebang } from "../analysis/languages.ts";
import type { App } from "../cli/app.ts";
import { type Git, GitError } from "../config/git.ts";
import { ToolError } from "../config/tool_error.ts";
import { chooseChanged, type Chosen } from "../workspace/choose_changed.ts";
import { type GitBlobs, openBlobs } from "../workspace/git_blobs.ts";
import {
  type ChangedFile,
  type ChangedPath,
  findChanges,
  knownTop,
} from "../workspace/git_changes.ts";
import { isLfsPointer } from "../workspace/lfs_pointer.ts";
import { looksBinary } from "../workspace/source.ts";
import { startOf } from "../workspace/walk_folder.ts";
import { wantedLanguage } from "../workspace/wanted_language.ts";
import type { ChangesWanted } from "./changes_wanted.ts";
import { explainGit } from "./explain_git.ts";
import type { FileInput, Problem } from "./jobs.ts";
import { openGit } from "./open_git.ts";

export interface ChangedOptions {
  /** Of the files that nobody named. */
  languages: ReadonlySet<LanguageId>;
  /** Asked of the folders above a file first, without a language. */
  exclude(path: string, language?: LanguageId): Promise<boolean>;
  excludeNamed(path: string): Promise<boolean>;
  onProblem(problem: Problem): void;
}

/** All that is staged is held at once; no more than 256 MiB of it. */
const MOST_BYTES = 256 * 1024 * 1024;
const START_BYTES = 1024;

/**
 * The files that have changed, by name; what is staged with its content.
 *
 * @throws {ToolError} when git cannot tell, or an operand names nothing
 */
export async function findChanged(
  app: App,
  wanted: ChangesWanted,
  options: ChangedOptions,
): Promise<FileInput[]> {
  const git = openGit(app);
  try {
    return await find(git, app, wanted, options);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw wanted.revision === undefined
      ? explainGit(error, "see what has changed in", app.cwd)
      : explainGit(error, "compare with", wanted.revision);
  }
}

async function find(
  git: Git,
  { cwd, env }: App,
  wanted: ChangesWanted,
  options: ChangedOptions,
): Promise<FileInput[]> {
  // Started before there is anything to read: starting takes the longest.
  const blobs = wanted.staged ? openBlobs(git) : undefined;
  try {
    const top = env("GIT_WORK_TREE") ? undefined : knownTop(cwd);
    const changes = await findChanges(git, cwd, { ...wanted, lines: wanted.linesOnly, top });
    const place = { cwd, top: changes.top };
    const all = [...changes.files, ...changes.unmerged];
    const chosen = chooseChanged(all, wanted.operands, place).filter(mayBeWanted);
    for (const { path } of chosen.filter((file) => !isDone(file))) {
      options.onProblem({ path, ...UNMERGED });
    }
    return await readAll(chosen.filter(isDone), blobs, wanted, options);
  } finally {
    blobs?.close();
  }
}

/** Whether a file is not in the middle of a merge. */
function isDone(file: ChangedPath & Chosen): file is ChosenFile {
  return "change" in file;
}

const UNMERGED = {
  problem: "it is unmerged: in the middle of a merge",
  hint: "resolve its conflicts and stage it",
};

type ChosenFile = ChangedFile & Chosen;

/** What no language can be told of is not worth being read. */
function mayBeWanted({ path, isNamed }: ChangedPath & Chosen): boolean {
  return isNamed || languageOfName(path) !== undefined || mayHaveShebang(path);
}

async function readAll(
  files: ChosenFile[],
  blobs: GitBlobs | undefined,
  { linesOnly }: ChangesWanted,
  options: ChangedOptions,
): Promise<FileInput[]> {
  const inputs: FileInput[] = [];
  let room = MOST_BYTES;
  for (const file of files) {
    const input = await attempt(file, () => toInput(file, blobs, options, room), options);
    if (!input) continue;
    room -= input.bytes?.length ?? 0;
    inputs.push(linesOnly ? { ...input, change: file.change } : input);
  }
  return inputs;
}

/** A file that cannot be read is a problem of its own: the others go on. */
async function attempt<T>(
  { path }: ChosenFile,
  work: () => Promise<T>,
  { onProblem }: ChangedOptions,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GitError) {
      onProblem({ path, problem: `Cannot read ${JSON.stringify(path)}: ${error.reason}` });
    } else if (error instanceof ToolError) {
      onProblem({ path, problem: error.message, hint: error.hint });
    } else throw error;
  }
}

/** Undefined for what is not worked on: another language, binary, generated, excluded. */
async function toInput(
  { path, place, isText, isNamed, oid }: ChosenFile,
  blobs: GitBlobs | undefined,
  { languages, exclude, excludeNamed }: ChangedOptions,
  room: number,
): Promise<FileInput | undefined> {
  if (isNamed && await excludeNamed(path)) return undefined;
  const bytes = oid === undefined ? undefined : await blobs?.read(oid);
  if (!bytes && !isText) throw new GitError("its name is not UTF-8");
  if (bytes && bytes.length > room) throw new GitError("more than 256 MiB are staged before it");
  if (isNamed) return { path, bytes };
  const start = bytes?.subarray(0, START_BYTES) ?? startOf(place).slice();
  const language = wantedLanguage(path, () => start, languages);
  if (!language || looksBinary(start) || isLfsPointer(start)) return undefined;
  for (const folder of foldersAbove(path)) await exclude(folder);
  return await exclude(path, language) ? undefined : { path, language, bytes };
}

/** `a` and `a/b` of `a/b/c.py`. */
function foldersAbove(path: string): string[] {
  const names = path.split(/[\\/]/).slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"))
    .filter((folder) => !folder.endsWith(".."));
}
