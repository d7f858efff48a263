import { deepEqual, equal, match } from "node:assert/strict";
import type { Command } from "commander";
import { ToolError } from "../config/tool_error.ts";
import type { App } from "./app.ts";
import { parseCount } from "./arguments.ts";
import type { CommandEntry } from "./command.ts";
import { addExamples } from "./examples.ts";
import { type FakeApp, fakeApp, RecordedOutput } from "./fake_app.ts";
import { runProgram } from "./program.ts";

const calls: unknown[] = [];

function define(command: Command, app: App): void {
  command.argument("[paths...]", "files").option("--format <format>", "how")
    .option("--max <n>", "how many", parseCount(1, 9))
    .action((paths, flags) => {
      calls.push({ paths, flags, color: app.stdout.color, debug: app.debug });
      if (paths[0] === "bad") throw new ToolError("Cannot read it", { hint: "try another" });
    });
  addExamples(command, [["devmcp review src", "reviews a folder"]]);
}

function defineGroup(command: Command): void {
  command.command("show").description("show it").action(() => void calls.push("show"));
  command.command("set").description("set it").argument("<key>")
    .action((key) => void calls.push(["set", key]));
}

function commandsOf(loaded: string[]): CommandEntry[] {
  const load = (name: string) => () => {
    loaded.push(name);
    return Promise.resolve({ define });
  };
  return [
    { name: "review", summary: "review files", load: load("review") },
    { name: "format", summary: "format files", load: load("format") },
    { name: "review-code", summary: "review code", kind: "tool", load: load("review-code") },
    {
      name: "config",
      summary: "configure",
      load: () => Promise.resolve({ define: defineGroup }),
    },
  ];
}

async function run(argv: string[], app: FakeApp = fakeApp()) {
  const loaded: string[] = [];
  calls.length = 0;
  const { stdout, stderr } = app;
  await runProgram(argv, app, commandsOf(loaded));
  return { out: stdout.text, err: stderr.text, code: app.exitCode, loaded };
}

Deno.test("runProgram() loads only the chosen command and gives it its arguments", async () => {
  const { code, loaded, err } = await run([
    "review",
    "a.py",
    "--format",
    "json",
    "b.py",
    "--max=3",
  ]);
  deepEqual([code, loaded, err], [0, ["review"], ""]);
  deepEqual(calls, [{
    paths: ["a.py", "b.py"],
    flags: { format: "json", max: 3 },
    color: false,
    debug: false,
  }]);
});

Deno.test("runProgram() shows the help of devmcp without loading a command", async () => {
  for (const argv of [[], ["--help"], ["-h"], ["help"], ["--debug"]]) {
    const { out, code, loaded } = await run(argv);
    match(out, /Usage: devmcp <command>[^]*\n {2}review +review files\n[^]*Tools[^]*review-code/);
    deepEqual([code, loaded], [0, []], argv.join(" "));
  }
});

Deno.test("runProgram() shows the help of one command", async () => {
  for (
    const argv of [["help", "review"], ["review", "--help"], ["-h", "review"], ["review", "-h"]]
  ) {
    const { out, code } = await run(argv);
    match(out, /^Usage: devmcp review \[options\] \[paths...\]\n/);
    match(
      out,
      /--format <format>[^]*Global Options:[^]*--color <when>[^]*Examples:\n {2}devmcp rev/,
    );
    equal(code, 0, argv.join(" "));
  }
});

Deno.test("runProgram() runs subcommands and shows the help of each", async () => {
  await run(["config", "set", "x"]);
  deepEqual(calls, [["set", "x"]]);
  for (
    const argv of [["config"], ["help", "config"], ["config", "--help"], ["config", "help"], [
      "help",
      "config",
      "--color",
      "never",
    ]]
  ) {
    const { out, err, code } = await run(argv);
    match(out, /^Usage: devmcp config \[options\] \[command\]\n[^]*\n {2}set <key> +set it\n/);
    deepEqual([err, code, out.includes("help [command]")], ["", 0, false], argv.join(" "));
  }
  for (
    const argv of [["help", "config", "set"], ["config", "set", "-h"], ["config", "help", "set"]]
  ) {
    const { out, code } = await run(argv);
    match(out, /^Usage: devmcp config set \[options\] <key>\n[^]*Global Options:/);
    equal(code, 0, argv.join(" "));
  }
});

Deno.test("runProgram() wraps help into a narrow terminal and styles it in colour", async () => {
  const stdout = new RecordedOutput({ columns: 44, color: true });
  const { out } = await run(["--help"], fakeApp({ stdout }));
  equal(out.includes("\x1b[1mCommands:\x1b[0m"), true);
  for (const line of out.split("\n").slice(2)) equal(line.length <= 60, true, line);
  const plain = await run(["review", "--help"]);
  equal(plain.out.includes("\x1b"), false);
});

Deno.test("runProgram() prints the version", async () => {
  match((await run(["--version"])).out, /^devmcp 0\.1\.0 \(\S+\)\n$/);
  match((await run(["-V", "review"])).out, /^devmcp 0\.1\.0/);
});

Deno.test("runProgram() answers wrong usage with one clear line and exit code 2", async () => {
  const cases: [string[], string][] = [
    [["reveiw"], 'Cannot run "reveiw": no such command; did you mean "review"?'],
    [["banana"], 'Cannot run "banana": no such command'],
    [["help", "reveiw"], 'Cannot run "reveiw": no such command; did you mean "review"?'],
    ...[["help", "config", "sett"], ["config", "sett", "--help"], ["config", "help", "sett"]].map((
      argv,
    ): [string[], string] => [
      argv,
      'Cannot run "config sett": no such command; did you mean "set"?',
    ]),
    [["\x1b[2J"], 'Cannot run "\\x1b[2J": no such command'],
    [
      ["--colour", "x"],
      'Cannot run devmcp with "--colour": no such option; did you mean "--color"?',
    ],
    [["--color"], "Cannot use --color: no value given"],
    [["--color=red"], 'Cannot use --color: "red" is none of them'],
    [
      ["review", "--formt", "json"],
      'Cannot run "review": unknown option "--formt"; did you mean "--format"?',
    ],
    [["review", "--format"], 'Cannot run "review": option "--format <format>" argument missing'],
    [
      ["review", "--max", "lots"],
      'Cannot run "review": option "--max <n>" argument "lots" is invalid. Expected a whole number, 1 to 9',
    ],
    [
      ["review", "--color", "red"],
      'Cannot run "review": option "--color <when>" argument "red" is invalid. Allowed choices are auto, always, never',
    ],
    [["review", "bad"], "Cannot read it"],
    [["config", "shw"], 'Cannot run "config": unknown command "shw"; did you mean "show"?'],
    [["config", "set"], 'Cannot run "config set": missing required argument "key"'],
    [["config", "show", "--x"], 'Cannot run "config show": unknown option "--x"'],
  ];
  for (const [argv, message] of cases) {
    const { err, out, code } = await run(argv);
    const [line, hint, ...rest] = err.split("\n");
    equal(line, `devmcp: ${message}`);
    if (hint) match(hint, /^ {2}hint: /);
    deepEqual([code, out, rest.join("")], [2, "", ""]);
  }
});

Deno.test("runProgram() points from a file's name to the review command", async () => {
  match(
    (await run(["src/app.py"])).err,
    /hint: to review a file or folder: devmcp review src\/app.py\n/,
  );
});

Deno.test("runProgram() takes global options before and after the command", async () => {
  for (
    const argv of [["--color=always", "--debug", "review"], [
      "review",
      "--debug",
      "--color",
      "always",
    ]]
  ) {
    await run(argv);
    deepEqual(calls, [{ paths: [], flags: {}, color: true, debug: true }]);
  }
  await run(
    ["review", "--color", "never"],
    fakeApp({ stdout: new RecordedOutput({ color: true }) }),
  );
  deepEqual(calls, [{ paths: [], flags: {}, color: false, debug: false }]);
});
