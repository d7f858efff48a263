import { isOnChangedLine } from "./changed_lines.ts";
import type { FixedRule } from "./fixes/fix_passes.ts";
import type { FileChange, Inspection } from "./inspection.ts";
import {
  type Category,
  compareIssues,
  isBroken,
  type Issue,
  type Severity,
  type Suppression,
} from "./issue.ts";
import { cleanCategories, fixableIssues } from "./remarks.ts";
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
  /** Issues that would count but for a comment or the baseline; absent without. */
  issues_suppressed?: Record<Suppression["by"], number>;
  /** These issues; only where they are asked for. */
  suppressed?: Issue[];
  suggestions: string[];
  compliments: string[];
  /** Lines in the file. */
  lines: number;
  /** What was mended before, by rule; absent when nothing was. */
  fixed?: FixedRule[];
  /** Why fixes were not applied. */
  fix_notes?: string[];
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
  /** Only issues on the lines of a diff count. @default all */
  change?: FileChange;
  /** Fingerprints of issues that are known: they do not count. */
  known?: readonly string[];
  /** Issues returned at most; 0 returns all. @default 50 */
  maxIssues?: number;
  /** Whether issues that are silenced or known are given too. @default false */
  keepSuppressed?: boolean;
}

/** What a person is told of an inspection: pure, so that inspections can be kept. */
export function toReview(inspection: Inspection, options: ReviewOptions = {}): FileReview {
  const { focus = [], change, known = [], maxIssues, keepSuppressed } = options;
  const matters = (issue: Issue) =>
    isInFocus(issue, focus) && (!change || isOnChangedLine(issue, change));
  const { told, kept } = partKnown(inspection.issues, known);
  const issues = told.filter(matters).sort(compareIssues);
  const suppressed = [...inspection.suppressed ?? [], ...kept].filter(matters);
  const counts = countBySeverity(issues);
  const clean = inspection.isAssured ? cleanCategories(inspection.issues, focus) : undefined;
  const fixable = inspection.issues.some(isBroken) ? undefined : fixableIssues(issues);
  const review = {
    overall_score: scoreOf(counts, !issues.some(isBroken)),
    issues,
    issues_omitted: 0,
    counts,
    ...suppressed.length > 0 && { issues_suppressed: countSuppressed(suppressed) },
    ...keepSuppressed && suppressed.length > 0 && { suppressed },
    suggestions: [...inspection.suggestions, ...fixable ? [fixable] : []],
    compliments: [...inspection.compliments, ...clean ? [clean] : []],
    lines: inspection.lines,
  };
  return limitIssues(review, maxIssues);
}

/** Each known fingerprint stands for one issue. */
function partKnown(
  issues: readonly Issue[],
  known: readonly string[],
): { told: Issue[]; kept: Issue[] } {
  if (known.length === 0) return { told: [...issues], kept: [] };
  const fingerprints = new Set(known);
  const isKnown = ({ fingerprint }: Issue) =>
    fingerprint !== undefined && fingerprints.has(fingerprint);
  return {
    told: issues.filter((issue) => !isKnown(issue)),
    kept: issues.filter(isKnown).map((issue) => ({ ...issue, suppressed: { by: "baseline" } })),
  };
}

function countSuppressed(issues: Issue[]): Record<Suppression["by"], number> {
  const comment = issues.filter(({ suppressed }) => suppressed?.by === "comment").length;
  return { comment, baseline: issues.length - comment };
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

function countBySeverity(issues: Issue[]): Record<Severity, number> {
  const counts = { critical: 0, major: 0, minor: 0, info: 0 };
  for (const issue of issues) counts[issue.severity]++;
  return counts;
}
