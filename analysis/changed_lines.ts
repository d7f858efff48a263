import type { FileChange } from "./inspection.ts";
import { isBroken, type Issue } from "./issue.ts";

/**
 * Whether an issue counts for a diff: one of its lines was added or changed. One about the whole file
 * counts where that is new; that a file is broken always does, since nothing else is known of it.
 */
export function isOnChangedLine(issue: Issue, { isNew, lines }: FileChange): boolean {
  if (isNew || isBroken(issue)) return true;
  if (issue.wholeFile) return false;
  const last = lastLine(issue);
  return lines.some((range) => range.first <= last && issue.line <= range.last);
}

/** An issue that ends before the first column of a line does not lie on it. */
function lastLine({ line, end }: Issue): number {
  return Math.max(line, end.column <= 1 ? end.line - 1 : end.line);
}
