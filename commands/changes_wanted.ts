import { type Command, Option } from "commander";

/** Which changes a command is about, and how much of the changed files. */
export interface ChangesWanted {
  /** What is staged, as it is staged; else the work tree. */
  staged: boolean;
  /** What the work tree is compared with. @default "HEAD" */
  revision?: string;
  /** Whether only what lies on changed lines counts. */
  linesOnly: boolean;
  /** Files, folders and globs; none for all of the repository. */
  operands: string[];
}

export interface ChangeFlags {
  staged?: boolean;
  diff?: string | true;
  changedLines?: boolean;
}

/** Adds the options that choose files, and lines, by what git says has changed. */
export function addChangeOptions(command: Command, lines: string): void {
  command
    .addOption(
      new Option("--staged", "only files that are staged, as they are staged").conflicts("diff"),
    )
    .option(
      "--diff [rev]",
      'only files that differ from a revision; "main..." is where this branch left main (default: HEAD)',
    )
    .option("--changed-lines", lines);
}

/** Undefined when no change is asked for. */
export function changesWanted(
  { staged = false, diff, changedLines: linesOnly = false }: ChangeFlags,
  { args }: Command,
): ChangesWanted | undefined {
  if (!staged && diff === undefined && !linesOnly) return undefined;
  const revision = typeof diff === "string" ? diff : undefined;
  return { staged, revision, linesOnly, operands: args };
}
