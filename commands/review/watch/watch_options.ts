import type { Command } from "commander";
import { ToolError } from "../../../config/tool_error.ts";
import type { ChosenFormat } from "../review_targets.ts";

export interface WatchFlags {
  /** Review again whenever something changes. */
  watch?: boolean;
}

export function addWatchOptions(command: Command): void {
  command.option("--watch", "stay, and show the current findings again after each save");
}

type Flags = WatchFlags & { fix?: boolean; updateBaseline?: boolean };

/** The formats of which several may follow one another. */
const ENDLESS: readonly string[] = ["text", "jsonl"];

/** @throws {ToolError} for what makes no sense with `--watch` */
export function checkWatchFlags(
  { watch, fix, updateBaseline }: Flags,
  paths: readonly string[],
  chosen: readonly ChosenFormat[],
): void {
  if (!watch) return;
  if (paths.includes("-")) {
    throw new ToolError("Cannot watch standard input", { hint: "name a file or folder" });
  }
  const other = fix ? "--fix" : updateBaseline ? "--update-baseline" : undefined;
  if (other) {
    throw new ToolError(
      `Cannot use ${other} with --watch: files would change while they are edited`,
      {
        hint: "run it on its own",
      },
    );
  }
  const told = chosen.find(({ file, format }) => file === undefined && !ENDLESS.includes(format));
  if (!told) return;
  const { format } = told;
  throw new ToolError(
    `Cannot watch as ${format} on standard output: one report would follow another`,
    {
      hint: `write it to a file, replaced after each save: --format ${format}=FILE`,
    },
  );
}
