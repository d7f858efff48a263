import { type Command, Option } from "commander";
import { type Category, SEVERITIES, type Severity } from "../analysis/issue.ts";
import type { Engines } from "../analysis/engines.ts";
import type { FileReview } from "../analysis/review.ts";
import type { StyleGuideName } from "../analysis/style_guides.ts";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { parseCount } from "../cli/arguments.ts";
import { createReviewWriter, REVIEW_FORMATS, type ReviewFormat } from "../cli/review_writer.ts";
import { STYLE_GUIDES } from "../config/choices.ts";
import type { LoadedConfig } from "../config/config.ts";
import { configured } from "./configured.ts";
import type { FileInput, ReviewedFile, ReviewJob } from "./jobs.ts";
import { type FileRun, findInputs, onFiles, STDIN } from "./on_files.ts";

interface ReviewFlags {
  format: ReviewFormat;
  json?: boolean;
  failOn: Severity | "never";
  minScore?: number;
  styleGuide: StyleGuideName;
  select?: string[];
  ignore?: string[];
  maxIssues?: number;
  stdinFilename?: string;
  jobs?: number;
  model?: ModelChoice;
  failOnModel?: boolean;
}

const MODEL_CHOICES = ["auto", "off", "require"] as const;
type ModelChoice = (typeof MODEL_CHOICES)[number];

/** Issues shown per file in text; the other formats are for programs and hold all. */
const SHOWN_IN_TEXT = 50;

export function define(command: Command, app: App): void {
  command.argument("[paths...]", 'files, folders, globs, or "-" for standard input', ["."]);
  addOutputOptions(command);
  addReviewOptions(command);
  addModelOptions(command);
  command.action((paths: string[], flags: ReviewFlags) => review(paths, flags, command, app));
  addExamples(command, [
    ["devmcp review src tests", "what is found in two folders"],
    ["devmcp review --select F,S src", "only bugs and security"],
    ["devmcp review --format github .", "annotations of a pull request"],
    ["git show :app.py | devmcp review -", "what is staged"],
    ["devmcp review --model require app.py", "with the advice of a local model"],
  ]);
}

function addOutputOptions(command: Command): void {
  command
    .addOption(
      new Option("--format <format>", "output format").choices(REVIEW_FORMATS).default("text"),
    )
    .option("--json", "the same as --format json")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when an issue is at least this severe")
        .choices([...SEVERITIES, "never"]).default("major"),
    )
    .option("--min-score <n>", "exit with 1 when a file scores less (0-100)", parseCount(0, 100));
}

function addReviewOptions(command: Command): void {
  command
    .addOption(
      new Option("--style-guide <name>", "check this style guide too")
        .choices(STYLE_GUIDES).default("pep8"),
    )
    .option("--select <rules>", "only these rules: codes or prefixes, comma-separated", rules)
    .option("--ignore <rules>", "without these rules", rules)
    .option(
      "--max-issues <n>",
      `issues shown per file, 0 for all (default: ${SHOWN_IN_TEXT} as text, else all)`,
      parseCount(0),
    )
    .option("--stdin-filename <path>", 'the name of what comes through "-"')
    .option(
      "--jobs <n>",
      "workers at most (default: one per processor; none where a model is asked)",
      parseCount(1, 256),
    );
}

function addModelOptions(command: Command): void {
  command
    .addOption(
      new Option(
        "--model <when>",
        "let a local model add its advice: auto, where a devmcp.yaml or the environment names one " +
          "or its server; require, or fail; off, for hooks that must be fast (default: auto)",
      ).choices(MODEL_CHOICES),
    )
    .option(
      "--fail-on-model",
      "what the model found counts for --fail-on, --min-score and the score",
    );
}

/** Collects `--select F,E --select W`. Not variadic: `--select F src` would swallow the path. */
function rules(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), ...value.split(",").map((rule) => rule.trim()).filter(Boolean)];
}

async function review(
  paths: string[],
  flags: ReviewFlags,
  command: Command,
  app: App,
): Promise<void> {
  const format = flags.json ? "json" : flags.format;
  const single = namesOneFile(paths);
  if (single) preload(app.engines);
  if (flags.select || flags.ignore) await checkRules(flags);
  const writer = await createReviewWriter(format, app, { single });
  const run: FileRun = {
    operands: paths,
    verb: "Reviewing",
    purpose: "review",
    onProblem: writer.problem,
    ...flags,
  };
  const inputs = await findInputs(app, run);
  const { servers, ...settings } = await chooseSettings(flags, command, app);
  // Workers would each have their own idea of how a server is, and overload it together.
  if (settings.model !== "off" && flags.jobs === undefined) run.atOnce = servers;
  const template = toJob(flags, format, settings);
  const jobs = inputs.map((input) => ({ ...template, ...input }));
  const told = new Set<string>();
  for await (const { path, value } of onFiles<ReviewedFile>(app, run, jobs)) {
    writer.file(path, withoutRepeats(value.review, told), (n) => value.excerpts[n]);
    if (fails(value, flags)) app.exitCode ||= 1;
  }
  writer.end();
}

/** That no model could be asked is told with the first file; what is told of lines, with each. */
function withoutRepeats(review: FileReview, told: Set<string>): FileReview {
  const { model, model_missed: missed } = review;
  if (missed === undefined) return review;
  const isKnown = model === undefined && told.has(missed);
  told.add(missed);
  return isKnown ? { ...review, model_notes: undefined } : review;
}

/**
 * The sooner the engines begin to load, the more of it is hidden behind finding and reading the
 * file. Many files are reviewed by workers, which load their own. Who uses them sees the errors.
 */
function preload({ ruff, python }: Engines): void {
  ruff().catch(() => {});
  python().catch(() => {});
}

/** Once and here, or every file would tell of the same mistake. */
async function checkRules(flags: ReviewFlags): Promise<void> {
  const { DEFAULT_SETTINGS, withRules } = await import("../analysis/ruff_settings.ts");
  withRules(DEFAULT_SETTINGS, flags);
}

/** What flags leave open and a configuration may decide. */
interface ReviewSettings {
  styleGuide: StyleGuideName;
  focus: readonly Category[];
  model: ModelChoice;
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
  command: Command,
  app: App,
): Promise<ReviewSettings> {
  const config = await configured(app);
  const { code_review: chosen } = config?.values ?? {};
  const isGiven = command.getOptionValueSource("styleGuide") === "cli";
  const wanted = model ?? chosen?.model ?? "auto";
  if (wanted === "require") await app.models.get("code");
  return {
    styleGuide: isGiven || !chosen ? styleGuide : chosen.style_guide as StyleGuideName,
    focus: (chosen?.focus_areas ?? []) as Category[],
    model: wanted === "auto" && !(config && namesModel(config)) ? "off" : wanted,
    servers: Math.max(1, config?.values.model.code.endpoints.length ?? 1),
  };
}

/** Whether somebody has said which model writes and judges code, or where it runs. */
function namesModel({ origins }: LoadedConfig): boolean {
  return ["model.code.endpoints", "model.code.model"]
    .some((key) => (origins.get(key)?.kind ?? "default") !== "default");
}

function toJob(
  flags: ReviewFlags,
  format: ReviewFormat,
  settings: Omit<ReviewSettings, "servers">,
): Omit<ReviewJob, keyof FileInput> {
  return {
    kind: "review",
    ...settings,
    countsAdvice: flags.failOnModel,
    select: flags.select,
    ignore: flags.ignore,
    maxIssues: flags.maxIssues ?? (format === "text" ? SHOWN_IN_TEXT : 0),
    // SARIF tells findings apart by the text of their lines.
    excerpts: format === "text" || format === "sarif",
  };
}

function fails({ review }: ReviewedFile, { failOn, minScore }: ReviewFlags): boolean {
  if (minScore !== undefined && review.overall_score < minScore) return true;
  if (failOn === "never") return false;
  return SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1).some((s) => review.counts[s] > 0);
}

/** Whether one file is named: then there is room to say what is good and what to improve. */
function namesOneFile([path, ...more]: string[]): boolean {
  return more.length === 0 && (path === STDIN || /^[^*?[]+\.pyw?$/.test(path ?? ""));
}
