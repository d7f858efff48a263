import type { ComplexityReport } from "./complexity.ts";
import { type Category, compareIssues, type Issue, type Severity } from "./issue.ts";
import { complimentsOn, suggestionsFor } from "./remarks.ts";
import { scoreOf } from "./score.ts";

/** The review of one file. */
export interface FileReview {
  /** 0–100, see {@link scoreOf}. */
  overall_score: number;
  /** Worst first, at most the number asked for. */
  issues: Issue[];
  /** How many issues were left out of `issues`. */
  omitted: number;
  /** All issues by severity, the omitted ones included. */
  counts: Record<Severity, number>;
  suggestions: string[];
  compliments: string[];
  /** Lines in the file. */
  lines: number;
}

export interface ReviewOptions {
  /** Only issues of these categories count. @default [] all */
  focus?: readonly Category[];
  /** Issues returned at most; 0 returns all. @default 50 */
  maxIssues?: number;
}

/** Composes a file's review from what the linter found and what was measured. */
export function composeReview(
  found: Issue[],
  measured: ComplexityReport,
  lines: number,
  { focus = [], maxIssues = 50 }: ReviewOptions = {},
): FileReview {
  const parses = !found.some((issue) => issue.rule === "syntax-error");
  const issues = found.filter((issue) => inFocus(issue, focus)).sort(compareIssues);
  const counts = countBySeverity(issues);
  const shown = maxIssues === 0 ? issues : issues.slice(0, maxIssues);
  return {
    overall_score: scoreOf(counts, parses),
    issues: shown,
    omitted: issues.length - shown.length,
    counts,
    suggestions: suggestionsFor(issues, measured, parses),
    compliments: parses ? complimentsOn(issues, measured, focus) : [],
    lines,
  };
}

/** A file that cannot be parsed is never in focus of anything else. */
function inFocus(issue: Issue, focus: readonly Category[]): boolean {
  return focus.length === 0 || issue.rule === "syntax-error" || focus.includes(issue.category);
}

function countBySeverity(issues: Issue[]): Record<Severity, number> {
  const counts = { critical: 0, major: 0, minor: 0, info: 0 };
  for (const issue of issues) counts[issue.severity]++;
  return counts;
}
