import { resolve } from "node:path";
import type { App, Output } from "../../cli/app.ts";
import { formatOfFile, REVIEW_FORMATS, type ReviewFormat } from "../../cli/formats/formats.ts";
import { ToolError } from "../../config/tool_error.ts";
import { nearestWords } from "../../config/nearest.ts";
import { namesStdout } from "../names_stdout.ts";
import { refuseSourceName } from "../refuse_source_name.ts";
import type { ReportFile } from "../../workspace/report_file.ts";

/** A format, and the file it goes to; standard output without. */
export interface ChosenFormat {
  format: ReviewFormat;
  file?: string;
}

export interface FormatFlags {
  /** `NAME` or `NAME=FILE`, each. */
  format?: string[];
  json?: boolean;
  /** Files: for the one format that has none, or for what their names tell. */
  output?: string[];
}

const STDOUT = "-";

/**
 * What is written where. `--format NAME` goes to standard output, `--format NAME=FILE` to a file; `-o
 * FILE` takes the format that its name tells, or the only one that is given.
 *
 * @param cwd where relative paths start
 * @throws {ToolError} for an unknown format, two for standard output, or two for the same file
 */
export function chooseFormats(
  { format = [], json, output = [] }: FormatFlags,
  cwd: string,
): ChosenFormat[] {
  const given = [...format.map(parseFormat), ...json ? [{ format: "json" as const }] : []];
  const isOnly = output.length === 1;
  const chosen = output.reduce((all, file) => withOutput(all, file, isOnly), given);
  const all: ChosenFormat[] = chosen.length > 0 ? chosen : [{ format: "text" }];
  const names = all.map(({ file = STDOUT }) => namesStdout(file) ? STDOUT : file);
  const places = names.map((name) => name === STDOUT ? STDOUT : resolve(cwd, name));
  const twice = names.find((_, index) => places.indexOf(places[index]!) !== index);
  if (twice === undefined) return all.map(toStdout).map(refuseSource);
  throw new ToolError(
    `Cannot write two formats to ${twice === STDOUT ? "standard output" : JSON.stringify(twice)}`,
    { hint: "give each a file: --format sarif=review.sarif" },
  );
}

function toStdout({ format, file }: ChosenFormat): ChosenFormat {
  const isFile = file !== undefined && !namesStdout(file);
  return isFile ? { format, file } : { format };
}

function refuseSource(chosen: ChosenFormat): ChosenFormat {
  const { format, file } = chosen;
  if (file !== undefined && formatOfFile(file) === undefined) {
    refuseSourceName(file, format, `--format ${format}=FILE`);
  }
  return chosen;
}

function parseFormat(value: string): ChosenFormat {
  const [name = "", ...rest] = value.split("=");
  const file = rest.join("=");
  if (!REVIEW_FORMATS.some((known) => known === name)) throw unknownFormat(name);
  if (rest.length > 0 && file === "") {
    throw new ToolError(`Cannot write the format ${JSON.stringify(name)}: its file has no name`, {
      hint: `write --format ${name}=FILE`,
    });
  }
  return { format: name as ReviewFormat, ...file && { file } };
}

function unknownFormat(name: string): ToolError {
  const [nearest] = nearestWords(name, REVIEW_FORMATS);
  return new ToolError(`Cannot write the format ${JSON.stringify(name)}: there is none`, {
    hint: nearest ? `did you mean ${nearest}?` : `there are ${REVIEW_FORMATS.join(", ")}`,
  });
}

/** `-o` goes to the only format without a file, else, or where there are more, to what its name tells. */
function withOutput(given: ChosenFormat[], output: string, isOnly: boolean): ChosenFormat[] {
  if (output === "") {
    throw new ToolError('Cannot write to "": it is not a path', { hint: "write -o FILE" });
  }
  const open = given.filter(({ file }) => file === undefined);
  const told = formatOfFile(output);
  const taker = open.length === 1 && isOnly ? open[0] : open.find(({ format }) => format === told);
  if (taker) return given.map((one) => one === taker ? { ...one, file: output } : one);
  if ((open.length === 0 || !isOnly) && told) return [...given, { format: told, file: output }];
  throw new ToolError(`Cannot tell which format ${JSON.stringify(output)} is to have`, {
    hint: `name it: --format ${open[0]?.format ?? "junit"}=${output}`,
  });
}

/** Open files, and an {@link Output} for each format. */
export interface OpenTargets {
  outputs: Output[];
  /** The files take their names. @throws {ToolError} when the disk refuses */
  keep(): Promise<void>;
  /** What has these names stays as it was; does nothing after `keep`. */
  drop(): Promise<void>;
}

/** @throws {ToolError} when a file cannot be written; then none is */
export async function openTargets(chosen: ChosenFormat[], app: App): Promise<OpenTargets> {
  const files: ReportFile[] = [];
  const drop = async () => {
    for (const file of files) await file.drop();
  };
  try {
    const outputs: Output[] = [];
    for (const { file } of chosen) {
      if (file === undefined) outputs.push(app.stdout);
      else {
        // From here on there is something to undo after Ctrl-C.
        app.signal.throwIfAborted();
        const { openReport } = await import("../../workspace/report_file.ts");
        const report = await openReport(file, app.cwd);
        files.push(report);
        outputs.push(outputTo(report));
      }
    }
    return {
      outputs,
      drop,
      keep: async () => {
        for (const file of files) await file.keep();
      },
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

const FILE_COLUMNS = 100;

function outputTo(report: ReportFile): Output {
  const decoder = new TextDecoder();
  return {
    write: (text) => report.write(text),
    writeBytes: (bytes) => report.write(decoder.decode(bytes)),
    isTerminal: false,
    columns: FILE_COLUMNS,
    color: false,
  };
}
