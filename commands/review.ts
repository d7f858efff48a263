import { resolve } from "node:path";
import type { Command } from "commander";
import type { ComplexityLimits } from "../analysis/metrics/complexity_limits.ts";
import { configuredLimits } from "../analysis/metrics/configured_limits.ts";
import { type Category, SEVERITIES } from "../analysis/issue.ts";
import { type LanguageId, languageOfName } from "../analysis/languages.ts";
import { lineKey } from "../analysis/text/excerpts.ts";
import type { FileReview } from "../analysis/review.ts";
import type { StyleGuideName } from "../analysis/rules/style_guides.ts";
import type { App, Output } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { showsSource, tellsSuppressed } from "../cli/formats/formats.ts";
import { createReviewWriter } from "../cli/review_writer.ts";
import type { LoadedConfig } from "../config/config.ts";
import { changesWanted } from "./changes_wanted.ts";
import { configured } from "./configured.ts";
import { withConfigured } from "./configured_flags.ts";
import type { FileInput, ReviewedFile, ReviewJob } from "./jobs.ts";
import { type FileRun, findInputs, STDIN, STDIN_NAME } from "./on_files.ts";
import { subjectOf } from "./subject_of.ts";
import { checkRules } from "./review/check_rules.ts";
import type { ReviewBaseline } from "./review/review_baseline.ts";
import { checkBaselineFlags } from "./review/review_baseline_options.ts";
import { checkFixFlags } from "./review/review_fix_options.ts";
import { reviewKnown } from "./review/review_known.ts";
import type { ModelChoice } from "./review/review_model_options.ts";
import { addReviewOptions, type ReviewFlags } from "./review/review_options.ts";
import { checkStatistics, shownIssues } from "./review/review_output_options.ts";
import { chooseFormats, type ChosenFormat, openTargets } from "./review/review_targets.ts";
import type { ReviewOnce } from "./review/watch/watch_review.ts";
import { checkWatchFlags } from "./review/watch/watch_options.ts";
import type { Watching } from "./review/watch/watching.ts";

export function define(command: Command, app: App): void {
  command.argument("[paths...]", 'files, folders, globs, or "-" for standard input', ["."]);
  addReviewOptions(command);
  command.action((paths: string[], flags: ReviewFlags) => review(paths, flags, command, app));
  addExamples(command, [
    ["devmcp review src tests", "what is found in two folders"],
    ["devmcp review --select F,S src", "only bugs and security"],
    ["devmcp review --format github .", "annotations of a pull request"],
    ["devmcp review -o review.sarif src", "SARIF, in a file"],
    ["devmcp review --baseline known.json", "only what is new"],
    ["devmcp review --staged --changed-lines", "what the next commit brings"],
    ["devmcp review --fix --dry-run src", "what fixes would change"],
    ["devmcp review --watch src", "again after each save"],
    ["devmcp review --model require app.py", "with the advice of a local model"],
  ]);
}

async function review(
  paths: string[],
  given: ReviewFlags,
  command: Command,
  app: App,
): Promise<void> {
  checkBaselineFlags(given);
  checkFixFlags(given, paths);
  const chosen = chooseFormats(given, app.cwd);
  checkStatistics(given, chosen);
  if (!given.watch) return await reviewOnce(paths, { ...given, chosen }, command, app);
  checkWatchFlags(given, paths, chosen);
  const { watchReview } = await import("./review/watch/watch_review.ts");
  const once: ReviewOnce = (app, watching) =>
    reviewOnce(paths, { ...given, chosen, watching }, command, app);
  const own = chosen.flatMap(({ file }) => file ?? []);
  await watchReview(once, { paths, own, changes: changesWanted(given, command) }, app);
}

/** What was asked for, the formats found out. */
type ReviewWish = ReviewFlags & { chosen: ChosenFormat[]; watching?: Watching };

async function reviewOnce(
  paths: string[],
  given: ReviewWish,
  command: Command,
  app: App,
): Promise<void> {
  const only = languageOfOne(paths, given);
  const flags = withConfigured(given, command, await configured(app));
  const single = only !== undefined || paths.length === 1 && paths[0] === STDIN;
  if (flags.select || flags.ignore) await checkRules(flags, app);
  const targets = await openTargets(flags.chosen, app);
  try {
    await reviewFiles(paths, { ...flags, single }, targets.outputs, command, app);
    await targets.keep();
  } finally {
    await targets.drop();
  }
}

async function reviewFiles(
  paths: string[],
  flags: ReviewWish & { single: boolean },
  outputs: Output[],
  command: Command,
  app: App,
): Promise<void> {
  const targets = flags.chosen.map(({ format }, index) => (
    { format, output: outputs[index]!, maxIssues: shownIssues(flags, format) }
  ));
  const { watching } = flags;
  const writer = await createReviewWriter(targets, app, {
    ...flags,
    subject: subjectOf({ operands: paths, ...flags }, app),
    rendered: watching?.rendered,
  });
  const run: FileRun = {
    operands: paths,
    verb: "Reviewing",
    purpose: "review",
    onProblem: writer.problem,
    changes: changesWanted(flags, command),
    ...flags,
  };
  const baseline = await chooseBaseline(paths, flags, run, app);
  const own = ownFiles(flags, baseline, app);
  if (baseline) watching?.onSetting(baseline.path);
  const found = watching?.inputs ?? await findInputs(app, run);
  const inputs = own.size === 0
    ? found
    : found.filter(({ path }) => !own.has(resolve(app.cwd, path)));
  watching?.onInputs(inputs);
  const { servers, ...settings } = await chooseSettings(flags, app);
  // Workers would each have their own idea of how a server is, and overload it together.
  if (settings.model !== "off" && flags.jobs === undefined) run.atOnce = servers;
  const template = toJob(flags, settings);
  const jobs = inputs.map((input) => ({ ...template, ...input }));
  const told = new Set<string>();
  const preview = flags.dryRun
    ? (await import("../cli/fix_preview.ts")).createFixPreview(app)
    : undefined;
  for await (const { path, value } of reviewKnown(app, run, jobs, baseline)) {
    if (flags.updateBaseline) continue;
    if (preview) preview.file(path, value.review, value.diff, value.patch);
    else {
      writer.file(
        path,
        withoutRepeats(value.review, told),
        (n, cell) => value.excerpts[lineKey(n, cell)],
      );
    }
    if (value.diff !== undefined || fails(value, flags)) app.exitCode ||= 1;
  }
  if (flags.updateBaseline) return await baseline?.update();
  if (preview) return preview.end();
  const mended = baseline?.mended() ?? 0;
  writer.end(mended > 0 ? { baseline_mended: mended } : {});
}

/** What the review itself writes or goes by is no part of what is reviewed. */
function ownFiles(
  { chosen }: ReviewWish,
  baseline: ReviewBaseline | undefined,
  { cwd }: App,
): Set<string> {
  const files = [...chosen.map(({ file }) => file), baseline?.path];
  return new Set(files.filter((file) => file !== undefined).map((file) => resolve(cwd, file)));
}

/** Its code is loaded only where there is a baseline. */
async function chooseBaseline(
  paths: string[],
  flags: ReviewFlags,
  { changes }: FileRun,
  app: App,
): Promise<ReviewBaseline | undefined> {
  const config = await configured(app);
  const isNamed = flags.baseline !== undefined || flags.updateBaseline;
  if (!isNamed && !config?.values.code_review.baseline) return undefined;
  const { openReviewBaseline } = await import("./review/review_baseline.ts");
  const operands = changes || paths.includes(STDIN) ? undefined : paths;
  return openReviewBaseline(flags, operands, app, config);
}

/** That no model could be asked is told with the first file; what is told of lines, with each. */
function withoutRepeats(review: FileReview, told: Set<string>): FileReview {
  const { model, model_missed: missed } = review;
  if (missed === undefined) return review;
  const isKnown = model === undefined && told.has(missed);
  told.add(missed);
  return isKnown ? { ...review, model_notes: undefined } : review;
}

/** What flags leave open and a configuration may decide. */
interface ReviewSettings {
  styleGuide: StyleGuideName;
  focus: readonly Category[];
  model: ModelChoice;
  limits?: ComplexityLimits;
  /** Of the model's role: each takes one file at a time. */
  servers: number;
}

/**
 * The flags', else the configuration's, which is read only where there is one: its schema alone
 * would make a hook noticeably slower. For the same reason `auto` looks for no model: it asks the one
 * that a file or the environment names.
 *
 * @throws {ToolError} when a model is required and there is none
 */
async function chooseSettings(
  { styleGuide, model }: ReviewFlags,
  app: App,
): Promise<ReviewSettings> {
  const config = await configured(app);
  const { code_review: chosen } = config?.values ?? {};
  const wanted = model ?? chosen?.model ?? "auto";
  if (wanted === "require") await app.models.get("code");
  return {
    styleGuide,
    focus: (chosen?.focus_areas ?? []) as Category[],
    model: wanted === "auto" && !(config && namesModel(config)) ? "off" : wanted,
    limits: configuredLimits(config?.values),
    servers: Math.max(1, config?.values.model.code.endpoints.length ?? 1),
  };
}

/** Whether somebody has said which model writes and judges code, or where it runs. */
function namesModel({ origins }: LoadedConfig): boolean {
  return ["model.code.endpoints", "model.code.model"]
    .some((key) => (origins.get(key)?.kind ?? "default") !== "default");
}

function toJob(
  flags: ReviewWish,
  settings: Omit<ReviewSettings, "servers">,
): Omit<ReviewJob, keyof FileInput> {
  return {
    kind: "review",
    ...settings,
    countsAdvice: flags.failOnModel,
    select: flags.select,
    ignore: flags.ignore,
    maxIssues: mostIssues(flags),
    ...flags.fix && { fix: { unsafe: flags.unsafeFixes ?? false, write: !flags.dryRun } },
    excerpts: flags.chosen.some(({ format }) => showsSource(format)),
    keepSuppressed: flags.chosen.some(({ format }) => tellsSuppressed(format)),
  };
}

/** As many as one of the formats shows, 0 for all; counting takes all. */
function mostIssues(flags: ReviewWish): number {
  const most = flags.chosen.map(({ format }) => shownIssues(flags, format));
  return flags.statistics || most.includes(0) ? 0 : Math.max(...most);
}

function fails({ review }: ReviewedFile, { failOn, minScore }: ReviewFlags): boolean {
  if (minScore !== undefined && review.overall_score < minScore) return true;
  if (failOn === "never") return false;
  return SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1).some((s) => review.counts[s] > 0);
}

/** The language of the one file that is named: then there is room to say what is good in it. */
function languageOfOne([path = "", ...more]: string[], flags: ReviewFlags): LanguageId | undefined {
  if (more.length > 0 || path !== STDIN && /[*?[]/.test(path)) return undefined;
  return languageOfName(path === STDIN ? flags.stdinFilename ?? STDIN_NAME : path);
}
