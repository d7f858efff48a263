import { type Command, Option } from "commander";
import type { App, Output } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { parseCount } from "../cli/arguments.ts";
import { writeDiff } from "../cli/diff_text.ts";
import type { FileProblem } from "../cli/json_files.ts";
import { sanitize, toJson } from "../cli/sanitize.ts";
import { changesWanted } from "./changes_wanted.ts";
import type { FormattedFile } from "./jobs.ts";
import { type FileRun, findInputs, onFiles, STDIN } from "./on_files.ts";

interface FormatFlags {
  staged?: boolean;
  changed?: string | true;
  check?: boolean;
  diff?: boolean;
  json?: boolean;
  stdinFilename?: string;
  jobs?: number;
}

export function define(command: Command, app: App): void {
  command
    .argument("[paths...]", 'files, folders, globs, or "-" for standard input', ["."])
    .option("--check", "write nothing; exit with 1 when a file is not formatted")
    .option("--diff", "write nothing; show what would change, exit with 1 when something would")
    .addOption(
      new Option("--staged", "check what is staged, as it is staged; write nothing")
        .conflicts("changed"),
    )
    .option("--changed [rev]", "only files that differ from a revision (default: HEAD)")
    .option("--json", "what was changed, as JSON")
    .option("--stdin-filename <path>", 'the name of what comes through "-"')
    .option("--jobs <n>", "workers at most (default: one per processor)", parseCount(1, 256))
    .action((paths: string[], flags: FormatFlags) => format(paths, flags, command, app));
  addExamples(command, [
    ["devmcp format src", "format a folder in place"],
    ["devmcp format --check .", "for CI: exit with 1 when a file is not formatted"],
    ["devmcp format --changed", "what differs from the last commit"],
    ["devmcp format - < app.py", "standard input to standard output"],
  ]);
}

interface Changed {
  path: string;
  changes: number;
  diff?: string;
}

async function format(
  paths: string[],
  flags: FormatFlags,
  command: Command,
  app: App,
): Promise<void> {
  const dry = Boolean(flags.check || flags.diff || flags.staged);
  const problems: FileProblem[] = [];
  const run: FileRun = {
    operands: paths,
    verb: "Formatting",
    purpose: "format",
    changes: changesWanted({ staged: flags.staged, diff: flags.changed }, command),
    onProblem: (path, message) => problems.push({ path, message }),
    ...flags,
  };
  const changed: Changed[] = [];
  let files = 0;
  const inputs = await findInputs(app, run);
  const jobs = inputs.map((input) => (
    { kind: "format" as const, write: !dry, diff: Boolean(flags.diff), ...input }
  ));
  for await (const { path, value } of onFiles<FormattedFile>(app, run, jobs)) {
    files++;
    if (value.changes > 0) changed.push({ path, changes: value.changes, diff: value.diff });
    emit(path, value, flags, app, dry);
  }
  if (dry && changed.length > 0) app.exitCode ||= 1;
  if (flags.json) app.stdout.write(`${toJson({ version: 1, files, changed, problems })}\n`);
  else if (!paths.includes(STDIN)) app.stderr.write(summary(files, changed, dry));
}

function emit(path: string, file: FormattedFile, flags: FormatFlags, app: App, dry: boolean): void {
  if (flags.json) return;
  if (flags.diff) return writeDiff(file.diff ?? "", file.patch, app.stdout);
  if (file.bytes && !dry) return writeFormatted(file.bytes, app.stdout);
  if (file.changes === 0) return;
  const lines = `${file.changes} ${file.changes === 1 ? "line" : "lines"}`;
  app.stdout.write(`${dry ? "would reformat" : "reformatted"} ${sanitize(path)} (${lines})\n`);
}

/** A program gets the very bytes; a terminal must not obey what a file holds. */
function writeFormatted(bytes: Uint8Array, stdout: Output): void {
  if (!stdout.isTerminal) return stdout.writeBytes(bytes);
  stdout.write(sanitize(new TextDecoder().decode(bytes)));
}

function summary(files: number, changed: Changed[], dry: boolean): string {
  const count = (n: number) => `${n} ${n === 1 ? "file" : "files"}`;
  const same = files - changed.length;
  const done = `${count(changed.length)} ${dry ? "would be reformatted" : "reformatted"}`;
  if (files === 0) return "";
  return `${
    [changed.length > 0 && done, same > 0 && `${count(same)} already formatted`]
      .filter(Boolean).join(", ")
  }\n`;
}
