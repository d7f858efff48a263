import { ToolError } from "../config/tool_error.ts";
import type { App } from "./app.ts";
import type { CommandEntry } from "./command.ts";
import { reportError } from "./errors.ts";
import { renderHelp } from "./help.ts";
import { suggestion } from "../config/nearest.ts";
import { applyColor, COLOR_MODES, type ColorMode } from "./output.ts";

/**
 * Runs the command that `argv` names, and sets `app.exitCode`. Only the chosen command's module is
 * loaded; help and version of devmcp itself need none, not even commander.
 * @param argv the arguments without the program's name
 */
export async function runProgram(
  argv: string[],
  app: App,
  commands: CommandEntry[],
): Promise<void> {
  try {
    await dispatch(splitArguments(argv), app, commands);
  } catch (error) {
    app.exitCode = reportError(error, app);
  }
}

interface Split {
  help: boolean;
  version: boolean;
  debug: boolean;
  color: ColorMode;
  /** The command and what follows it. */
  words: string[];
}

async function dispatch(split: Split, app: App, commands: CommandEntry[]): Promise<void> {
  app.debug = split.debug;
  applyColor(app, split.color);
  if (split.version) return app.stdout.write(versionLine(app.version));
  const asksHelp = split.help || split.words[0] === "help";
  const [name, ...rest] = split.words[0] === "help" ? split.words.slice(1) : split.words;
  if (name === undefined || name.startsWith("-")) {
    return app.stdout.write(renderHelp(app.version, commands, app.stdout));
  }
  const entry = commands.find((one) => one.name === name) ?? unknownCommand(name, commands);
  const { runCommand } = await import("./parser.ts");
  const option = rest.findIndex((word) => word.startsWith("-"));
  const subcommands = rest.slice(0, option < 0 ? undefined : option);
  const words = asksHelp ? [...subcommands, "--help"] : rest;
  await runCommand([name, ...words], app, entry, commands);
}

/** Reads the options before the command; those after it are commander's. */
function splitArguments(argv: string[]): Split {
  const split: Split = { help: false, version: false, debug: false, color: "auto", words: [] };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === "-h" || word === "--help") split.help = true;
    else if (word === "-V" || word === "--version") split.version = true;
    else if (word === "--debug") split.debug = true;
    else if (word === "--color") split.color = colorMode(argv[++i]);
    else if (word.startsWith("--color=")) split.color = colorMode(word.slice("--color=".length));
    else if (word.startsWith("-")) unknownOption(word);
    else return { ...split, words: argv.slice(i) };
  }
  return split;
}

function colorMode(value: string | undefined): ColorMode {
  const mode = COLOR_MODES.find((one) => one === value);
  if (mode) return mode;
  const given = value === undefined ? "no value given" : `"${value}" is none of them`;
  throw new ToolError(`Cannot use --color: ${given}`, { hint: `give ${COLOR_MODES.join(", ")}` });
}

function versionLine(version: string): string {
  return `devmcp ${version} (${Deno.build.target})\n`;
}

const TOP_LEVEL = ["--help", "--version", "--color", "--debug"];

function unknownOption(option: string): never {
  throw new ToolError(
    `Cannot run devmcp with "${option}": no such option${suggestion(option, TOP_LEVEL)}`,
    { hint: 'options of a command follow it: "devmcp review --json"; "devmcp --help" lists all' },
  );
}

function unknownCommand(name: string, commands: CommandEntry[]): never {
  const names = [...commands.map((one) => one.name), "help"];
  const isFile = /[./\\]/.test(name);
  throw new ToolError(`Cannot run "${name}": no such command${suggestion(name, names)}`, {
    hint: isFile
      ? `to review a file or folder: devmcp review ${name}`
      : 'run "devmcp --help" to see all commands',
  });
}
