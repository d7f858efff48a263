import { type Command, Option } from "commander";
import { SEVERITIES, type Severity } from "../analysis/issue.ts";
import { parseCount } from "../cli/arguments.ts";
import { REVIEW_FORMATS, type ReviewFormat } from "../cli/review_writer.ts";

export interface OutputFlags {
  format: ReviewFormat;
  json?: boolean;
  failOn: Severity | "never";
  minScore?: number;
  maxIssues?: number;
}

/** Issues shown per file in text; the other formats are for programs and hold all. */
const SHOWN_IN_TEXT = 50;

/** How findings are shown, and which of them fail. */
export function addOutputOptions(command: Command): void {
  command
    .addOption(
      new Option("--format <format>", "output format").choices(REVIEW_FORMATS).default("text"),
    )
    .option("--json", "the same as --format json")
    .addOption(
      new Option("--fail-on <severity>", "exit with 1 when an issue is at least this severe")
        .choices([...SEVERITIES, "never"]).default("major"),
    )
    .option("--min-score <n>", "exit with 1 when a file scores less (0-100)", parseCount(0, 100))
    .option(
      "--max-issues <n>",
      `issues shown per file, 0 for all (default: ${SHOWN_IN_TEXT} as text, else all)`,
      parseCount(0),
    );
}

/** Issues shown per file at most; 0 for all. */
export function shownIssues({ maxIssues }: OutputFlags, format: ReviewFormat): number {
  return maxIssues ?? (format === "text" ? SHOWN_IN_TEXT : 0);
}
