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

/** A completion script for zsh, to be sourced or put into a folder of `$fpath` as `_devmcp`. */
export function zshCompletion(program: ProgramSpec): string {
  const { name, options, commands } = program;
  return `#compdef ${name}
# ${name} completion for zsh. Load it with: source <(${name} completions zsh)
_${name}() {
  local current=\${words[CURRENT]} previous=\${words[CURRENT - 1]} command="" count=0 last="" word i
  local -a commands options
  for ((i = 2; i < CURRENT; i++)); do
    word=\${words[i]}
    case "$command $word" in
      ${optionsWithValue(program).map(quote).join(" | ")}) ((i++)); continue ;;
    esac
    case $word in -*) continue ;; esac
    case $command in
      ${groupNames(program).map(quote).join(" | ")}) command="\${command:+$command }$word" ;;
      *) last=$word; ((count++)) ;;
    esac
  done
  if [[ $current == --*=* ]]; then
    previous=\${current%%=*}
    compset -P '*='
  fi
  case "$command $previous" in
${
    commands.flatMap((command) => command.options.map((one) => valueCase(command.name, one))).join(
      "",
    )
  }${options.map((one) => valueCase("", one)).join("")}  esac
  case "$command" in
    "")
      options=(${described(options)})
      commands=(${topCommands(program).map((one) => entry(one.name, one.description)).join(" ")})
      if [[ $current == -* ]]; then
        _describe -o option options
      else
        _describe command commands
      fi ;;
${commands.map(commandCase).join("")}  esac
}

if [[ \${funcstack[1]} == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${name}
fi
`;
}

function valueCase(command: string, { flags, values }: OptionSpec): string {
  if (!values) return "";
  const patterns = flags.map((flag) => quote(`${command} ${flag}`)).join(" | ");
  return `    ${patterns}) ${offerValues(values)}; return ;;\n`;
}

function commandCase({ name, options, places }: CommandSpec): string {
  return `    ${quote(name)})
      options=(${described(options)})
      if [[ $current == -* ]]; then
        _describe -o option options
      else
        case "$count $last" in
${places.map(placeCase).join("")}        esac
      fi ;;
`;
}

function placeCase({ after, behind, values }: PlaceSpec): string {
  const pattern = `${after ?? "*"}\\ ${behind === undefined ? "*" : quote(behind)}`;
  return `          ${pattern}) ${offerValues(values)} ;;\n`;
}

function offerValues(values: Values): string {
  if (values.kind === "files") return "_files";
  if (values.kind === "none") return ":";
  return `compadd -- ${values.choices.map(quote).join(" ")}`;
}

function described(options: OptionSpec[]): string {
  return options.flatMap(({ flags, description }) => flags.map((flag) => entry(flag, description)))
    .join(" ");
}

/** `name:description` as `_describe` reads it: a colon or backslash of the name is escaped. */
function entry(name: string, description: string): string {
  return quote(`${name.replace(/[\\:]/g, "\\$&")}:${description.replaceAll("\\", "\\\\")}`);
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
