import type { ComplexityReport, FunctionComplexity } from "../analysis/complexity.ts";

/** A function and the file it is in. */
export interface PlacedFunction extends FunctionComplexity {
  path: string;
}

/** What a file amounts to. */
export interface FileTotals {
  path: string;
  cyclomatic: number;
  cognitive: number;
  /** Null when the file could not be measured. */
  maintainabilityIndex: number | null;
  functions: number;
}

export interface ComplexitySummary {
  files: number;
  functions: number;
  /** Of the functions, to one decimal; null without functions. */
  mean_cyclomatic: number | null;
  highest_cyclomatic: number | null;
  /** Functions above `--max`; null when no limit was given. */
  above_max: number | null;
}

/** Collects reports, keeping the worst only. */
export interface ComplexityTally {
  add(path: string, report: ComplexityReport): void;
  /** The worst functions, the worst first. */
  functions(): PlacedFunction[];
  /** The worst files, the worst first. */
  files(): FileTotals[];
  /** What could not be measured: the first of it, and how much there is in all. */
  notMeasured(): { first: Unmeasured[]; total: number };
  summary(): ComplexitySummary;
}

/** Why a part of a file has no figures, in a sentence. */
export interface Unmeasured {
  path: string;
  reason: string;
}

const MAX_UNMEASURED = 20;

/**
 * @param top how many functions and files to keep; 0 keeps all
 * @param max the highest cyclomatic complexity allowed, if there is a limit
 */
export function createComplexityTally(top: number, max?: number): ComplexityTally {
  const functions = keepWorst<PlacedFunction>(top, compareFunctions);
  const files = keepWorst<FileTotals>(top, (a, b) => b.cyclomatic - a.cyclomatic);
  const unmeasured = { first: [] as Unmeasured[], total: 0 };
  const total = { files: 0, functions: 0, cyclomatic: 0, highest: 0, above: 0 };
  return {
    add(path, report) {
      files.add(totalsOf(path, report));
      const room = MAX_UNMEASURED - unmeasured.first.length;
      const reasons = report.notMeasured;
      unmeasured.first.push(...reasons.slice(0, room).map((reason) => ({ path, reason })));
      unmeasured.total += reasons.length;
      total.files += 1;
      for (const one of report.functions) {
        functions.add({ ...one, path });
        total.functions += 1;
        total.cyclomatic += one.cyclomatic;
        total.highest = Math.max(total.highest, one.cyclomatic);
        total.above += max !== undefined && one.cyclomatic > max ? 1 : 0;
      }
    },
    functions: functions.list,
    files: files.list,
    notMeasured: () => unmeasured,
    summary: () => ({
      files: total.files,
      functions: total.functions,
      mean_cyclomatic: total.functions === 0
        ? null
        : Math.round(10 * total.cyclomatic / total.functions) / 10,
      highest_cyclomatic: total.functions === 0 ? null : total.highest,
      above_max: max === undefined ? null : total.above,
    }),
  };
}

/** A file's functions, the worst first. */
export function worstFirst(functions: FunctionComplexity[]): FunctionComplexity[] {
  return functions.toSorted((a, b) =>
    b.cyclomatic - a.cyclomatic || b.cognitive - a.cognitive || a.line - b.line
  );
}

function totalsOf(path: string, report: ComplexityReport): FileTotals {
  const { cyclomatic, cognitive, maintainabilityIndex, functions } = report;
  return { path, cyclomatic, cognitive, maintainabilityIndex, functions: functions.length };
}

/** Worst first; equal ones in the order of their places. */
function compareFunctions(a: PlacedFunction, b: PlacedFunction): number {
  return b.cyclomatic - a.cyclomatic || b.cognitive - a.cognitive ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) || a.line - b.line;
}

function keepWorst<T>(top: number, compare: (a: T, b: T) => number) {
  let kept: T[] = [];
  const list = () => kept = kept.sort(compare).slice(0, top || undefined);
  return {
    list,
    add(one: T) {
      kept.push(one);
      if (top > 0 && kept.length >= 10 * top) list();
    },
  };
}
