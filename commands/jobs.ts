import type { InspectionSettings } from "../analysis/inspect.ts";
import type { Inspection } from "../analysis/inspection.ts";
import { isPythonText, type LanguageId } from "../analysis/languages.ts";
import type { ComplexityReport } from "../analysis/complexity.ts";
import type { Purpose } from "../analysis/reviewed_languages.ts";
import { withFingerprints } from "../analysis/baseline/fingerprints.ts";
import { isAdvice, type Issue } from "../analysis/issue.ts";
import type { FileReview } from "../analysis/review.ts";
import { chosenIssues, ruffChoice, turnedOn } from "../analysis/rules/rule_choice.ts";
import { ToolError } from "../config/tool_error.ts";
import type { KeptInspection } from "./review/kept_inspection.ts";
import type { FixedFile } from "./review/fix_file.ts";
import { formatSettings, inspectionSettings } from "../tools/engine_settings.ts";
import type { ToolContext } from "../tools/tool.ts";
import type { FileInput, ReviewedFile, ReviewJob } from "./review/review_job.ts";
import type { ReviewScope } from "./review/reviewed_file.ts";
import type { Source } from "../workspace/source.ts";
import { languageToWorkOn } from "../analysis/language_to_work_on.ts";

export type { FileInput, ReviewedFile, ReviewJob } from "./review/review_job.ts";

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

export interface FormattedFile {
  /** Lines changed; 0 when the file is formatted already. */
  changes: number;
  diff?: string;
  /** The same in the file's own encoding, where that is another one. */
  patch?: Uint8Array;
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
  & Partial<Pick<ToolContext, "progress" | "signal">>;

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
      return measureChanged(job, context);
  }
}

async function reviewFile(job: ReviewJob, context: JobContext): Promise<ReviewedFile> {
  const read = () => readInput(job, "review", context);
  const review = (source: FileSource) => reviewSource(job, source, context);
  if (!job.fix) return review(await read());
  const { untilUnchanged } = await import("./review/fix_file.ts");
  return untilUnchanged(read, review);
}

async function reviewSource(
  job: ReviewJob,
  source: FileSource,
  context: JobContext,
): Promise<ReviewedFile> {
  const [{ inspect }, { reviewedFile }] = await Promise.all([
    import("../analysis/inspect.ts"),
    import("./review/reviewed_file.ts"),
  ]);
  const settings = await settingsFor(job, source.language, context);
  const scope = await scopeOf(job, source);
  const fixed = job.fix && await fixSource(job, source, settings, scope, context);
  const looked = fixed?.inspection ?? await inspect(context.engines, source, settings);
  const text = fixed?.text ?? source.text;
  const advise = (found: FileReview) =>
    source.language === "python"
      ? askModel(found, text, { ...job, change: (fixed ?? scope).change }, context)
      : found;
  const reviewed = await reviewedFile(looked, job, fixed ?? scope, advise);
  return {
    ...reviewed,
    review: { ...reviewed.review, ...fixed?.told },
    ...fixed?.diff && { diff: fixed.diff, patch: fixed.patch },
    ...job.keep !== undefined && { kept: await keepLooked(looked, job, source, context) },
  };
}

/** For the cache. Whose settings these are is found out here: they may have changed since it was asked. */
async function keepLooked(
  looked: Inspection,
  job: ReviewJob,
  { bytes, language }: FileSource,
  { workspace }: JobContext,
): Promise<KeptInspection | undefined> {
  const [{ keepInspection }, { inspectionId }] = await Promise.all([
    import("./review/kept_inspection.ts"),
    import("./review/inspection_id.ts"),
  ]);
  const configured = await inspectionSettings(workspace, job.path, language);
  const id = inspectionId(job, language, configured, workspace.root);
  return keepInspection(looked, id, bytes);
}

/** Which findings of the file count. */
async function scopeOf({ known, change }: ReviewJob, { text }: FileSource) {
  if (!change) return { known };
  const { asEnginesCount } = await import("../analysis/changed_lines.ts");
  return { known, change: asEnginesCount(change, text) };
}

/** Its code is loaded only when something is to be fixed. */
async function fixSource(
  job: ReviewJob,
  source: FileSource,
  settings: InspectionSettings,
  scope: ReviewScope,
  { engines }: JobContext,
): Promise<FixedFile> {
  const { fixFile } = await import("./review/fix_file.ts");
  const { focus = [], fix } = job;
  const chosen = (issues: Issue[]) =>
    chosenIssues(issues, job).filter(({ category }) =>
      focus.length === 0 || focus.includes(category)
    );
  return await fixFile(engines, source, settings, { ...fix!, ...scope, chosen });
}

/** Its code is loaded only when one is asked. */
async function askModel(
  found: FileReview,
  text: string,
  { model = "off", focus = [], styleGuide, change, countsAdvice: counts }: ReviewJob,
  context: JobContext,
): Promise<FileReview> {
  if (model === "off") return found;
  const { withAdvice } = await import("../tools/model_review.ts");
  const options = { counts, tellsAbsence: true };
  const advised = await withAdvice(
    found,
    { text, focus, styleGuide, change },
    model,
    context,
    options,
  );
  return { ...advised, issues: withMarks(advised.issues, text) };
}

/** Findings of a model have fingerprints too: services go by them. */
function withMarks(issues: Issue[], text: string): Issue[] {
  const lines = text.split(/\r\n|\r|\n/);
  const advice = withFingerprints(issues.filter(isAdvice), (line) => lines[line - 1]);
  return [...issues.filter((issue) => !isAdvice(issue)), ...advice];
}

/** What is configured for a file: by flags, and in the engines' own files. */
async function settingsFor(
  job: ReviewJob,
  language: LanguageId,
  { workspace }: JobContext,
): Promise<InspectionSettings> {
  const { limits } = job;
  const settings = await inspectionSettings(workspace, job.path, language);
  if (!settings.ruff) return { ...settings, limits, turnOn: turnedOn(job) };
  const [{ withRules }, { withStyleGuide }] = await Promise.all([
    import("../analysis/ruff/ruff_settings.ts"),
    import("../analysis/rules/style_guides.ts"),
  ]);
  const rules = ruffChoice(job);
  return { ruff: withRules(withStyleGuide(settings.ruff, job.styleGuide), rules), limits };
}

async function formatFile(job: FormatJob, context: JobContext): Promise<FormattedFile> {
  const [{ countChangedLines, unifiedDiff }, { encodePatch, encodeSource }] = await Promise.all([
    import("../analysis/text/line_diff.ts"),
    import("../workspace/source.ts"),
  ]);
  const source = await readInput(job, "format", context);
  const text = await formatText(source, context);
  const changes = countChangedLines(source.text, text);
  // A patch has to match the file's very beginning.
  const mark = source.bom ? "\uFEFF" : "";
  const diff = job.diff && changes > 0
    ? unifiedDiff(job.path, mark + source.text, mark + text)
    : undefined;
  const patch = diff === undefined ? undefined : encodePatch(diff, source);
  if (job.bytes) {
    return {
      changes,
      diff,
      ...patch && { patch },
      bytes: changes > 0 ? encodeSource(text, source) : source.bytes,
    };
  }
  if (job.write && changes > 0) await replace(job, source, text);
  return { changes, diff, ...patch && { patch } };
}

async function formatText(source: FileSource, context: JobContext): Promise<string> {
  const { formatSource } = await import("../analysis/format_source.ts");
  const { path, language } = source;
  const settings = await formatSettings(context.workspace, path, language);
  return await formatSource(context.engines, source, settings);
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

/** Of what has changed, where that is said. */
async function measureChanged(job: ComplexityJob, context: JobContext): Promise<ComplexityReport> {
  const report = await measureFile(job, context);
  if (!job.change) return report;
  const { changedFunctions } = await import("../analysis/changed_lines.ts");
  return changedFunctions(report, job.change);
}

async function measureFile(job: ComplexityJob, context: JobContext): Promise<ComplexityReport> {
  const [{ measureSource }, source] = await Promise.all([
    import("../analysis/metrics/measure_source.ts"),
    readInput(job, "measure", context),
  ]);
  return (await measureSource(context.engines, source)).report;
}

/** A file as it was read, with its language. */
interface FileSource extends Source {
  path: string;
  language: LanguageId;
}

/** @throws {ToolError} when it cannot be read, or devmcp can do nothing for its language */
async function readInput(
  { path, bytes, language }: FileInput,
  purpose: Purpose,
  { workspace }: JobContext,
): Promise<FileSource> {
  const { decodePlain, decodeSource } = await import("../workspace/source.ts");
  const read = bytes ?? await workspace.readBytes(path);
  const known = language ?? languageToWorkOn(path, read, purpose);
  const decode = isPythonText(known) ? decodeSource : decodePlain;
  return { ...decode(read, path), path, language: known };
}
