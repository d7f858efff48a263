import { type Command, Option } from "commander";
import { SEVERITIES, type Severity } from "../../analysis/issue.ts";
import { parseCount } from "../../cli/arguments.ts";
import { REVIEW_FORMATS, type ReviewFormat } from "../../cli/formats/formats.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { ChosenFormat, FormatFlags } from "./review_targets.ts";

export interface OutputFlags extends FormatFlags {
  /** Count the findings of each rule. */
  statistics?: boolean;
  failOn: Severity | "never";
  minScore?: number;
  maxIssues?: number;
}

/** Issues shown per file in text; the other formats are for programs and hold all. */
const SHOWN_IN_TEXT = 50;

/** How findings are shown, and which of them fail. */
export function addOutputOptions(command: Command): void {
  command
    .addOption(formatOption())
    .option("--json", "the same as --format json")
    .option(
      "-o, --output <file>",
      "write to a file; its ending tells the format: review.sarif",
      collect,
    )
    .option("--statistics", "how many findings there are of each rule, for text and JSON")
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

/** May be given several times; what is wrong with it is told when it is used. */
function formatOption(): Option {
  const option = new Option(
    "--format <name[=file]>",
    "output format, to standard output or to a file; repeat it for more",
  ).choices(REVIEW_FORMATS);
  return option.argParser(collect);
}

function collect(value: string, previous: string[] = []): string[] {
  return [...previous, value];
}

/** The formats that know of rules' counts. */
const WITH_STATISTICS: readonly ReviewFormat[] = ["text", "json", "jsonl"];

/** @throws {ToolError} for counts that no format would tell */
export function checkStatistics({ statistics }: OutputFlags, chosen: ChosenFormat[]): void {
  if (!statistics || chosen.some(({ format }) => WITH_STATISTICS.includes(format))) return;
  throw new ToolError(
    `Cannot give statistics as ${chosen.map(({ format }) => format).join(", ")}`,
    {
      hint: `add --format ${WITH_STATISTICS.join(", ")} or leave out --statistics`,
    },
  );
}

/** Issues shown per file at most; 0 for all. */
export function shownIssues({ maxIssues }: OutputFlags, format: ReviewFormat): number {
  return maxIssues ?? (format === "text" ? SHOWN_IN_TEXT : 0);
}
