import { deepEqual, equal, match } from "node:assert/strict";
import { RecordedOutput } from "../cli/fake_app.ts";
import { runWithModel } from "./generated_fixture.ts";

const TASK = {
  formalized_description: "Make the import fast.",
  requirements: ["Same data"],
  steps: ["Measure", "Change"],
  estimated_complexity: "low",
};
const MARKDOWN = "Make the import fast.\n\n## Requirements\n\n- Same data\n\n" +
  "## Steps\n\n1. Measure\n2. Change\n\n**Complexity:** low\n";
const reply = JSON.stringify(TASK);

Deno.test("devmcp formalize prints Markdown, and renders it on a terminal", async () => {
  const piped = await runWithModel(["formalize", "make", "it", "fast"], [reply]);
  deepEqual([piped.app.stdout.text, piped.app.stderr.text], [MARKDOWN, ""]);
  const stdout = new RecordedOutput({ isTerminal: true });
  await runWithModel(["formalize", "make it fast"], [reply], { values: { stdout } });
  match(stdout.text, /^Make the import fast\.\n\nRequirements\n/);
});

Deno.test("devmcp formalize reads standard input and writes JSON and files", async () => {
  const argv = ["formalize", "-", "--json", "-o", "task.md", "--context", "in Go"];
  const { app, files } = await runWithModel(argv, [reply], { stdin: "make it fast\n" });
  deepEqual(JSON.parse(app.stdout.text), {
    version: 1,
    ...TASK,
    answer: "json",
    model: "scripted",
  });
  deepEqual(files, { "task.md": MARKDOWN });
});

Deno.test("devmcp formalize says in words of the command line what is wrong", async () => {
  const cases: [string[], RegExp][] = [
    [["formalize", "-", "more words"], /Cannot read "-" and other words[^]*hint: give "-" alone/],
    [["formalize", ""], /Cannot formalize the task: the request is empty/],
    [["formalize", "x", "--context", "y".repeat(20_001)], /--context has 20001 characters/],
  ];
  for (const [argv, message] of cases) {
    const { app } = await runWithModel(argv, [reply]);
    match(app.stderr.text, message);
    equal(app.exitCode, 2);
  }
});

Deno.test("devmcp formalize reads UTF-8 alone, whatever its first line says", async () => {
  const latin1 = () => Promise.resolve(new Uint8Array([0x6d, 0xe4, 0x68]));
  const { app } = await runWithModel(["formalize", "-"], [reply], {
    values: { readStdin: latin1 },
  });
  match(app.stderr.text, /invalid UTF-8 at byte 1, line 1\n {2}hint: convert it to UTF-8 first\n$/);
  const argv = ["formalize", "-"];
  const named = await runWithModel(argv, [reply], { stdin: "# coding: none\nmake it fast ü" });
  equal(named.app.exitCode, 0);
});
