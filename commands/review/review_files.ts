import { resolve } from "node:path";
import type { Command } from "commander";
import type { App, Output } from "../../cli/app.ts";
import { createReviewWriter, type ReviewWriter } from "../../cli/review_writer.ts";
import { changesWanted } from "../changes_wanted.ts";
import { configured } from "../configured.ts";
import { type FileRun, findInputs, STDIN } from "../on_files.ts";
import { subjectOf } from "../subject_of.ts";
import { fails } from "./fails.ts";
import type { ReviewBaseline } from "./review_baseline.ts";
import type { FileInput } from "./review_job.ts";
import { reviewKnown } from "./review_known.ts";
import type { ReviewFlags } from "./review_options.ts";
import { shownIssues } from "./review_output_options.ts";
import { chooseSettings } from "./review_settings.ts";
import { chooseTeller } from "./review_teller.ts";
import { reviewTemplate } from "./review_template.ts";
import type { ReviewWish } from "./review_wish.ts";

/**
 * Reviews the files that the operands name, and tells of them.
 *
 * @param outputs one for each format
 * @throws {ToolError} when an operand names nothing, or what the review goes by is broken
 */
export async function reviewFiles(
  paths: string[],
  flags: ReviewWish & { single: boolean },
  outputs: Output[],
  command: Command,
  app: App,
): Promise<void> {
  const writer = await openWriter(paths, flags, outputs, app);
  const run: FileRun = {
    operands: paths,
    verb: "Reviewing",
    purpose: "review",
    onProblem: writer.problem,
    changes: changesWanted(flags, command),
    ...flags,
  };
  const baseline = await chooseBaseline(paths, flags, run, app);
  if (baseline) flags.watching?.onSetting(baseline.path);
  const inputs = await findReviewed(run, flags, baseline, app);
  flags.watching?.onInputs(inputs);
  const { servers, ...settings } = await chooseSettings(flags, app);
  // Workers would each have their own idea of how a server is, and overload it together.
  if (settings.model !== "off" && flags.jobs === undefined) run.atOnce = servers;
  const template = reviewTemplate(flags, settings);
  const jobs = inputs.map((input) => ({ ...template, ...input }));
  const teller = await chooseTeller(flags, writer, baseline, app);
  for await (const { path, value } of reviewKnown(app, run, jobs, baseline)) {
    teller.file(path, value);
    if (!flags.updateBaseline && fails(value, flags)) app.exitCode ||= 1;
  }
  await teller.end();
}

async function openWriter(
  paths: string[],
  flags: ReviewWish & { single: boolean },
  outputs: Output[],
  app: App,
): Promise<ReviewWriter> {
  const targets = flags.chosen.map(({ format }, index) => (
    { format, output: outputs[index]!, maxIssues: shownIssues(flags, format) }
  ));
  const subject = subjectOf({ operands: paths, ...flags }, app);
  const { rendered } = flags.watching ?? {};
  return await createReviewWriter(targets, app, { ...flags, subject, rendered });
}

/** What the review itself writes or goes by is no part of what is reviewed. */
async function findReviewed(
  run: FileRun,
  flags: ReviewWish,
  baseline: ReviewBaseline | undefined,
  app: App,
): Promise<FileInput[]> {
  const own = ownFiles(flags, baseline, app);
  const found = flags.watching?.inputs ?? await findInputs(app, run);
  return own.size === 0 ? found : found.filter(({ path }) => !own.has(resolve(app.cwd, path)));
}

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
  const { openReviewBaseline } = await import("./review_baseline.ts");
  const operands = changes || paths.includes(STDIN) ? undefined : paths;
  return openReviewBaseline(flags, operands, app, config);
}
