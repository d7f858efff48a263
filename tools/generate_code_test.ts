import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { createScripted, type ScriptedReply } from "../models/scripted.ts";
import { ModelError } from "../models/model_error.ts";
import { tool } from "./generate_code.ts";
import { contextWith } from "./model_tool_fixture.ts";

async function generate(replies: ScriptedReply[], input: Record<string, unknown> = {}) {
  const model = createScripted(replies);
  const context = contextWith(model);
  const parsed = tool.input.parse({ description: "add two numbers", ...input });
  const output = tool.output.parse(await tool.run(parsed, context));
  return { output, model, context, text: tool.render!(output, parsed) };
}

const fence = (code: string, language = "python") => `\`\`\`${language}\n${code}\n\`\`\`\n`;
const ADD = "def add(a, b):\n    return a + b";

Deno.test("generate_code formats what the model wrote and reads its dependencies", async () => {
  const { output, model } = await generate([
    `Sure!\n${
      fence(
        "import requests, os\nimport yaml\ndef add(a,b):\n  return yaml.load(requests.get(a, timeout=1).text, yaml.SafeLoader)",
      )
    }It adds.`,
  ]);
  equal(
    output.code,
    "import requests\nimport yaml\n\n\ndef add(a, b):\n" +
      "    return yaml.load(requests.get(a, timeout=1).text, yaml.SafeLoader)\n",
  );
  deepEqual(output.dependencies, ["PyYAML", "requests"]);
  deepEqual([output.checks, output.problems], [["syntax", "bugs", "format"], []]);
  match(output.explanation, /It adds\./);
  deepEqual([output.language, output.model, model.requests.length], ["python", "scripted", 1]);
});

Deno.test("generate_code sends back what fails, once, with the finding", async () => {
  const { output, model } = await generate([
    fence("def add(a, b):\n    return a + c"),
    fence(ADD),
  ]);
  equal(output.code, `${ADD}\n`);
  equal(model.requests.length, 2);
  match(model.requests[1]!.messages.at(-1)!.content, /line 2: Undefined name `c` \(F821\)/);
});

Deno.test("generate_code tells what is left of the findings", async () => {
  const bad = fence("x = 1\ndef add(a, b):\n    return a + c");
  const { output, model, text } = await generate([bad, bad]);
  deepEqual(output.problems, ["line 5: Undefined name `c` (F821)"]);
  equal(model.requests.length, 2);
  match(text, /## Problems\n\n- line 5: Undefined name/);
});

Deno.test("generate_code fails with the reason when the code never parses", async () => {
  const broken = fence("def add(a, b:\n    return a + b");
  await rejects(generate([broken, broken]), (error) => {
    ok(error instanceof ModelError && error.fault === "unusable");
    match(error.message, /^Cannot use the reply of "scripted": its code does not parse, line 1: /);
    return true;
  });
});

Deno.test("generate_code claims nothing of languages without an engine", async () => {
  const code = 'import { z } from "zod";\nexport const a = z.string();';
  const { output, text } = await generate([fence(code, "typescript")], { language: "ts" });
  deepEqual([output.checks, output.dependencies, output.language], [[], ["zod"], "typescript"]);
  match(text, /Not checked: devmcp has no engine for typescript\./);
});

Deno.test("generate_code refuses what is no task, before it asks for a model", async () => {
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ description: " \n" }, /Cannot generate code: `description` is empty/],
    [{ description: "x".repeat(20_001) }, /has 20001 characters, more than 20000/],
  ];
  for (const [input, message] of cases) await rejects(generate([], input), { message });
  equal(tool.input.safeParse({ description: "x", language: "a\nb" }).success, false);
});

Deno.test("generate_code takes no prose for code that nothing can check", async () => {
  const { output } = await generate(["Here it is:", fence("x := 1", "go")], { language: "go" });
  equal(output.code, "x := 1\n");
  await rejects(generate(["Here it is:", "Use f(x);"], { language: "go" }), { fault: "unusable" });
});

Deno.test("generate_code without a model fails at once and says what to do", async () => {
  const started = performance.now();
  const input = tool.input.parse({ description: "x" });
  await rejects(tool.run(input, contextWith(undefined)), { hint: /doctor --fix/ });
  ok(performance.now() - started < 200);
});

Deno.test("generate_code sends the fixed part first, the same at every call", async () => {
  const [one, two] = await Promise.all([
    generate([fence(ADD)]),
    generate([fence("x = 1", "go")], { description: "other", language: "go" }),
  ]);
  const [first, second] = [one.model.requests[0]!.messages, two.model.requests[0]!.messages];
  equal(first[0]!.content, second[0]!.content);
  match(first[1]!.content, /Style: pep8\n- Task: add two numbers/);
  match(second[1]!.content, /Style: the usual one of go/);
});

Deno.test("generate_code reports progress and stops when it is told to", async () => {
  const { context: { reports } } = await generate([fence(ADD)]);
  deepEqual(reports[0], [0, 3000, "Waiting for scripted"]);
  match(reports[1]![2]!, /^scripted writes, first token after \d+\.\d s$/);
  const controller = new AbortController();
  controller.abort(new Error("enough"));
  const stopped = { ...contextWith(createScripted([fence(ADD)])), signal: controller.signal };
  await rejects(tool.run(tool.input.parse({ description: "x" }), stopped), /enough/);
});
