import type { Category, Severity } from "../issue.ts";

/**
 * Fixes that leave the rendered page as it is: they remove blank lines, end the file, or pad the cells
 * of a table. Compared with what micromark renders, before and after, for some hundred real files; of
 * the others some changed a page, or may: spaces at a line's end are a break, another marker a new list.
 */
const SAFE_FIXES: ReadonlySet<string> = new Set(["MD012", "MD047", "MD060"]);

export function isSafeMarkdownFix(rule: string): boolean {
  return SAFE_FIXES.has(rule);
}

/** What a reader sees to be broken: links that lead nowhere, tables with cells missing. */
const BROKEN: ReadonlySet<string> = new Set(["MD011", "MD042", "MD051", "MD052", "MD056"]);
/** What a reader may stumble over; the rest is how the source looks. */
const READABLE: ReadonlySet<string> = new Set([
  ...["MD001", "MD018", "MD020", "MD024", "MD025", "MD034", "MD037", "MD040", "MD043", "MD045"],
  ...["MD053", "MD059"],
]);

export function severityOfMarkdown(rule: string): Severity {
  return BROKEN.has(rule) ? "major" : READABLE.has(rule) ? "minor" : "info";
}

export function categoryOfMarkdown(rule: string): Category {
  return BROKEN.has(rule) ? "correctness" : READABLE.has(rule) ? "documentation" : "style";
}
