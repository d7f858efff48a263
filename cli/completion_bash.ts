import {
  type CommandSpec,
  groupNames,
  type OptionSpec,
  optionsWithValue,
  type PlaceSpec,
  type ProgramSpec,
  topCommands,
  type Values,
} from "./completion_spec.ts";

/**
 * A completion script for bash 3.2 and later, without the bash-completion package. File names come
 * from bash's own completion, which runs when the function offers nothing.
 */
export function bashCompletion(program: ProgramSpec): string {
  const { name, options, commands } = program;
  return `# ${name} completion for bash. Load it with: source <(${name} completions bash)
_${name}_offer() {
  local current=$1 word
  shift
  for word in "$@"; do
    if [[ $word == "$current"* ]]; then
      printf -v word %q "$word"
      COMPREPLY+=("$word")
    fi
  done
}

_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command="" count=0 last="" word i
  COMPREPLY=()
  # bash splits --option=value at the equals sign.
  if [[ $current == "=" ]]; then
    current=""
  elif [[ $previous == "=" ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "$command $word" in
      ${optionsWithValue(program).map(quote).join(" | ")})
        [[ \${COMP_WORDS[i + 1]} == "=" ]] && ((i++))
        ((i++))
        continue ;;
    esac
    case $word in -* | "=") continue ;; esac
    case $command in
      ${groupNames(program).map(quote).join(" | ")}) command="\${command:+$command }$word" ;;
      *) last=$word; ((count++)) ;;
    esac
  done
  case "$command $previous" in
${[...commands].flatMap(valueCases).join("")}${
    options.map((option) => valueCase("", option)).join("")
  }  esac
  case "$command" in
    "") _${name}_offer "$current" ${startWords(options, topCommands(program))} ;;
${commands.map((command) => commandCase(name, command)).join("")}  esac
}

complete -o bashdefault -o default -F _${name} ${name}
`;

  function valueCases(command: CommandSpec): string[] {
    return command.options.map((option) => valueCase(command.name, option));
  }

  function valueCase(command: string, { flags, values }: OptionSpec): string {
    if (!values) return "";
    const patterns = flags.map((flag) => quote(`${command} ${flag}`)).join(" | ");
    return `    ${patterns}) ${offerValues(name, values)}return ;;\n`;
  }
}

/** A dash shows the options; without one the commands come first. */
function startWords(options: OptionSpec[], commands: CommandSpec[]): string {
  return [...commands.map((command) => command.name), ...options.flatMap(({ flags }) => flags)]
    .map(quote).join(" ");
}

function commandCase(name: string, { name: command, options, places }: CommandSpec): string {
  const flags = options.flatMap((option) => option.flags).map(quote).join(" ");
  const offerFlags = flags ? `_${name}_offer "$current" ${flags}` : ":";
  return `    ${quote(command)})
      if [[ $current == -* ]]; then
        ${offerFlags}
      else
        case "$count $last" in
${places.map((place) => placeCase(name, place)).join("")}        esac
      fi ;;
`;
}

function placeCase(name: string, { after, behind, values }: PlaceSpec): string {
  const pattern = `${after ?? "*"}\\ ${behind === undefined ? "*" : quote(behind)}`;
  return `          ${pattern}) ${offerValues(name, values)};;\n`;
}

function offerValues(name: string, values: Values): string {
  if (values.kind !== "choices") return "";
  return `_${name}_offer "$current" ${values.choices.map(quote).join(" ")}; `;
}

/** A word that the shell takes as it is. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
