import type { Command } from "commander";
import { ToolError } from "../../config/tool_error.ts";
import type { FormatFlags } from "./review_targets.ts";

export interface BaselineFlags {
  /** The file with what is known. */
  baseline?: string;
  updateBaseline?: boolean;
}

/** What is known and need not be told. */
export function addBaselineOptions(command: Command): void {
  command
    .option("--baseline <file>", "tell only findings that are not in this file")
    .option("--update-baseline", "write no report: note all findings in the baseline");
}

/** @throws {ToolError} when a report is asked for that would be empty */
export function checkBaselineFlags(
  { updateBaseline, format, json, output, statistics }:
    & BaselineFlags
    & FormatFlags
    & { statistics?: boolean },
): void {
  if (!updateBaseline || !(format || json || output !== undefined || statistics)) return;
  throw new ToolError("Cannot write a report with --update-baseline: nothing is left to tell", {
    hint: "run it again without --update-baseline for the report",
  });
}
