import { isAdvice, isBroken, type Issue, type Severity } from "../../analysis/issue.ts";
import type { FileReview } from "../../analysis/review.ts";
import { sanitizeLine, toJson } from "../sanitize.ts";
import { placeInFile } from "./place_in_file.ts";
import { relativePath } from "./relative_path.ts";
import type { Renderer } from "./renderer.ts";
import { createUnique, uniqueFingerprint } from "./unique_fingerprint.ts";

/**
 * GitLab's Code Quality report, a part of Code Climate's format:
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 *
 * @param options.cwd paths are given from here: GitLab wants them from the repository's root
 */
export function createGitlab({ cwd }: { cwd: string }): Renderer {
  let separator = "\n";
  const entry = (value: object): string => {
    const chunk = separator + toJson(value);
    separator = ",\n";
    return chunk;
  };
  return {
    header: () => "[",
    file(path: string, { issues }: FileReview): string {
      const place = relativePath(path, cwd);
      const unique = createUnique(place);
      return issues.map((issue) => entry(toEntry(place, issue, unique(issue)))).join("");
    },
    problem(path: string, message: string): string {
      const place = relativePath(path, cwd);
      return entry(toEntry(place, failed(message), uniqueFingerprint(place, "analysis-failed")));
    },
    footer: () => "\n]\n",
  };
}

function toEntry(path: string, issue: Issue, fingerprint: string) {
  const { line, endLine } = placeInFile(issue);
  return {
    description: sanitizeLine(
      issue.suggestion ? `${issue.message} (${issue.suggestion})` : issue.message,
    ),
    check_name: issue.rule,
    fingerprint,
    severity: severityOf(issue),
    location: { path, lines: { begin: line, end: endLine } },
  };
}

/** That a file could not be reviewed, as an issue. */
function failed(message: string): Issue {
  const place = { line: 1, column: 1, end: { line: 1, column: 1 } };
  return {
    ...place,
    rule: "analysis-failed",
    severity: "critical",
    category: "correctness",
    message,
  };
}

const SEVERITIES: Record<Severity, string> = {
  critical: "critical",
  major: "major",
  minor: "minor",
  info: "info",
};

/** What a model found is advice; that nothing can be said of a file blocks. */
function severityOf(issue: Issue): string {
  if (isAdvice(issue)) return "info";
  return isBroken(issue) ? "blocker" : SEVERITIES[issue.severity];
}
