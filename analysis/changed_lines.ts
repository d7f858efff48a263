import type { ComplexityReport } from "./complexity.ts";
import type { FileChange } from "./inspection.ts";
import { isBroken, type Issue } from "./issue.ts";

/**
 * Whether an issue counts for a diff: one of its lines was added or changed. One about the whole file
 * counts where that is new; that a file is broken always does, since nothing else is known of it.
 */
export function isOnChangedLine(issue: Issue, change: FileChange): boolean {
  if (change.isNew || isBroken(issue)) return true;
  if (issue.wholeFile) return false;
  const { fileLine } = issue;
  return fileLine === undefined
    ? hasChangedLine(change, issue.line, lastLine(issue))
    : hasChangedLine(change, fileLine, fileLine);
}

/** The report with those functions only that have a line that was added or changed. */
export function changedFunctions(
  report: ComplexityReport,
  change: FileChange,
): ComplexityReport {
  const functions = report.functions.filter(({ line, endLine }) =>
    hasChangedLine(change, line, endLine)
  );
  return { ...report, functions };
}

/** Whether one of the lines, both included, was added or changed. */
export function hasChangedLine(
  { isNew, lines }: FileChange,
  first: number,
  last: number,
): boolean {
  return isNew || lines.some((range) => range.first <= last && first <= range.last);
}

/** The same with lines as engines count them: those of git end with \n only, theirs with \r too. */
export function asEnginesCount(change: FileChange, text: string): FileChange {
  if (!/\r(?!\n)/.test(text)) return change;
  const starts = [1];
  for (const line of text.split("\n")) {
    starts.push(starts.at(-1)! + 1 + (line.match(/\r(?!$)/g)?.length ?? 0));
  }
  const startOf = (line: number) => starts[line - 1] ?? Infinity;
  const lines = change.lines.map(({ first, last }) => (
    { first: startOf(first), last: startOf(last + 1) - 1 }
  ));
  return { ...change, lines };
}

/** An issue that ends before the first column of a line does not lie on it. */
function lastLine({ line, end, lastLine = line }: Issue): number {
  return Math.max(lastLine, end.column <= 1 ? end.line - 1 : end.line);
}
