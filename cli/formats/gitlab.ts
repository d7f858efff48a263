import { isAdvice, isBroken, type Issue, type Severity } from "../../analysis/issue.ts";
import type { FileReview } from "../../analysis/review.ts";
import { hashOf } from "../../config/hash_of.ts";
import { sanitizeLine, toJson } from "../sanitize.ts";
import { relativePath } from "./relative_path.ts";
import type { Renderer } from "./renderer.ts";

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
      const whole = { rule: "analysis-failed", severity: "critical", line: 1, message } as const;
      const issue = { ...whole, end: { line: 1, column: 1 } };
      return entry(toEntry(place, issue, fingerprintOf(place, "analysis-failed")));
    },
    footer: () => "\n]\n",
  };
}

type Told = Pick<Issue, "rule" | "severity" | "line" | "end" | "message" | "source" | "suggestion">;

function toEntry(path: string, issue: Told, fingerprint: string) {
  return {
    description: sanitizeLine(
      issue.suggestion ? `${issue.message} (${issue.suggestion})` : issue.message,
    ),
    check_name: issue.rule,
    fingerprint,
    severity: severityOf(issue),
    location: { path, lines: { begin: issue.line, end: Math.max(issue.line, issue.end.line) } },
  };
}

const SEVERITIES: Record<Severity, string> = {
  critical: "critical",
  major: "major",
  minor: "minor",
  info: "info",
};

/** What a model found is advice; that nothing can be said of a file blocks. */
function severityOf(issue: Told): string {
  if (isAdvice(issue)) return "info";
  return isBroken(issue) ? "blocker" : SEVERITIES[issue.severity];
}

/** Fingerprints of one file's issues: no two are the same, or GitLab would show one of them. */
function createUnique(path: string): (issue: Issue) => string {
  const seen = new Map<string, number>();
  return ({ rule, fingerprint = rule }) => {
    const count = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, count);
    return fingerprintOf(path, count > 1 ? `${fingerprint}\0${count}` : fingerprint);
  };
}

function fingerprintOf(path: string, fingerprint: string): string {
  return hashOf(`${path}\0${fingerprint}`).slice(0, 32);
}
