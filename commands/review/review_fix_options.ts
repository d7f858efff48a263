import type { Command } from "commander";
import { ToolError } from "../../config/tool_error.ts";
import type { BaselineFlags } from "./review_baseline_options.ts";
import type { FormatFlags } from "./review_targets.ts";

export interface FixFlags {
  /** Apply fixes. */
  fix?: boolean;
  /** Also those that may change what a program does. */
  unsafeFixes?: boolean;
  /** Show what would be changed, and write nothing. */
  dryRun?: boolean;
}

/** What is mended. */
export function addFixOptions(command: Command): void {
  command
    .option("--fix", "apply safe fixes, and report what is left")
    .option("--unsafe-fixes", "with --fix: also fixes that may change what a program does")
    .option(
      "--dry-run",
      "with --fix: write nothing, show the difference; exit with 1 if there is one",
    );
}

type Flags =
  & FixFlags
  & BaselineFlags
  & FormatFlags
  & { staged?: boolean; statistics?: boolean };

/** @throws {ToolError} for flags that contradict each other */
export function checkFixFlags(flags: Flags, paths: readonly string[]): void {
  const { fix, unsafeFixes, dryRun, staged, updateBaseline } = flags;
  if (!fix) {
    const alone = unsafeFixes ? "--unsafe-fixes" : dryRun ? "--dry-run" : undefined;
    if (alone) throw new ToolError(`Cannot use ${alone} without --fix`, { hint: "add --fix" });
    return;
  }
  if (staged) {
    throw new ToolError("Cannot fix what is staged: fixes are made in the work tree", {
      hint: "use --fix with --diff, then git add",
    });
  }
  if (paths.includes("-")) {
    throw new ToolError("Cannot fix standard input", { hint: "name a file" });
  }
  if (updateBaseline) {
    throw new ToolError("Cannot fix and update the baseline at once", {
      hint: "run --fix first, then --update-baseline",
    });
  }
  if (dryRun && (flags.format || flags.json || flags.output !== undefined || flags.statistics)) {
    throw new ToolError("Cannot write a report with --dry-run: it shows the difference", {
      hint: "leave out either of the two",
    });
  }
}
