import { type Command, Option } from "commander";
import type { ComplexityReport } from "../analysis/complexity.ts";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { parseCount } from "../cli/arguments.ts";
import {
  COMPLEXITY_FORMATS,
  type ComplexityFormat,
  createComplexityWriter,
} from "../cli/complexity_writer.ts";
import { ToolError } from "../config/tool_error.ts";
import { configured } from "./configured.ts";
import { addChangeOptions, type ChangeFlags, changesWanted } from "./changes_wanted.ts";
import { namesStdout } from "./names_stdout.ts";
import { type FileRun, findInputs, onFiles } from "./on_files.ts";

interface ComplexityFlags extends ChangeFlags {
  format: ComplexityFormat;
  json?: boolean;
  html?: string;
  max?: number;
  top?: number;
  stdinFilename?: string;
  jobs?: number;
}

export function define(command: Command, app: App): void {
  command
    .argument("[paths...]", 'files, folders, globs, or "-" for standard input', ["."])
    .addOption(
      new Option("--format <format>", "output format").choices(COMPLEXITY_FORMATS).default("text"),
    )
    .option("--json", "the same as --format json")
    .option("--html <file>", 'a page to look at, in a file; "-": standard output')
    .option(
      "--max <n>",
      "exit with 1 when a function's cyclomatic complexity is above this",
      parseCount(1),
    )
    .option("--top <n>", "functions shown as text, 0 for all", parseCount(0), 50);
  addChangeOptions(command, "only functions with lines that were added or changed");
  command
    .option("--stdin-filename <path>", 'the name of what comes through "-"')
    .option("--jobs <n>", "workers at most (default: one per processor)", parseCount(1, 256))
    .action((paths: string[], flags: ComplexityFlags) => complexity(paths, flags, command, app));
  addExamples(command, [
    ["devmcp complexity src", "the most complex functions first"],
    ["devmcp complexity --max 10 .", "exit with 1 if a function is above"],
    ["devmcp complexity --format csv . > c.csv", "all, for a spreadsheet"],
    ["devmcp complexity --html report.html .", "a page with a map of the code"],
  ]);
}

async function complexity(
  paths: string[],
  given: ComplexityFlags,
  command: Command,
  app: App,
): Promise<void> {
  const { fail_above: limit } = (await configured(app))?.values.complexity ?? {};
  const flags = { ...given, max: given.max ?? (limit || undefined) };
  const format = formatOf(flags, command);
  const writer = await createComplexityWriter(format, app, { max: flags.max, top: flags.top });
  const run: FileRun = {
    operands: paths,
    verb: "Measuring",
    purpose: "measure",
    onProblem(path, problem) {
      writer.problem(path, problem);
      page?.problem(path, problem);
    },
    changes: changesWanted(flags, command),
    ...flags,
  };
  const page = await openPage(flags, run, app);
  try {
    const inputs = await findInputs(app, run);
    const jobs = inputs.map((input) => ({ kind: "complexity" as const, ...input }));
    for await (const { path, value } of onFiles<ComplexityReport>(app, run, jobs)) {
      writer.file(path, value);
      page?.file(path, value);
      if (exceeds(value, flags.max)) app.exitCode ||= 1;
    }
    writer.end();
    await page?.end(inputs);
  } finally {
    await page?.drop();
  }
}

/**
 * A page stands for the table, but not for a format that is asked for.
 *
 * @throws {ToolError} when both are to go to standard output
 */
function formatOf({ json, format, html }: ComplexityFlags, command: Command) {
  const isGiven = json || command.getOptionValueSource("format") === "cli";
  if (isGiven && html !== undefined && namesStdout(html)) {
    throw new ToolError("Cannot write a page and another format to standard output", {
      hint: "give the page a file: --html report.html",
    });
  }
  if (html !== undefined && !isGiven) return undefined;
  return json ? "json" : format;
}

/** Its code is loaded only when a page is asked for. */
async function openPage({ html, max }: ComplexityFlags, run: FileRun, app: App) {
  if (html === undefined) return undefined;
  const { openHtmlReport } = await import("./complexity/html_report.ts");
  return await openHtmlReport(app, html, run, max);
}

function exceeds({ functions }: ComplexityReport, max = Infinity): boolean {
  return functions.some(({ cyclomatic }) => cyclomatic > max);
}
