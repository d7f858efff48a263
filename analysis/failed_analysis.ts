import type { Issue } from "./issue.ts";

/** The one issue of a file that an engine could not analyse. */
export function failedAnalysis(message: string, line = 1): Issue {
  return {
    severity: "critical",
    category: "correctness",
    message,
    rule: "analysis-failed",
    line,
    column: 1,
    end: { line, column: 1 },
  };
}
