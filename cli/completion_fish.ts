import {
  groupNames,
  type OptionSpec,
  optionsWithValue,
  type PlaceSpec,
  type ProgramSpec,
  topCommands,
  type Values,
} from "./completion_spec.ts";

/** A completion script for fish 3. */
export function fishCompletion(program: ProgramSpec): string {
  const { name, options, commands } = program;
  const at = (...words: string[]) =>
    `complete -c ${name} -n ${quote([`__${name}_at`, ...words.map(quote)].join(" "))}`;
  return [
    `# ${name} completion for fish. Load it with: ${name} completions fish | source`,
    commandFunctions(program),
    `complete -c ${name} -f`,
    ...topCommands(program).map((one) =>
      `${at("")} -a ${word(one.name)} -d ${quote(one.description)}`
    ),
    ...options.map((option) => `${at("")} ${optionArguments(option)}`),
    ...commands.flatMap((command) => [
      ...command.options.map((option) => `${at(command.name)} ${optionArguments(option)}`),
      ...command.places.map((place) =>
        `${at(command.name, ...placePattern(place))} ${valueArguments(place.values)}`
      ),
    ]),
    "",
  ].join("\n");
}

/**
 * `__devmcp_at review` is true where the command is review, `__devmcp_at ''` before a command;
 * `__devmcp_at 'config set' '1 model.code.kind'` behind that one argument.
 */
function commandFunctions(program: ProgramSpec): string {
  const { name } = program;
  return `function __${name}_words
    set -l skip 0
    set -l command
    set -l count 0
    set -l last
    for word in (commandline -opc)[2..]
        if test $skip = 1
            set skip 0
            continue
        end
        switch "$command $word"
            case ${optionsWithValue(program).map(quote).join(" ")}
                set skip 1
                continue
            case '* -*'
                continue
        end
        if contains -- "$command" ${groupNames(program).map(quote).join(" ")}
            set -a command $word
        else
            set count (math $count + 1)
            set last $word
        end
    end
    echo "$command"
    echo "$count $last"
end
function __${name}_at
    set -l words (__${name}_words)
    test "$words[1]" = "$argv[1]"; or return
    test (count $argv) = 1; or string match -q -- "$argv[2]" "$words[2]"
end`;
}

/** For `string match`; none for any place. */
function placePattern({ after, behind }: PlaceSpec): string[] {
  return after === undefined ? [] : [`${after} ${behind?.replace(/[*?\\]/g, "\\$&") ?? "*"}`];
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
