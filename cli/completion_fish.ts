import {
  type CommandSpec,
  groupNames,
  type OptionSpec,
  type ProgramSpec,
  topCommands,
  type Values,
} from "./completion_spec.ts";

/** A completion script for fish 3. */
export function fishCompletion(program: ProgramSpec): string {
  const { name, options, commands } = program;
  const at = (command: string) =>
    `complete -c ${name} -n ${quote(`__${name}_at ${quote(command)}`)}`;
  return [
    `# ${name} completion for fish. Load it with: ${name} completions fish | source`,
    commandFunctions(program),
    `complete -c ${name} -f`,
    ...topCommands(program).map((one) =>
      `${at("")} -a ${word(one.name)} -d ${quote(one.description)}`
    ),
    ...options.map((option) => `${at("")} ${optionArguments(option)}`),
    ...commands.flatMap((command) => commandLines(at(command.name), command)),
    "",
  ].join("\n");
}

/** `__devmcp_at review` is true where the command is review; `__devmcp_at ''` before a command. */
function commandFunctions(program: ProgramSpec): string {
  const { name, options } = program;
  const withValue = options.filter((option) => option.values).flatMap((option) => option.flags);
  return `function __${name}_command
    set -l skip 0
    set -l command
    for word in (commandline -opc)[2..]
        if test $skip = 1
            set skip 0
            continue
        end
        switch $word
            case ${withValue.map(quote).join(" ")}
                set skip 1
            case '-*'
            case '*'
                set -a command $word
                contains -- "$command" ${groupNames(program).map(quote).join(" ")}; or break
        end
    end
    echo "$command"
end
function __${name}_at
    set -l command (__${name}_command)
    test "$command" = "$argv[1]"
end`;
}

function commandLines(within: string, { options, values }: CommandSpec): string[] {
  return [
    ...options.map((option) => `${within} ${optionArguments(option)}`),
    ...values.kind === "none" ? [] : [`${within} ${valueArguments(values)}`],
  ];
}

function optionArguments({ flags, description, values }: OptionSpec): string {
  const names = flags.map((flag) =>
    flag.startsWith("--") ? `-l ${word(flag.slice(2))}` : `-s ${word(flag.slice(1))}`
  );
  const value = values ? [values.kind === "files" ? "-r" : "-x", valueArguments(values)] : [];
  return [...names, ...value, `-d ${quote(description)}`].filter(Boolean).join(" ");
}

function valueArguments(values: Values): string {
  if (values.kind === "files") return "-F";
  return values.kind === "none" ? "" : `-a ${quote(values.choices.map(escape).join(" "))}`;
}

/** `-a` is expanded again by fish, so what is special there is escaped before it is quoted. */
function word(text: string): string {
  return quote(escape(text));
}

function escape(text: string): string {
  return text.replace(/[^\w.-]/gu, "\\$&");
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
