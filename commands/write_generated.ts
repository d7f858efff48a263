import { resolve, sep } from "node:path";
import type { Command } from "commander";
import type { App } from "../cli/app.ts";
import { sanitize, sanitizeLine, toJson } from "../cli/sanitize.ts";
import { ToolError } from "../config/tool_error.ts";
import { createFile, exists, refuseExisting } from "../workspace/create_file.ts";
import { refuseIrreplaceable, replaceFile } from "../workspace/replace_file.ts";
import { isSameFile } from "../workspace/same_file.ts";
import { decodeSource, decodeText } from "../workspace/source.ts";

/** The flags of every command that prints or writes what a model made. */
export interface OutputFlags {
  output?: string;
  force?: boolean;
  json?: boolean;
}

/** Adds them. */
export function addOutputFlags(command: Command): Command {
  return command
    .option("-o, --output <file>", 'write it to a file; "-": standard output (default: "-")')
    .option("--force", "replace the file when it is there already")
    .option("--json", "everything that is known of it, as JSON on standard output");
}

/**
 * Told before a model works for minutes: that the file cannot be written, is there already, or is
 * the one that the model is to read.
 *
 * @param source the file that the model is to read
 * @throws {ToolError}
 */
export async function checkOutput(app: App, flags: OutputFlags, source?: string): Promise<void> {
  const path = targetOf(app, flags);
  if (path === undefined) return;
  if (source !== undefined && await isSameFile(path, resolve(app.cwd, source))) {
    throw new ToolError(`Cannot write ${JSON.stringify(flags.output)}: it is the file to test`, {
      hint: "give another name",
    });
  }
  if (flags.force && await exists(path)) await refuseIrreplaceable(path);
  else await refuseExisting(path);
}

/** Where to write to; undefined for standard output. */
function targetOf({ cwd }: App, { output }: OutputFlags): string | undefined {
  if (output === undefined || output === "-") return undefined;
  if (output.trim() === "") {
    throw new ToolError('Cannot write "": a file has a name', {
      hint: 'give a file, or "-" for standard output',
    });
  }
  if (output.endsWith("/") || output.endsWith(sep)) {
    throw new ToolError(`Cannot write ${JSON.stringify(output)}: it names a folder`, {
      hint: "give the name of a file in it",
    });
  }
  return resolve(cwd, output);
}

/**
 * Puts a text where it was asked for: in a file, or on standard output, where a terminal does not
 * obey what is in it.
 *
 * @param output for `--json`
 * @param show how the text looks on a terminal. @default what would act on it is escaped
 */
export async function writeGenerated(
  app: App,
  text: string,
  output: Record<string, unknown>,
  flags: OutputFlags,
  show: (text: string) => string = sanitize,
): Promise<void> {
  const path = targetOf(app, flags);
  if (path !== undefined) await writeFile(path, text, flags);
  if (flags.json) return app.stdout.write(`${toJson({ version: 1, ...output }, 2)}\n`);
  if (path !== undefined) return app.stderr.write(`wrote ${sanitizeLine(flags.output!)}\n`);
  app.stdout.write(app.stdout.isTerminal ? show(text) : text);
}

async function writeFile(path: string, text: string, { force }: OutputFlags): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  if (force && await exists(path)) await replaceFile(path, bytes);
  else await createFile(path, bytes);
}

/**
 * What the arguments say, or standard input for `-`.
 *
 * @throws {ToolError} when standard input is no text, or `-` is one of several words
 */
export async function readWords(app: App, words: string[]): Promise<string> {
  if (!words.includes("-")) return words.join(" ");
  if (words.length === 1) return decodeText(await app.readStdin(MOST_STDIN), "-");
  throw new ToolError('Cannot read "-" and other words: it is one or the other', {
    hint: 'give "-" alone, or words in quotes',
  });
}

/**
 * Code from standard input, in the encoding that it names, as Python does.
 *
 * @throws {ToolError} when it is no text
 */
export async function readCode(app: App): Promise<string> {
  return decodeSource(await app.readStdin(MOST_STDIN), "-").text;
}

/** Far more than any model reads. */
const MOST_STDIN = 4 * 1024 * 1024;

/** Lines about the result, for the person: on standard error, so that the result can be piped. */
export function tell(app: App, lines: string[]): void {
  const told = lines.filter((line) => line.trim() !== "");
  if (told.length > 0) app.stderr.write(`${told.map(sanitize).join("\n")}\n`);
}

/** For messages that name the fields of a tool: the person at the terminal knows these names. */
export function nameFields(names: Record<string, string>): (text: string) => string {
  return (text) =>
    Object.entries(names).reduce(
      (told, [field, name]) => told.replaceAll(`\`${field}\``, name),
      text,
    );
}
