import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { createScripted, type ScriptedReply } from "../models/scripted.ts";
import { tool } from "./formalize_task.ts";
import { contextWith } from "./model_tool_fixture.ts";

async function formalize(replies: ScriptedReply[], input: Record<string, unknown> = {}) {
  const model = createScripted(replies);
  const parsed = tool.input.parse({ informal_request: "make the import fast", ...input });
  const output = tool.output.parse(await tool.run(parsed, contextWith(model)));
  return { output, model, text: tool.render!(output, parsed) };
}

function reply(steps: number, estimated_complexity = "low"): string {
  return JSON.stringify({
    formalized_description: "Make the import fast.",
    requirements: ["Same data"],
    steps: Array.from({ length: steps }, (_, index) => `Step ${index + 1}`),
    estimated_complexity,
  });
}

Deno.test("formalize_task gives what the model said", async () => {
  const { output, model, text } = await formalize([`Here it is:\n${reply(2)}`], {
    context: "in Python",
  });
  deepEqual(output, { ...JSON.parse(reply(2)), answer: "json", model: "scripted" });
  match(model.requests[0]!.messages[1]!.content, /make the import fast[^]*besides: in Python$/);
  ok(model.requests[0]!.schema);
  equal(
    text,
    "Make the import fast.\n\n## Requirements\n\n- Same data\n\n" +
      "## Steps\n\n1. Step 1\n2. Step 2\n\n**Complexity:** low",
  );
});

Deno.test("formalize_task corrects the complexity by the steps", async () => {
  const cases: [number, string, string][] = [
    [1, "high", "medium"],
    [2, "low", "low"],
    [3, "high", "high"],
    [5, "low", "low"],
    [6, "low", "medium"],
    [10, "Medium", "medium"],
    [11, "medium", "high"],
    [3, "Moderate", "medium"],
    [3, "very complex", "high"],
    [3, "not high", "low"],
    [7, "low to high", "medium"],
    [11, "unknown", "high"],
  ];
  for (const [steps, told, expected] of cases) {
    const { output } = await formalize([reply(steps, told)]);
    equal(output.estimated_complexity, expected, `${steps} steps, ${told}`);
  }
});

Deno.test("formalize_task asks again for what is missing", async () => {
  const { output, model } = await formalize(['{"steps": []}', reply(1)]);
  deepEqual([output.answer, model.requests.length], ["json", 2]);
});

Deno.test("formalize_task takes a partial answer for what it is", async () => {
  const partial = '{"steps": ["Measure"], "requirements": null}';
  const { output, model, text } = await formalize([partial, partial]);
  deepEqual(output, {
    formalized_description: "make the import fast",
    requirements: [],
    steps: ["Measure"],
    estimated_complexity: "low",
    answer: "partial",
    model: "scripted",
  });
  equal(model.requests.length, 2);
  equal(text, "make the import fast\n\n## Steps\n\n1. Measure\n\n**Complexity:** low");
});

Deno.test("formalize_task does not ask again for a complexity that the steps tell", async () => {
  const { output, model } = await formalize([reply(7, "whatever")]);
  deepEqual([output.estimated_complexity, output.answer, model.requests.length], [
    "medium",
    "json",
    1,
  ]);
});

Deno.test("formalize_task reads an answer in headings and lists, and says so", async () => {
  const text =
    "Make the import fast.\n\n**Requirements:**\n- Same data\n\n**Steps:**\n1. Measure\n";
  const { output } = await formalize([text, text]);
  deepEqual(output, {
    formalized_description: "Make the import fast.",
    requirements: ["Same data"],
    steps: ["Measure"],
    estimated_complexity: "low",
    answer: "text",
    model: "scripted",
  });
});

Deno.test("formalize_task reads the complexity of such an answer as it is meant", async () => {
  const cases = [["Quite hard", "high"], ["not high", "low"], ["Follows later", "low"]];
  for (const [told, expected] of cases) {
    const steps = "**Steps:**\n1. Measure\n2. Change\n3. Measure again\n";
    const text = `**Requirements:**\n- Same data\n\n${steps}\n**Complexity:** ${told}\nDone: x`;
    const { output } = await formalize([`Task: do it.\n${text}`, `Task: do it.\n${text}`]);
    deepEqual([output.answer, output.estimated_complexity], ["text", expected]);
  }
});

Deno.test("formalize_task makes nothing up where nothing usable came", async () => {
  const sorry = "I am sorry, I cannot do that.";
  await rejects(formalize([sorry, sorry]), { name: "ModelError", fault: "unusable" });
});

Deno.test("formalize_task refuses what is no request", async () => {
  await rejects(formalize([], { informal_request: "" }), {
    message: /`informal_request` is empty/,
  });
  await rejects(formalize([], { context: "x".repeat(20_001) }), { message: /`context` has 20001/ });
});

Deno.test("formalize_task without a model fails at once and says what to do", async () => {
  const started = performance.now();
  const input = tool.input.parse({ informal_request: "x" });
  await rejects(tool.run(input, contextWith(undefined)), { hint: /doctor --fix/ });
  ok(performance.now() - started < 200);
});
