import { isAdvice, type Issue, type Severity } from "../analysis/issue.ts";
import type { FileReview } from "../analysis/review.ts";

/** What is known of all reviewed files together. */
export interface ReviewSummary {
  files: number;
  /** Files with at least one issue. */
  files_with_issues: number;
  lines: number;
  issues: Record<Severity, number>;
  /** What models found; absent when none was asked. */
  model_issues?: number;
  /** The files that a model should have reviewed and did not, or not wholly, and the first reason. */
  model_missed?: { files: number; reason: string };
  /** Findings that are not told, because comments say so or the baseline holds them; absent without. */
  suppressed?: { comment: number; baseline: number };
  /** Findings that fixes have mended, and in how many files; absent without. */
  fixed?: { findings: number; files: number };
  /** Findings of the baseline that are no more; absent without. */
  baseline_mended?: number;
  /** Findings by rule, most first; only where they are asked for. */
  statistics?: RuleCount[];
  /** The mean of the files' scores, each weighted by its lines, rounded down; null without files. */
  overall_score: number | null;
}

/** How often a rule was broken. */
export interface RuleCount {
  rule: string;
  count: number;
  /** Findings that a safe fix mends. */
  fixable: number;
  severity: Severity;
}

/** Adds up reviews, one at a time. */
export interface ReviewTally {
  add(review: FileReview): void;
  summary(): ReviewSummary;
}

/** @param options.statistics whether findings are counted by rule too */
export function createTally({ statistics = false }: { statistics?: boolean } = {}): ReviewTally {
  const issues: Record<Severity, number> = { critical: 0, major: 0, minor: 0, info: 0 };
  let advice: number | undefined;
  const rules = new Map<string, RuleCount>();
  const suppressed = { comment: 0, baseline: 0 };
  const fixed = { findings: 0, files: 0 };
  let missed: ReviewSummary["model_missed"];
  const total = { files: 0, withIssues: 0, lines: 0, weight: 0, score: 0 };
  return {
    add({ counts, lines, overall_score, model, model_missed: reason, issues: found, ...rest }) {
      for (const severity of Object.keys(issues) as Severity[]) {
        issues[severity] += counts[severity];
      }
      if (model !== undefined) advice = (advice ?? 0) + found.filter(isAdvice).length;
      if (reason !== undefined) missed = { reason, ...missed, files: (missed?.files ?? 0) + 1 };
      if (statistics) { for (const issue of found) countRule(rules, issue); }
      suppressed.comment += rest.issues_suppressed?.comment ?? 0;
      suppressed.baseline += rest.issues_suppressed?.baseline ?? 0;
      fixed.findings += rest.fixed?.reduce((sum, { count }) => sum + count, 0) ?? 0;
      fixed.files += rest.fixed ? 1 : 0;
      // An empty file weighs as much as a line: a review of empty files has a score too.
      const weight = Math.max(1, lines);
      total.files += 1;
      total.withIssues += countAll(counts) > 0 ? 1 : 0;
      total.lines += lines;
      total.weight += weight;
      total.score += weight * overall_score;
    },
    summary: () => ({
      files: total.files,
      files_with_issues: total.withIssues,
      lines: total.lines,
      issues: { ...issues },
      ...advice !== undefined && { model_issues: advice },
      ...missed && { model_missed: missed },
      ...suppressed.comment + suppressed.baseline > 0 && { suppressed: { ...suppressed } },
      ...fixed.files > 0 && { fixed: { ...fixed } },
      ...statistics && { statistics: sorted(rules) },
      overall_score: total.files === 0 ? null : Math.floor(total.score / total.weight),
    }),
  };
}

function countRule(rules: Map<string, RuleCount>, { rule, severity, fix }: Issue): void {
  const known = rules.get(rule) ?? { rule, count: 0, fixable: 0, severity };
  rules.set(rule, {
    ...known,
    count: known.count + 1,
    fixable: known.fixable + (fix?.safe ? 1 : 0),
  });
}

function sorted(rules: Map<string, RuleCount>): RuleCount[] {
  return [...rules.values()].sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}

/** Issues of every severity together. */
export function countAll(counts: Record<Severity, number>): number {
  return counts.critical + counts.major + counts.minor + counts.info;
}
