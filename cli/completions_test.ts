import { deepEqual, equal, ok } from "node:assert/strict";
import { Argument, Command, Option } from "commander";
import { DependentArgument } from "./arguments.ts";
import { bashCompletion } from "./completion_bash.ts";
import { fishCompletion } from "./completion_fish.ts";
import { completionSpec } from "./completion_spec.ts";
import { zshCompletion } from "./completion_zsh.ts";

function program(): Command {
  const root = new Command("devmcp")
    .addOption(new Option("--color <when>", "colours").choices(["auto", "always", "never"]));
  root.command("review").description("review files; and more").argument("[paths...]")
    .addOption(
      new Option("--format <format>", 'it\'s [a]: "$(touch owned)"').choices(["text", "json"]),
    )
    .option("-o, --output <file>", "where to").option("--max <n>", "how many").option(
      "--fast",
      "hurry",
    )
    .addOption(new Option("--odd <x>").choices(["a b", "$(touch owned)", "it's"]));
  root.command("review-code").description("review code");
  const config = root.command("config").description("the configuration");
  config.command("show").description("show it").option("--json", "as JSON");
  const set = config.command("set").addOption(new Option("--to <x>").choices(["user"]))
    .addArgument(new Argument("<key>").choices(["a.b", "a.c"]))
    .addArgument(
      new DependentArgument("<value>", "", new Map([["a.b", ["on", "it's"]], ["a.c", []]])),
    );
  set.option("--server <url>");
  const use = config.command("use").addArgument(new Argument("<role>").choices(["code", "chat"]));
  use.argument("<name>");
  root.command("completions").addArgument(new Argument("<shell>").choices(["bash", "zsh"]));
  return root;
}

const spec = completionSpec(program());

Deno.test("completionSpec() reads commands, options and values from the definitions", () => {
  deepEqual(
    spec.commands.map(({ name, description, places }) => [
      name,
      description,
      ...places.map(({ after, behind, values }) => [values.kind, after, behind]),
    ]),
    [
      ["review", "review files", ["files", undefined, undefined]],
      ["review-code", "review code"],
      ["config", "the configuration", ["choices", undefined, undefined]],
      ["config show", "show it"],
      ["config set", "", ["choices", 0, undefined], ["choices", 1, "a.b"]],
      ["config use", "", ["choices", 0, undefined]],
      ["completions", "", ["choices", 0, undefined]],
      ["help", "show the help of a command", ["choices", undefined, undefined]],
      ["help config", "the configuration", ["choices", undefined, undefined]],
    ],
  );
  deepEqual(
    spec.commands[0]!.options.map(({ flags, values }) => [flags.join(), values?.kind]),
    [
      ["--format", "choices"],
      ["-o,--output", "files"],
      ["--max", "none"],
      ["--fast", undefined],
      ["--odd", "choices"],
      ["--color", "choices"],
      ["-h,--help", undefined],
    ],
  );
});

/** Runs a script in a shell in an empty folder with one file; undefined when there is no such shell. */
async function runShell(
  shell: string,
  args: string[],
  script: string,
): Promise<string | undefined> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/app.py`, "");
    await Deno.writeTextFile(`${folder}/script`, script);
    const command = new Deno.Command(shell, { args: [...args, "script"], cwd: folder });
    const { stdout, stderr } = await command.output();
    equal(new TextDecoder().decode(stderr), "");
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    ok(!names.includes("owned"), "a description or choice was run");
    return new TextDecoder().decode(stdout);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const cases: [line: string, offered: string[]][] = [
  ["devmcp rev", ["review", "review-code"]],
  ["devmcp --col", ["--color"]],
  ["devmcp --color al", ["always"]],
  ["devmcp --color never rev", ["review", "review-code"]],
  ["devmcp review --f", ["--fast", "--format"]],
  ["devmcp review --format j", ["json"]],
  ["devmcp review --format=j", ["json"]],
  ["devmcp review x.py --color n", ["never"]],
  ["devmcp completions ", ["bash", "zsh"]],
  ["devmcp help revi", ["review", "review-code"]],
  ["devmcp conf", ["config"]],
  ["devmcp config s", ["set", "show"]],
  ["devmcp --color never config --color auto s", ["set", "show"]],
  ["devmcp config show --j", ["--json"]],
  ["devmcp config set --to ", ["user"]],
  ["devmcp config set x --t", ["--to"]],
  ["devmcp help config s", ["set", "show"]],
  ["devmcp config set ", ["a.b", "a.c"]],
  ["devmcp config set --to user a.", ["a.b", "a.c"]],
  ["devmcp config set a.b o", ["on"]],
  ["devmcp config set --server http a.b --color never o", ["on"]],
  ["devmcp config use ", ["chat", "code"]],
];

/** Nothing of ours stands here. */
const nothing = [
  "devmcp config set a.c o",
  "devmcp config use code c",
  "devmcp config set a.b on o",
];

Deno.test("bashCompletion() works in bash", async () => {
  const calls = [...cases.map(([line]) => line), ...nothing].map((line) => {
    const words = line.split(/ |(=)/).filter((word) => word !== undefined);
    return `COMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")})
COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _devmcp
printf '%s\\n' "\${COMPREPLY[@]}" | sort | paste -sd,`;
  });
  const files = 'COMP_WORDS=(devmcp review ap); COMP_CWORD=2; _devmcp; echo "${#COMPREPLY[@]}"';
  const odd = 'COMP_WORDS=(devmcp review --odd ""); COMP_CWORD=3; _devmcp; echo "${COMPREPLY[*]}"';
  const script = [bashCompletion(spec), ...calls, files, odd, "complete -p devmcp"].join("\n");
  const out = await runShell("bash", ["--norc", "--noprofile"], script);
  if (out === undefined) return;
  deepEqual(out.trimEnd().split("\n"), [
    ...cases.map(([, offered]) => offered.join(",")),
    ...nothing.map(() => ""),
    "0", // nothing of ours: bash's own completion of file names follows
    "a\\ b \\$\\(touch\\ owned\\) it\\'s",
    "complete -o bashdefault -o default -F _devmcp devmcp",
  ]);
});

Deno.test("fishCompletion() works in fish", async () => {
  const calls = cases.map(([line]) => `complete -C "${line}" | cut -f1 | sort | string join ,`);
  const files = 'complete -C "devmcp review ap"\ncomplete -C "devmcp review -o ap"';
  const odd = 'complete -C "devmcp review --odd " | cut -f1 | sort | string join ,';
  const none = nothing.map((line) => `complete -C "${line}"`);
  const script = [fishCompletion(spec), ...calls, ...none, files, odd].join("\n");
  const out = await runShell("fish", ["--no-config"], script);
  if (out === undefined) return;
  deepEqual(out.trimEnd().split("\n"), [
    ...cases.map(([line, offered]) =>
      offered.map((one) => line.includes("=") ? `--format=${one}` : one).join(",")
    ),
    "app.py",
    "app.py",
    "$(touch owned),a b,it's",
  ]);
});

/**
 * Types each line and a tab into an interactive zsh. Its compadd notes what matched, as the real one
 * sees it; the calls that only sort or filter for the completion system do not count.
 */
function zshScript(lines: string[]): string {
  return `
zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell 'PS1= PS2= TERM=dumb; setopt no_list_beep; bindkey -e; autoload -Uz compinit; compinit -u -D; source ./completion; source ./spy'
zpty -w shell 'print ready > ready'
while [[ ! -e ready ]]; do sleep 0.05; done
${lines.map((line) => `zpty -w -n shell '${line}'$'\\t\\x15'`).join("\n")}
zpty -w shell 'print done > done'
while [[ ! -e done ]]; do sleep 0.05; done
zpty -d shell
[[ -e out ]] && cat out
`;
}

const ZSH_SPY = `compadd() {
  local -a found
  local LC_ALL=C
  if [[ "$*" != *-[OAD]* ]]; then
    builtin compadd -O found "$@"
    (( \${#found} )) && print -r -- "\${words[*]}: \${(pj: | :)\${(@o)found}}" >> out
  fi
  builtin compadd "$@"
}
`;

Deno.test("zshCompletion() works in zsh", async () => {
  const extra: typeof cases = [
    ["devmcp review ap", ["app.py"]],
    ["devmcp review --output ap", ["app.py"]],
    ["devmcp review --odd ", ["$(touch owned)", "a b", "it's"]],
  ];
  const all = [...cases, ...extra];
  const files = { completion: zshCompletion(spec), spy: ZSH_SPY };
  const script = Object.entries(files)
    .map(([name, text]) => `cat > ${name} <<'END'\n${text}\nEND\n`).join("") +
    zshScript([...all.map(([line]) => line), ...nothing]);
  const out = await runShell("zsh", ["-f"], script);
  if (out === undefined) return;
  deepEqual(
    out.trimEnd().split("\n"),
    all.map(([line, offered]) => `${line}: ${[...offered].sort().join(" | ")}`),
  );
});
