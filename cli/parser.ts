import { Command, type CommanderError, Option } from "commander";
import { suggestion } from "../config/nearest.ts";
import { ToolError } from "../config/tool_error.ts";
import type { App } from "./app.ts";
import type { CommandEntry } from "./command.ts";
import { GLOBAL_OPTIONS, helpColumns, renderRow } from "./help.ts";
import { applyColor, type ColorMode } from "./output.ts";

/**
 * Commander's program with some of the commands in it, in our form of help and errors.
 * @param commands the table of all commands
 */
export async function createParser(
  app: App,
  entries: CommandEntry[],
  commands: CommandEntry[],
): Promise<Command> {
  const program = new Command("devmcp").helpCommand(false).exitOverride()
    .helpOption("-h, --help", "show this help");
  styleHelp(program, app);
  for (const option of GLOBAL_OPTIONS) program.addOption(toOption(option));
  program.on("option:color", (mode: ColorMode) => applyColor(app, mode));
  program.on("option:debug", () => app.debug = true);
  const modules = await Promise.all(entries.map((entry) => entry.load()));
  entries.forEach(({ name, summary }, i) => {
    const command = program.command(name).description(summary);
    modules[i]!.define(command, app, commands);
    command.helpCommand(false); // "devmcp help config set" is there for all
  });
  return program;
}

/** Parses `argv` and runs the command it names. Throws {@link ToolError} for a wrong usage. */
export async function runCommand(
  argv: string[],
  app: App,
  entry: CommandEntry,
  commands: CommandEntry[],
): Promise<void> {
  const program = await createParser(app, [entry], commands);
  const words = toHelp(argv, program);
  try {
    if (/^(-h|--help)$/.test(words.at(-1) ?? "")) refuseUnknown(words.slice(0, -1), program);
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    if (!isCommanderError(error)) throw error;
    if (HELP_SHOWN.includes(error.code)) return;
    const name = pathOf(argv, program).join(" ");
    throw new ToolError(`Cannot run "${name}": ${tidy(error.message)}`, {
      hint: `run "devmcp help ${name}" to see what it takes`,
    });
  }
}

/** `models help pull` is `help models pull`, where "help" can be no argument. */
function toHelp(argv: string[], program: Command): string[] {
  const [name, word, ...rest] = argv;
  const isGroup = program.commands.some((one) => one.name() === name && one.commands.length > 0);
  return isGroup && word === "help" ? [name!, ...rest, "--help"] : argv;
}

/** Commander shows the help of a group whatever follows its name. */
function refuseUnknown(words: string[], program: Command): void {
  const path = pathOf(words, program);
  const group = path.reduce<Command>(
    (command, word) => command.commands.find((one) => one.name() === word)!,
    program,
  );
  const unknown = words[path.length];
  if (group.commands.length === 0 || unknown === undefined || unknown.startsWith("-")) return;
  const near = suggestion(unknown, group.commands.map((one) => one.name()));
  throw new ToolError(`Cannot run "${path.join(" ")} ${unknown}": no such command${near}`, {
    hint: `run "devmcp help ${path.join(" ")}" to see its commands`,
  });
}

/** Asked for, or by a command that does nothing without one of its subcommands. */
const HELP_SHOWN = ["commander.helpDisplayed", "commander.help"];

/** The names of the command that `argv` means: `config set`, as far as there are such commands. */
function pathOf(argv: string[], program: Command): string[] {
  const path: string[] = [];
  let command: Command | undefined = program;
  for (const word of argv.filter((word) => !word.startsWith("-"))) {
    command = command.commands.find((one) => one.name() === word);
    if (!command) break;
    path.push(word);
  }
  return path;
}

function toOption({ flags, description, choices, fallback }: (typeof GLOBAL_OPTIONS)[number]) {
  const option = new Option(flags, description);
  if (fallback) option.default(fallback);
  return choices ? option.choices(choices) : option;
}

function styleHelp(program: Command, app: App): void {
  const bold = (text: string) => `\x1b[1m${text}\x1b[0m`;
  program
    .configureOutput({
      writeOut: (text) => app.stdout.write(text),
      writeErr: (text) => app.stdout.write(text), // the help of a command that has only subcommands
      outputError: () => {}, // reportError prints it
      getOutHelpWidth: () => helpColumns(app.stdout),
      getOutHasColors: () => app.stdout.color,
      getErrHelpWidth: () => helpColumns(app.stdout),
      getErrHasColors: () => app.stdout.color,
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: bold,
      minWidthToWrap: 1,
      // Its own leaves lines as long as they are where a term is long or the terminal narrow.
      formatItem: (term, width, description) =>
        renderRow([term, description], width, helpColumns(app.stdout)).trimEnd(),
    });
}

/** Commander's message as a clause of ours. */
function tidy(message: string): string {
  return message
    .replace(/^error: /, "")
    .replace(/\n\(Did you mean (\S+)\?\)$/, '; did you mean "$1"?')
    .replace(/\n\(Did you mean (.*)\)$/, "; did you mean $1")
    .replace(/'([^']*)'/g, '"$1"')
    .replace(/\.$/, "");
}

/** By its code: a class from another copy of the module would not be an instance of ours. */
function isCommanderError(error: unknown): error is CommanderError {
  const { code } = error as { code?: unknown };
  return error instanceof Error && typeof code === "string" && code.startsWith("commander.");
}
