import type { Issue } from "../analysis/issue.ts";
import type { FileReview } from "../analysis/review.ts";

/** An issue for tests of the renderers: F401 at 1:8–1:10 unless told otherwise. */
export function fakeIssue(values: Partial<Issue> = {}): Issue {
  return {
    severity: "minor",
    category: "imports",
    message: "`os` imported but unused",
    rule: "F401",
    line: 1,
    column: 8,
    end: { line: 1, column: 10 },
    ...values,
  };
}

/** A review for tests of the renderers, with counts that fit its issues. */
export function fakeReview(issues: Issue[], values: Partial<FileReview> = {}): FileReview {
  const counts = { critical: 0, major: 0, minor: 0, info: 0 };
  for (const issue of issues) counts[issue.severity]++;
  return {
    overall_score: 90,
    issues,
    issues_omitted: 0,
    counts,
    suggestions: [],
    compliments: [],
    lines: 10,
    ...values,
  };
}

/** Text that would act on a terminal, for tests that it cannot. */
export const HOSTILE = "\x1b[2J\x9b\u202e\u200b\r\n::error::";

/** Whether a text holds a character that acts on a terminal; newlines and tabs do not. */
export function actsOnTerminal(text: string): boolean {
  // deno-lint-ignore no-control-regex
  return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(
    text,
  );
}
