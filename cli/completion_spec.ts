import type { Argument, Command, Option } from "commander";
import { DependentArgument } from "./arguments.ts";

/** What may stand at a place of the command line. */
export type Values = { kind: "choices"; choices: string[] } | { kind: "files" } | { kind: "none" };

export interface OptionSpec {
  /** `--format`, `-h`. */
  flags: string[];
  description: string;
  /** Absent for an option without a value. */
  values?: Values;
}

/** A place among a command's arguments. */
export interface PlaceSpec {
  /** How many arguments stand before it. @default any number */
  after?: number;
  /** Only where the argument before it is this. @default whatever that is */
  behind?: string;
  values: Values;
}

export interface CommandSpec {
  /** Of a subcommand with the names before it: `config set`. */
  name: string;
  description: string;
  options: OptionSpec[];
  /** What its arguments may be; of a command with subcommands their names. */
  places: PlaceSpec[];
  /** Whether the next word names a subcommand. */
  isGroup: boolean;
}

/** All that a completion script knows of a program. */
export interface ProgramSpec {
  name: string;
  /** Options that stand before a command. */
  options: OptionSpec[];
  /** The subcommands follow their command. */
  commands: CommandSpec[];
}

const HELP: OptionSpec = { flags: ["-h", "--help"], description: "show help" };
const VERSION: OptionSpec = { flags: ["-V", "--version"], description: "show the version" };

/** Reads the commands, their options and values from the definitions that also parse them. */
export function completionSpec(program: Command): ProgramSpec {
  const globals = program.options.map(optionSpec);
  const commands = commandSpecs(program, [], [...globals, HELP]);
  return {
    name: program.name(),
    options: [...globals, HELP, VERSION],
    commands: [...commands, ...helpSpecs(program, commands)],
  };
}

/** Commands whose name is one word. */
export function topCommands({ commands }: ProgramSpec): CommandSpec[] {
  return commands.filter(({ name }) => !name.includes(" "));
}

/** The names of all commands with subcommands; the program itself has the empty one. */
export function groupNames({ commands }: ProgramSpec): string[] {
  return ["", ...commands.filter(({ isGroup }) => isGroup).map(({ name }) => name)];
}

/**
 * The options that take a value, each behind its command: `config set --to`. Their values are no
 * arguments.
 */
export function optionsWithValue({ options, commands }: ProgramSpec): string[] {
  return [{ name: "", options }, ...commands].flatMap(({ name, options }) =>
    options.filter(({ values }) => values).flatMap(({ flags }) =>
      flags.map((flag) => `${name} ${flag}`)
    )
  );
}

function commandSpecs(parent: Command, path: string[], common: OptionSpec[]): CommandSpec[] {
  return parent.commands.flatMap((command): CommandSpec[] => {
    const names = [...path, command.name()];
    const spec: CommandSpec = {
      name: names.join(" "),
      description: firstSentence(command.description()),
      options: [...command.options.map(optionSpec), ...common],
      places: command.registeredArguments.flatMap(placesOf),
      isGroup: false,
    };
    if (command.commands.length === 0) return [spec];
    return [asGroup(spec, command), ...commandSpecs(command, names, common)];
  });
}

function asGroup(spec: CommandSpec, { commands }: Command): CommandSpec {
  const choices = commands.map((one) => one.name());
  return { ...spec, places: [{ values: { kind: "choices", choices } }], isGroup: true };
}

/** `help` takes the names of commands, `help config` those of its subcommands. */
function helpSpecs(program: Command, commands: CommandSpec[]): CommandSpec[] {
  const help: CommandSpec = {
    name: "help",
    description: "show the help of a command",
    options: [],
    places: [],
    isGroup: false,
  };
  const groups = commands.filter(({ isGroup }) => isGroup)
    .map((group): CommandSpec => ({ ...group, name: `help ${group.name}`, options: [] }));
  return [asGroup(help, program), ...groups];
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

function placesOf(argument: Argument, index: number): PlaceSpec[] {
  if (argument instanceof DependentArgument) {
    return [...argument.choicesBehind].filter(([, choices]) => choices.length > 0)
      .map(([behind, choices]) => ({ after: index, behind, values: { kind: "choices", choices } }));
  }
  const values = valuesOf(argument);
  if (values.kind === "none") return [];
  return [argument.variadic ? { values } : { after: index, values }];
}

function valuesOf(argument: Argument): Values {
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
