import type { ComplexityReport, FunctionComplexity } from "../analysis/complexity.ts";
import type { LanguageId } from "../analysis/languages.ts";

/** What the files of one language amount to. */
export interface LanguageTotals {
  language: LanguageId;
  files: number;
  lines: number;
  functions: number;
  /** Of the functions, to one decimal; null without functions. */
  mean_cyclomatic: number | null;
  highest_cyclomatic: number | null;
}

/** A function and the file it is in. */
export interface PlacedFunction extends FunctionComplexity {
  path: string;
}

/** Where it begins: `a.py:3`; of a notebook, as a review tells it: `a.ipynb:cell 2:3`. */
export function placeOf({ path, line, cell, cellLine }: PlacedFunction): string {
  return cell === undefined ? `${path}:${line}` : `${path}:cell ${cell}:${cellLine}`;
}

/** What a file amounts to. */
export interface FileTotals {
  path: string;
  cyclomatic: number;
  cognitive: number;
  /** Null when the file could not be measured. */
  maintainabilityIndex: number | null;
  functions: number;
  language: LanguageId;
  lines: number;
  /** Of the functions: the highest cyclomatic complexity, and the sum; 0 without functions. */
  highest: number;
  cyclomaticOfFunctions: number;
}

export interface ComplexitySummary {
  files: number;
  functions: number;
  /** Of the functions, to one decimal; null without functions. */
  mean_cyclomatic: number | null;
  highest_cyclomatic: number | null;
  /** Functions above `--max`; null when no limit was given. */
  above_max: number | null;
  /** Most lines first. */
  languages: LanguageTotals[];
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
  const total = { ...createTotal(), above: 0 };
  const languages = new Map<LanguageId, Total>();
  return {
    add(path, report) {
      files.add(totalsOf(path, report));
      const room = MAX_UNMEASURED - unmeasured.first.length;
      const reasons = report.notMeasured;
      unmeasured.first.push(...reasons.slice(0, room).map((reason) => ({ path, reason })));
      unmeasured.total += reasons.length;
      const own = languages.get(report.language) ?? createTotal();
      languages.set(report.language, own);
      addTo(own, report);
      addTo(total, report);
      for (const one of report.functions) {
        functions.add({ ...one, path });
        total.above += max !== undefined && one.cyclomatic > max ? 1 : 0;
      }
    },
    functions: functions.list,
    files: files.list,
    notMeasured: () => unmeasured,
    summary: () => ({
      files: total.files,
      functions: total.functions,
      ...figuresOf(total),
      above_max: max === undefined ? null : total.above,
      languages: [...languages].map(([language, own]) => toTotals(language, own))
        .sort((a, b) => b.lines - a.lines),
    }),
  };
}

interface Total {
  files: number;
  lines: number;
  functions: number;
  cyclomatic: number;
  highest: number;
}

function createTotal(): Total {
  return { files: 0, lines: 0, functions: 0, cyclomatic: 0, highest: 0 };
}

function addTo(total: Total, { lines, functions }: ComplexityReport): void {
  total.files += 1;
  total.lines += lines;
  total.functions += functions.length;
  for (const { cyclomatic } of functions) {
    total.cyclomatic += cyclomatic;
    total.highest = Math.max(total.highest, cyclomatic);
  }
}

function figuresOf({ functions, cyclomatic, highest }: Total) {
  return {
    mean_cyclomatic: functions === 0 ? null : Math.round(10 * cyclomatic / functions) / 10,
    highest_cyclomatic: functions === 0 ? null : highest,
  };
}

function toTotals(language: LanguageId, total: Total): LanguageTotals {
  const { files, lines, functions } = total;
  return { language, files, lines, functions, ...figuresOf(total) };
}

/** A file's functions, the worst first. */
export function worstFirst(functions: FunctionComplexity[]): FunctionComplexity[] {
  return functions.toSorted((a, b) =>
    b.cyclomatic - a.cyclomatic || b.cognitive - a.cognitive || a.line - b.line
  );
}

/** What a report amounts to. */
export function totalsOf(path: string, report: ComplexityReport): FileTotals {
  const { cyclomatic, cognitive, maintainabilityIndex, functions, language, lines } = report;
  const total = createTotal();
  addTo(total, report);
  return {
    path,
    cyclomatic,
    cognitive,
    maintainabilityIndex,
    functions: functions.length,
    language,
    lines,
    highest: total.highest,
    cyclomaticOfFunctions: total.cyclomatic,
  };
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
