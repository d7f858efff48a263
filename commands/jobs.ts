import type { ComplexityReport } from "../analysis/complexity.ts";
import type { FileReview, ReviewOptions } from "../analysis/review.ts";
import type { StyleGuideName } from "../analysis/style_guides.ts";
import { refuseOtherThanPython } from "../config/python_file.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ModelMode } from "../tools/model_review.ts";
import type { ToolContext } from "../tools/tool.ts";
import type { Source } from "../workspace/source.ts";

/** Which file: on disk, or its bytes when they came through standard input. */
export interface FileInput {
  path: string;
  bytes?: Uint8Array;
}

export interface ReviewJob extends FileInput, ReviewOptions {
  kind: "review";
  styleGuide: StyleGuideName;
  select?: string[];
  ignore?: string[];
  /** Whether the issues' lines are wanted, for excerpts. */
  excerpts: boolean;
  /** Whether a model reviews too. @default "off" */
  model?: ModelMode | "off";
  /** Whether what it finds counts like any other issue. @default false */
  countsAdvice?: boolean;
}

interface FormatJob extends FileInput {
  kind: "format";
  /** Whether the file is replaced. */
  write: boolean;
  /** Whether a unified diff is wanted. */
  diff: boolean;
}

interface ComplexityJob extends FileInput {
  kind: "complexity";
}

export type Job = ReviewJob | FormatJob | ComplexityJob;

export interface ReviewedFile {
  review: FileReview;
  /** The lines that the issues' excerpts show, by 1-based number. */
  excerpts: Record<number, string>;
}

export interface FormattedFile {
  /** Lines changed; 0 when the file is formatted already. */
  changes: number;
  diff?: string;
  /** The formatted file, for standard output; only when its bytes were given. */
  bytes?: Uint8Array;
}

/** What kept a file from being done. */
export interface Problem {
  path: string;
  problem: string;
  hint?: string;
}

/** What became of a file: its value, or a problem. */
export type Outcome<T> = { path: string; value: T } | Problem;

/** What jobs may use; what a model does meanwhile is told where somebody listens. */
type JobContext =
  & Pick<ToolContext, "engines" | "workspace" | "models" | "prompts" | "cache">
  & Partial<Pick<ToolContext, "progress">>;

/**
 * Does one job. Whatever keeps a file from being done is an outcome, faults of ours too: the other
 * files go on. Only an abort is thrown.
 */
export async function runJob(job: Job, context: JobContext): Promise<Outcome<unknown>> {
  try {
    return { path: job.path, value: await work(job, context) };
  } catch (error) {
    if (error instanceof ToolError) {
      return { path: job.path, problem: error.message, hint: error.hint };
    }
    if (error instanceof Error && error.name === "AbortError") throw error;
    return cannotFinish(job, error);
  }
}

/** The outcome of a job that failed in a way nobody foresaw, in whatever thread it ran. */
export function cannotFinish({ path }: FileInput, error: unknown): Problem {
  const reason = error instanceof Error ? error.message || error.name : String(error);
  const [line] = reason.split("\n", 1);
  return { path, problem: `Cannot finish ${JSON.stringify(path)}: ${line}` };
}

function work(job: Job, context: JobContext): Promise<unknown> {
  switch (job.kind) {
    case "review":
      return reviewFile(job, context);
    case "format":
      return formatFile(job, context);
    case "complexity":
      return measureFile(job, context);
  }
}

async function reviewFile(job: ReviewJob, context: JobContext): Promise<ReviewedFile> {
  const [{ withRules }, { withStyleGuide }, { limitIssues, reviewPython }] = await Promise.all([
    import("../analysis/ruff_settings.ts"),
    import("../analysis/style_guides.ts"),
    import("../analysis/review.ts"),
  ]);
  const [{ text }, settings] = await Promise.all([
    readInput(job, context),
    context.workspace.ruffSettings(job.path),
  ]);
  const chosen = withRules(withStyleGuide(settings, job.styleGuide), job);
  const options = { focus: job.focus, fileName: job.path, maxIssues: 0 };
  const found = await reviewPython(context.engines, text, chosen, options);
  const review = limitIssues(await askModel(found, text, job, context), job.maxIssues);
  return { review, excerpts: job.excerpts ? excerptsOf(review, text) : {} };
}

/** Its code is loaded only when one is asked. */
async function askModel(
  found: FileReview,
  text: string,
  { model = "off", focus = [], styleGuide, countsAdvice: counts }: ReviewJob,
  context: JobContext,
): Promise<FileReview> {
  if (model === "off") return found;
  const { withAdvice } = await import("../tools/model_review.ts");
  const options = { counts, tellsAbsence: true };
  return await withAdvice(found, { text, focus, styleGuide }, model, context, options);
}

const EXCERPT_CONTEXT = 2;

function excerptsOf({ issues }: FileReview, text: string): Record<number, string> {
  const lines = text.split(/\r\n|\r|\n/);
  const excerpts: Record<number, string> = {};
  for (const { line, end } of issues) {
    const last = Math.min(end.line, line + EXCERPT_CONTEXT) + EXCERPT_CONTEXT;
    for (let n = line - EXCERPT_CONTEXT; n <= last; n++) {
      const text = lines[n - 1];
      if (text !== undefined) excerpts[n] ??= text;
    }
  }
  return excerpts;
}

async function formatFile(job: FormatJob, context: JobContext): Promise<FormattedFile> {
  const [{ formatPython }, { unifiedDiff }, { encodeSource }] = await Promise.all([
    import("../analysis/format.ts"),
    import("../analysis/line_diff.ts"),
    import("../workspace/source.ts"),
  ]);
  const source = await readInput(job, context);
  const [settings, ruff] = await Promise.all([
    context.workspace.ruffSettings(job.path),
    context.engines.ruff(),
  ]);
  const { formatted_code: text, changes_made: changes } = formatPython(
    ruff,
    source.text,
    "ruff",
    settings,
  );
  // A patch has to match the file's very beginning.
  const mark = source.bom ? "\uFEFF" : "";
  const diff = job.diff && changes > 0
    ? unifiedDiff(job.path, mark + source.text, mark + text)
    : undefined;
  if (job.bytes) {
    return { changes, diff, bytes: changes > 0 ? encodeSource(text, source) : source.bytes };
  }
  if (job.write && changes > 0) await replace(job, source, text);
  return { changes, diff };
}

async function replace(job: FormatJob, source: Source, text: string): Promise<void> {
  const [{ encodeSource }, { replaceFile }] = await Promise.all([
    import("../workspace/source.ts"),
    import("../workspace/replace_file.ts"),
  ]);
  await replaceFile(job.path, encodeSource(text, source), {
    expect: source.bytes,
  });
}

async function measureFile(job: ComplexityJob, context: JobContext): Promise<ComplexityReport> {
  const { measureComplexity } = await import("../analysis/complexity.ts");
  const [{ text }, python] = await Promise.all([
    readInput(job, context),
    context.engines.python(),
  ]);
  return measureComplexity(python.parse(text));
}

async function readInput({ path, bytes }: FileInput, { workspace }: JobContext): Promise<Source> {
  refuseOtherThanPython(path);
  if (!bytes) return workspace.readSource(path);
  const { decodeSource } = await import("../workspace/source.ts");
  return decodeSource(bytes, path);
}
