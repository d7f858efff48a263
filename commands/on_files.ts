import { dirname } from "node:path";
import type { App } from "../cli/app.ts";
import { createProgress } from "../cli/progress.ts";
import { isExcluded, isForceExcluded, type Part } from "../analysis/text/file_patterns.ts";
import { type LanguageId, languageOfName } from "../analysis/languages.ts";
import { isCoreLost } from "../analysis/syntax/lost_core.ts";
import { isRuffs, languagesFor, type Purpose } from "../analysis/reviewed_languages.ts";
import { sanitizeLine } from "../cli/sanitize.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ToolContext } from "../tools/tool.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { findFiles } from "../workspace/find_files.ts";
import type { ChangesWanted } from "./changes_wanted.ts";
import { configured } from "./configured.ts";
import type { ConfiguredFiles } from "./configured_files.ts";
import { inOrder } from "./in_order.ts";
import type { Watching } from "./review/watch/watching.ts";
import { type FileInput, type Job, type Outcome, type Problem, runJob } from "./jobs.ts";
import { createAside, needsWorker, openWorkers } from "./job_place.ts";
import { availableCores } from "./pool.ts";

/** So few files are done sooner here than workers start. */
export const WITHOUT_WORKERS = 4;

export const STDIN = "-";
/** The name of what comes through it, where nothing else is said. */
export const STDIN_NAME = "stdin.py";

export interface FileRun {
  /** Files, folders, globs, or "-" for standard input. */
  operands: string[];
  /** The name under which standard input is treated. @default "stdin.py" */
  stdinFilename?: string;
  /** Workers at most. @default the number of processors */
  jobs?: number;
  /**
   * Files at a time in this thread instead of workers: what they share is one then, such as a model.
   */
  atOnce?: number;
  /** Whether what was found before counts. @default true */
  cache?: boolean;
  /** Shown beside the progress bar: "Reviewing". */
  verb: string;
  /** What is done with the files: it decides which languages are looked for. */
  purpose: Purpose;
  /** Only what has changed. @default all files that the operands name */
  changes?: ChangesWanted;
  /** Of a watch, what its runs share. @default it is the only run */
  watching?: Watching;
  /** Is told of each file that could not be done, besides the line on stderr. */
  onProblem?(path: string, problem: string): void;
}

/**
 * The files to work on, all of them, so that a name that is wrong is told before work begins.
 *
 * @throws {ToolError} when an operand names nothing
 */
export async function findInputs(app: App, run: FileRun): Promise<FileInput[]> {
  const inputs = run.operands.includes(STDIN)
    ? [await readInput(app, run)]
    : run.changes
    ? await findChangedFiles(app, run, run.changes)
    : await findNamedFiles(app, run);
  if (inputs.length === 0) {
    const what = run.changes ? "nothing has changed" : "no files found";
    const where = run.changes ? "" : ` in ${sanitizeLine(named(run))}`;
    app.stderr.write(`devmcp: ${what} that devmcp can ${run.purpose}${where}\n`);
  }
  return inputs;
}

async function readInput(app: App, run: FileRun): Promise<FileInput> {
  const { operands, stdinFilename, changes } = run;
  if (changes) {
    throw new ToolError('Cannot read "-" from git', { hint: "leave out either of the two" });
  }
  if (operands.length > 1) {
    throw new ToolError('Cannot read "-" together with files', { hint: "give one or the other" });
  }
  return { path: stdinFilename ?? STDIN_NAME, bytes: await app.readStdin() };
}

async function findNamedFiles(app: App, run: FileRun): Promise<FileInput[]> {
  const wishes = await wishesOf(app, run);
  const files = await Array.fromAsync(findFiles(run.operands, {
    cwd: app.cwd,
    ...wishes,
    onProblem: (path, problem) => reportProblem(app, run, { path, problem }),
    onFolder: run.watching?.onFolder,
  }));
  return files.filter(wishes.isOn);
}

async function findChangedFiles(
  app: App,
  run: FileRun,
  changes: ChangesWanted,
): Promise<FileInput[]> {
  const { findChanged } = await import("./find_changed.ts");
  const onProblem = (problem: Problem) => reportProblem(app, run, problem);
  const wishes = await wishesOf(app, run);
  const files = await findChanged(app, changes, { ...wishes, onProblem });
  return files.filter(wishes.isOn);
}

/** Which files are wanted. */
async function wishesOf(app: App, run: FileRun) {
  const workspace = await app.openWorkspace(app.cwd);
  const configured = await filesConfigured(app, run);
  const exclude = createExclusion(workspace, partOf(run));
  const off: ReadonlySet<LanguageId | undefined> = configured?.languagesOff ?? new Set();
  return {
    languages: languagesFor(run.purpose).difference(off),
    /** Also a file that is named is left alone where its language is off. */
    isOn: ({ path, language = languageOfName(path) }: FileInput) => !off.has(language),
    exclude: async (path: string, language?: LanguageId) =>
      configured?.isLeftOut(path) || await exclude(path, language),
    excludeNamed: async (path: string) =>
      isForceExcluded(await workspace.ruffSettings(path), path, partOf(run)),
  };
}

/** What devmcp.yaml says of files, where there is one. */
async function filesConfigured(app: App, run: FileRun): Promise<ConfiguredFiles | undefined> {
  const config = await configured(app);
  if (!config) return undefined;
  const { configuredFiles } = await import("./configured_files.ts");
  return configuredFiles(config, run.purpose, app.cwd);
}

/** Ruff has an `exclude` of its own for what it lints and what it formats. */
function partOf({ purpose }: FileRun): Part | undefined {
  return purpose === "review" ? "lint" : purpose === "format" ? "format" : undefined;
}

/**
 * What Ruff's configuration leaves out: Python only, so that a folder it leaves out is walked for
 * the rest. Folders are asked about before what is in them.
 */
function createExclusion(workspace: Workspace, part?: Part) {
  const folders = new Set<string>();
  return async (path: string, language?: LanguageId): Promise<boolean> => {
    if (language && !isRuffs(language)) return false;
    const isOut = folders.has(dirname(path)) ||
      isExcluded(await workspace.ruffSettings(path), path, part);
    if (language === undefined && isOut) folders.add(path);
    return isOut && language !== undefined;
  };
}

/**
 * Does a job for each file, on all processors unless told otherwise, and gives the outcomes in the order of the files.
 * Problems of single files are told on stderr and set exit code 2; the rest goes on.
 */
export async function* onFiles<T>(
  app: App,
  run: FileRun,
  jobs: Job[],
): AsyncGenerator<{ path: string; value: T }> {
  const progress = createProgress(run.watching?.bar ?? app.stderr, {
    label: run.verb,
    total: jobs.length,
  });
  const told = new Set<string>();
  try {
    const say = (_done: number, _total: number, message = run.verb) => progress.update(message);
    for await (const outcome of outcomes(app, run, jobs, say)) {
      progress.update(run.verb);
      progress.advance();
      // Only what is written to the same screen needs the bar out of its way.
      if (app.stdout.isTerminal || "problem" in outcome) progress.hide();
      if ("problem" in outcome) reportOnce(app, run, outcome, told);
      else yield outcome as { path: string; value: T };
    }
  } finally {
    progress.stop();
  }
}

function outcomes(
  app: App,
  run: FileRun,
  jobs: Job[],
  progress: ToolContext["progress"],
): AsyncGenerator<Outcome<unknown>> {
  const { atOnce, watching } = run;
  const areFew = !isCoreLost() && jobs.length <= (watching?.here ?? WITHOUT_WORKERS);
  const isHere = atOnce !== undefined || areFew;
  return isHere ? doHere(app, run, jobs, progress) : doInWorkers(app, run, jobs);
}

async function* doHere(
  app: App,
  { atOnce = 1, watching }: FileRun,
  jobs: Job[],
  progress: ToolContext["progress"],
): AsyncGenerator<Outcome<unknown>> {
  const workspace = await app.openWorkspace(app.cwd);
  const { engines, models, prompts, cache } = app;
  const aside = createAside(app);
  const start = async (job: Job) => {
    if (needsWorker(job, app.cwd)) return await aside.run(job);
    // Whoever watches for Ctrl-C keeps it from ending the process: only for a file being replaced.
    const stop = writes(job) || watching ? app.signal : undefined;
    stop?.throwIfAborted();
    const tell: ToolContext["progress"] = (done, total, message) =>
      progress(done, total, message && `${job.path}: ${message}`);
    const context = { engines, models, prompts, cache, workspace, progress: tell, signal: stop };
    const outcome = await runJob(job, context);
    stop?.throwIfAborted();
    return outcome;
  };
  try {
    yield* inOrder(jobs, start, atOnce);
  } finally {
    await aside.close();
  }
}

function writes(job: Job): boolean {
  return job.kind === "format" && job.write || job.kind === "review" && job.fix?.write === true;
}

async function* doInWorkers(
  app: App,
  run: FileRun,
  jobs: Job[],
): AsyncGenerator<Outcome<unknown>> {
  const most = run.jobs ?? await configuredJobs(app);
  const pool = openWorkers(app, Math.min(most, jobs.length));
  try {
    yield* pool.run(jobs);
  } finally {
    await pool.close();
  }
}

/** A broken configuration is every file's problem, but a person wants to read of it once. */
function reportOnce(app: App, run: FileRun, outcome: Problem, told: Set<string>): void {
  const { path, problem, hint } = outcome;
  if (!problem.startsWith("Cannot use ")) return reportProblem(app, run, outcome);
  app.exitCode = 2;
  run.onProblem?.(path, problem);
  if (told.has(problem)) return;
  told.add(problem);
  writeProblem(app, problem, hint);
}

function reportProblem(app: App, run: FileRun, { path, problem, hint }: Problem): void {
  app.exitCode = 2;
  run.onProblem?.(path, problem);
  const where = problem.includes(path) ? "" : `${path}: `;
  writeProblem(app, where + problem, hint);
}

function writeProblem(app: App, problem: string, hint: string | undefined): void {
  const line = `devmcp: ${problem}${hint ? ` (${hint})` : ""}`;
  app.stderr.write(`${sanitizeLine(line)}\n`);
}

function named({ operands }: FileRun): string {
  return operands.map((operand) => JSON.stringify(operand)).join(", ");
}

async function configuredJobs(app: App): Promise<number> {
  return (await configured(app))?.values.performance.jobs || availableCores();
}
