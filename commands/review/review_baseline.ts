import { dirname, resolve, sep } from "node:path";
import {
  type BaselineRun,
  createBaselineRun,
  type KnownFinding,
} from "../../analysis/baseline/baseline.ts";
import { readBaseline, writeBaseline } from "../../analysis/baseline/baseline_text.ts";
import { covers as selects } from "../../analysis/rules/selectors.ts";
import type { App } from "../../cli/app.ts";
import { countOf } from "../../cli/style.ts";
import { sanitizeLine } from "../../cli/sanitize.ts";
import type { LoadedConfig } from "../../config/config.ts";
import { ToolError } from "../../config/tool_error.ts";
import { type BaselineFile, openBaselineFile } from "../../workspace/baseline_file.ts";
import type { ReviewedFile } from "../jobs.ts";
import type { BaselineFlags } from "./review_baseline_options.ts";
import type { RuleFlags } from "./review_rule_options.ts";

/** What a review does with what is known. */
export interface ReviewBaseline {
  /** The file. */
  path: string;
  /** Fingerprints that count as known in a file. */
  knownIn(path: string): string[];
  /** Notes what a file has. @returns false when it is to be reviewed again, with what is known now */
  settle(path: string, file: ReviewedFile, known: readonly string[]): boolean;
  mended(): number;
  /** Writes what was found into the file, and says so on stderr. */
  update(): Promise<void>;
}

type Flags = BaselineFlags & Pick<RuleFlags, "select" | "ignore">;

/**
 * Opens the baseline that a flag or the configuration names; undefined where there is none.
 *
 * @param operands what is reviewed; undefined where git tells which files, so that none that is gone
 * can be told to be left out on purpose
 * @throws {ToolError} when it cannot be used
 */
export function openReviewBaseline(
  flags: Flags,
  operands: readonly string[] | undefined,
  app: App,
  config: LoadedConfig | undefined,
): ReviewBaseline | undefined {
  const path = flags.baseline ?? configuredPath(config, app);
  if (path === undefined && !flags.updateBaseline) return undefined;
  if (!path) {
    throw new ToolError(
      `Cannot ${flags.updateBaseline ? "update" : "read"} the baseline: none is named`,
      {
        hint: "add --baseline FILE, or set code_review.baseline",
      },
    );
  }
  const file = openBaselineFile(path, app.cwd);
  const findings = findingsOf(file, flags);
  const vanished = new Set(findings.map((one) => one.path).filter(file.isVanished));
  const run = createBaselineRun(findings, {
    vanished,
    covers: createCovers(file, operands, app),
    isChecked: (rule) => isSelected(rule, flags),
  });
  return toReviewBaseline(file, findings, run, app);
}

function toReviewBaseline(
  file: BaselineFile,
  before: KnownFinding[],
  run: BaselineRun,
  { stderr }: App,
): ReviewBaseline {
  return {
    path: file.path,
    knownIn: (path) => run.knownIn(file.nameOf(path)),
    settle: (path, { found = { findings: [], isBroken: true } }, known) =>
      run.settle(file.nameOf(path), found, known),
    mended: run.mended,
    async update() {
      const now = run.renewed();
      const text = writeBaseline(now);
      if (text !== file.text) await file.write(text);
      const known = new Set(before.map(keyOf)), kept = new Set(now.map(keyOf));
      const added = now.filter((one) => !known.has(keyOf(one))).length;
      const removed = before.filter((one) => !kept.has(keyOf(one))).length;
      stderr.write(
        `Baseline ${sanitizeLine(file.path)}: ${countOf(now.length, "finding")}, ` +
          `${added} added, ${removed} removed\n`,
      );
    },
  };
}

function keyOf({ path, rule, fingerprint }: KnownFinding): string {
  return `${path}\0${rule}\0${fingerprint}`;
}

function findingsOf({ text, path }: BaselineFile, { updateBaseline }: Flags): KnownFinding[] {
  if (text !== undefined) return readBaseline(text, path);
  if (updateBaseline) return [];
  throw new ToolError(`Cannot read the baseline ${JSON.stringify(path)}: no such file`, {
    hint: "--update-baseline makes it",
  });
}

/** The configured path starts where the file that names it lies. */
function configuredPath(config: LoadedConfig | undefined, { cwd }: App): string | undefined {
  const path = config?.values.code_review.baseline;
  if (!config || !path) return undefined;
  const origin = config.origins.get("code_review.baseline");
  const folder = origin && "file" in origin ? dirname(origin.file) : cwd;
  return resolve(folder, path);
}

/** Whether the folders that are reviewed hold a file, were it still there. A glob may leave it out. */
function createCovers(
  { nameOf }: BaselineFile,
  operands: readonly string[] | undefined,
  { cwd }: App,
): (name: string) => boolean {
  const names = (operands ?? []).filter((operand) => !/[*?[]/.test(operand))
    .map((operand) => nameOf(resolve(cwd, operand)));
  const folders = names.map((name) => name.split(sep).join("/"));
  return (name) =>
    folders.some((folder) => folder === "" || name === folder || name.startsWith(`${folder}/`));
}

function isSelected(rule: string, { select, ignore = [] }: Flags): boolean {
  const isIn = (selectors: string[]) =>
    selectors.map((selector) => selector.replace(/^biome\//, ""))
      .some((selector) => selector === rule || selects(selector, rule));
  return (!select || rule === "syntax-error" || isIn(select)) && !isIn(ignore);
}
