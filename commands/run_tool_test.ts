import { deepEqual, equal, match } from "node:assert/strict";
import type { App } from "../cli/app.ts";
import { fakeApp } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { fakeTool } from "./fake_tool.ts";
import { toolCommand } from "./tool_command.ts";

async function run(argv: string[], values: Partial<App> = {}) {
  const openWorkspace = () => Promise.resolve({} as Workspace);
  const app = fakeApp({ openWorkspace, ...values });
  await runProgram(["count-words", ...argv], app, [toolCommand(fakeTool)]);
  return { out: app.stdout.text, err: app.stderr.text, code: app.exitCode };
}

Deno.test("toolCommand() runs a tool with flags and renders its Markdown", async () => {
  const { out, err, code } = await run(["--code", "a b c", "--max-words", "2", "--loud"]);
  equal(out, "Words\n\n- A\n- B\n");
  equal(err, "devmcp: counting\\x1b[2J\n");
  equal(code, 0);
});

Deno.test("toolCommand() prints the structured output as JSON", async () => {
  const { out } = await run(["--code", "a b", "--json"]);
  deepEqual(JSON.parse(out), { words: ["a", "b"] });
});

Deno.test("toolCommand() reads --code - from standard input", async () => {
  const readStdin = () => Promise.resolve(new TextEncoder().encode("from stdin"));
  const { out } = await run(["--code", "-", "--json"], { readStdin });
  deepEqual(JSON.parse(out), { words: ["from", "stdin"] });
});

Deno.test("toolCommand() names the flag that is wrong, and flags in the tool's own errors", async () => {
  const cases: [string[], string][] = [
    [["--max-words", "70"], "Expected a whole number, at least 1, at most 9"],
    [["--language", "fr"], "Allowed choices are en, de"],
    [["--langage", "en"], 'unknown option "--langage"; did you mean "--language"?'],
    [[], "Cannot count: --code is missing\n  hint: give --code"],
  ];
  for (const [argv, message] of cases) {
    const { out, err, code } = await run(argv);
    equal(err.includes(message), true, err);
    deepEqual([out, code], ["", 2]);
  }
});

Deno.test("toolCommand() shows the tool's flags in its help", async () => {
  match(
    (await run(["--help"])).out,
    /--max-words <n> .*default: 9[^]*devmcp count-words --code - --json/,
  );
});
