import type { ComplexityReport } from "./complexity.ts";
import type { FileChange } from "./inspection.ts";
import { isBroken, type Issue } from "./issue.ts";

/**
 * Whether an issue counts for a diff: one of its lines was added or changed. One about the whole file
 * counts where that is new; that a file is broken always does, since nothing else is known of it.
 */
export function isOnChangedLine(issue: Issue, { isNew, lines }: FileChange): boolean {
  if (isNew || isBroken(issue)) return true;
  if (issue.wholeFile) return false;
  const { fileLine } = issue;
  return fileLine === undefined
    ? touches(lines, issue.line, lastLine(issue))
    : touches(lines, fileLine, fileLine);
}

/** The report with those functions only that have a line that was added or changed. */
export function changedFunctions(
  report: ComplexityReport,
  { isNew, lines }: FileChange,
): ComplexityReport {
  if (isNew) return report;
  const functions = report.functions.filter(({ line, endLine }) => touches(lines, line, endLine));
  return { ...report, functions };
}

function touches(lines: FileChange["lines"], first: number, last: number): boolean {
  return lines.some((range) => range.first <= last && first <= range.last);
}

/** An issue that ends before the first column of a line does not lie on it. */
function lastLine({ line, end, lastLine = line }: Issue): number {
  return Math.max(lastLine, end.column <= 1 ? end.line - 1 : end.line);
}
