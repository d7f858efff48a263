import type { Argument, Command, Option } from "commander";

/** What may stand at a place of the command line. */
export type Values = { kind: "choices"; choices: string[] } | { kind: "files" } | { kind: "none" };

export interface OptionSpec {
  /** `--format`, `-h`. */
  flags: string[];
  description: string;
  /** Absent for an option without a value. */
  values?: Values;
}

export interface CommandSpec {
  name: string;
  description: string;
  options: OptionSpec[];
  /** What its arguments may be. */
  values: Values;
}

/** All that a completion script knows of a program. */
export interface ProgramSpec {
  name: string;
  /** Options that stand before a command. */
  options: OptionSpec[];
  commands: CommandSpec[];
}

const HELP: OptionSpec = { flags: ["-h", "--help"], description: "show help" };
const VERSION: OptionSpec = { flags: ["-V", "--version"], description: "show the version" };

/** Reads the commands, their options and values from the definitions that also parse them. */
export function completionSpec(program: Command): ProgramSpec {
  const globals = program.options.map(optionSpec);
  const commands = program.commands.map((command): CommandSpec => ({
    name: command.name(),
    description: firstSentence(command.description()),
    options: [...command.options.map(optionSpec), ...globals, HELP],
    values: valuesOf(command.registeredArguments.at(0)),
  }));
  const names = commands.map(({ name }) => name);
  const help: CommandSpec = {
    name: "help",
    description: "show the help of a command",
    options: [],
    values: { kind: "choices", choices: names },
  };
  return {
    name: program.name(),
    options: [...globals, HELP, VERSION],
    commands: [...commands, help],
  };
}

function optionSpec(option: Option): OptionSpec {
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    description: firstSentence(option.description),
    ...option.required || option.optional ? { values: placeholderValues(option) } : {},
  };
}

function placeholderValues({ flags, argChoices }: Option): Values {
  if (argChoices) return { kind: "choices", choices: argChoices };
  return namesFile(/[<[]([^>\]]+)/.exec(flags)?.[1] ?? "");
}

function valuesOf(argument: Argument | undefined): Values {
  if (!argument) return { kind: "none" };
  if (argument.argChoices) return { kind: "choices", choices: argument.argChoices };
  return namesFile(argument.name());
}

/** A placeholder tells what it stands for: `<path>`, `[paths...]`, `<folder>`. */
function namesFile(placeholder: string): Values {
  return { kind: /^(file|path|folder|dir)/.test(placeholder) ? "files" : "none" };
}

/** Completion menus have one line per entry. */
function firstSentence(text: string): string {
  return text.split(/[\n;]|\. /)[0]!;
}
