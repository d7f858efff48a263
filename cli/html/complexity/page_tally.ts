import type { ComplexityReport, Rank } from "../../../analysis/complexity.ts";
import { type RiskLines, riskOf } from "../../../analysis/metrics/complexity_grade.ts";
import type { ComplexityLimits } from "../../../analysis/metrics/complexity_limits.ts";
import {
  type ComplexitySummary,
  createComplexityTally,
  type FileTotals,
  type PlacedFunction,
  totalsOf,
  type Unmeasured,
} from "../../complexity_tally.ts";
import { isAbove, MEASURES } from "./measures.ts";

/** As many functions a page lists. */
const MAX_FUNCTIONS = 500;
const MAX_PROBLEMS = 50;

/** What a code base amounts to. */
export interface PageTally {
  summary: ComplexitySummary;
  lines: number;
  /** In the order in which they came. */
  files: FileTotals[];
  /** The worst functions, the worst first. */
  functions: PlacedFunction[];
  /** Functions by radon's letter. */
  ranks: Record<Rank, number>;
  risk: RiskLines;
  /** Functions above each limit. */
  above: ComplexityLimits;
  /** Files that could not be measured, or not wholly: the first of them, and how many there are. */
  problems: Unmeasured[];
  problemCount: number;
}

/** Collects what a page tells. */
export function createPageTally(limits: ComplexityLimits) {
  const tally = createComplexityTally(MAX_FUNCTIONS);
  const files: FileTotals[] = [];
  const ranks = { A: 0, B: 0, C: 0, D: 0, E: 0, F: 0 };
  const risk = { low: 0, moderate: 0, high: 0, veryHigh: 0 };
  const above = { cyclomatic: 0, cognitive: 0, nesting: 0, parameters: 0, length: 0 };
  const problems: Unmeasured[] = [];
  let problemCount = 0;
  const problem = (path: string, reason: string) => {
    problemCount++;
    if (problems.length < MAX_PROBLEMS) problems.push({ path, reason });
  };
  return {
    problem,
    add(path: string, report: ComplexityReport): void {
      tally.add(path, report);
      files.push(totalsOf(path, report));
      for (const one of report.functions) {
        ranks[one.rank]++;
        risk[riskOf(one.cyclomatic)] += one.length;
        for (const { key } of MEASURES) above[key] += isAbove(one, key, limits) ? 1 : 0;
      }
      for (const reason of report.notMeasured) problem(path, reason);
    },
    result: (): PageTally => ({
      summary: tally.summary(),
      lines: files.reduce((sum, { lines }) => sum + lines, 0),
      files,
      functions: tally.functions(),
      ranks,
      risk,
      above,
      problems,
      problemCount,
    }),
  };
}
