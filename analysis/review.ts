import { type ComplexityReport, measureComplexity } from "./complexity.ts";
import { type Category, compareIssues, isBroken, type Issue, type Severity } from "./issue.ts";
import { ignoredRules } from "./file_patterns.ts";
import { complimentsOn, suggestionsFor } from "./remarks.ts";
import type { Engines } from "./engines.ts";
import type { RuffSettings } from "./ruff.ts";
import { scoreOf } from "./score.ts";

/** The review of one file. */
export interface FileReview {
  /** 0–100, see {@link scoreOf}. */
  overall_score: number;
  /** Worst first, at most the number asked for. */
  issues: Issue[];
  /** How many issues were left out of `issues`. */
  issues_omitted: number;
  /** All issues by severity, the omitted ones included. */
  counts: Record<Severity, number>;
  suggestions: string[];
  compliments: string[];
  /** Lines in the file. */
  lines: number;
  /** The model that was asked too; its issues come last, and count only when that was asked for. */
  model?: string;
  /** What the model was not shown, or why it was not asked; absent when nothing is to be said. */
  model_notes?: string[];
  /** Why a model that should have did not review the file, or all of it. */
  model_missed?: string;
}

export interface ReviewOptions {
  /** Only issues of these categories count. @default [] all */
  focus?: readonly Category[];
  /** Issues returned at most; 0 returns all. @default 50 */
  maxIssues?: number;
  /** Whether that nothing was found says something: all rules ran, none was silenced. @default true */
  isAssured?: boolean;
}

/**
 * Reviews Python code.
 *
 * @param fileName decides about rules that the settings ignore per file
 */
export async function reviewPython(
  engines: Engines,
  text: string,
  settings: RuffSettings,
  { fileName, ...options }: ReviewOptions & { fileName?: string } = {},
): Promise<FileReview> {
  // In this order: in a process just started Ruff is still being compiled on other threads.
  const measured = measureComplexity((await engines.python()).parse(text));
  const found = (await engines.ruff()).lint(text, settings, fileName);
  const isAssured = checksAll(settings, fileName) && !SILENCED.test(text);
  return composeReview(found, measured, countLines(text), { ...options, isAssured });
}

/** A comment that keeps Ruff from telling what it found. */
const SILENCED = /#\s*(?:(?:ruff|flake8)\s*:\s*)?noqa/i;

/** Whether our rules are checked, all of them. */
function checksAll(settings: RuffSettings, fileName?: string): boolean {
  return !settings.choosesRules &&
    (fileName === undefined || ignoredRules(settings, fileName) === undefined);
}

/** Composes a file's review from what the linter found and what was measured. */
export function composeReview(
  found: Issue[],
  measured: ComplexityReport,
  lines: number,
  { focus = [], maxIssues, isAssured = true }: ReviewOptions = {},
): FileReview {
  const parses = !found.some(isBroken);
  const issues = found.filter((issue) => isInFocus(issue, focus)).sort(compareIssues);
  const counts = countBySeverity(issues);
  const review = {
    overall_score: scoreOf(counts, parses),
    issues,
    issues_omitted: 0,
    counts,
    suggestions: suggestionsFor(issues, measured, parses),
    compliments: parses ? complimentsOn(issues, measured, { focus, isAssured }) : [],
    lines,
  };
  return limitIssues(review, maxIssues);
}

const MAX_ISSUES = 50;

/**
 * The review with the first of its issues.
 *
 * @param maxIssues how many; 0 keeps all. @default 50
 */
export function limitIssues(review: FileReview, maxIssues: number = MAX_ISSUES): FileReview {
  const all = review.issues.length;
  if (maxIssues === 0 || all <= maxIssues) return review;
  const issues = review.issues.slice(0, maxIssues);
  return { ...review, issues, issues_omitted: review.issues_omitted + all - maxIssues };
}

/** That a file is broken is told whatever the focus: nothing else is known of it. */
function isInFocus(issue: Issue, focus: readonly Category[]): boolean {
  return focus.length === 0 || isBroken(issue) || focus.includes(issue.category);
}

function countLines(text: string): number {
  const ends = text.match(/\r\n|\r|\n/g)?.length ?? 0;
  return /[^\r\n]$/.test(text) ? ends + 1 : ends;
}

function countBySeverity(issues: Issue[]): Record<Severity, number> {
  const counts = { critical: 0, major: 0, minor: 0, info: 0 };
  for (const issue of issues) counts[issue.severity]++;
  return counts;
}
