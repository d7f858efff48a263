import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type FakeApp, fakeApp, RecordedOutput } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";
import { tools } from "../tools/mod.ts";
import { fakeTool } from "./fake_tool.ts";

async function run(...argv: string[]) {
  return await runWith(fakeApp({ tools: [fakeTool] }), argv);
}

async function runWith(app: FakeApp, argv: string[]) {
  const entry = { name: "tools", summary: "list tools", load: () => import("./tools.ts") };
  await runProgram(["tools", ...argv], app, [entry]);
  return { out: app.stdout.text, err: app.stderr.text, code: app.exitCode };
}

Deno.test("tools lists the tools, as JSON too", async () => {
  equal((await run()).out, "  count_words  Count the words of a text.\n");
  deepEqual(JSON.parse((await run("--json")).out), {
    version: 1,
    tools: [{
      name: "count_words",
      title: "Count words",
      summary: "Count the words of a text.",
      effects: "none",
    }],
  });
});

Deno.test("tools shows what one tool takes and gives", async () => {
  for (const name of ["count_words", "count-words"]) {
    equal(
      (await run(name)).out,
      `count_words

Count the words of a text.
Effects: none

Takes:
  code       The text [string]
  language   Its language [en | de, default "en"]
  max_words  How many at most [integer, default 9]
  loud       In capitals [boolean, default false]

Gives:
  words  The words [list of string]
`,
    );
  }
  const { input, output } = JSON.parse((await run("count_words", "--json")).out);
  deepEqual([input.type, Object.keys(output.properties)], ["object", ["words"]]);
});

Deno.test("tools fits a narrow terminal", async () => {
  const stdout = () => new RecordedOutput({ isTerminal: true, columns: 40 });
  for (const argv of [[], ...tools.map(({ name }) => [name])]) {
    const { out } = await runWith(fakeApp({ tools, stdout: stdout() }), argv);
    for (const line of out.split("\n")) ok(line.length <= 40, line);
  }
});

Deno.test("tools names the nearest of an unknown tool", async () => {
  const { err, code } = await run("count_word");
  match(err, /^devmcp: Cannot show "count_word": no such tool; did you mean "count_words"\?\n/);
  equal(code, 2);
});
