import assert from "node:assert/strict";
import type { PlanStep } from "../../sessions/session.ts";
import { foreignTool, ownTools } from "./fake_toolbox.ts";
import { fakeWorld, type FakeWorldOptions } from "../fake_world.ts";
import { fillArguments } from "./fill_arguments.ts";
import type { ToolResult } from "./toolbox.ts";

interface Case extends FakeWorldOptions {
  tool: string;
  args?: Record<string, unknown>;
  says?: string;
  parameters?: Record<string, unknown>;
  results?: Record<string, ToolResult>;
  needs?: string[];
  problem?: string;
}

async function fill(
  { tool, args = {}, says = "", parameters = {}, results = {}, needs = [], problem, ...options }:
    Case,
) {
  const fake = fakeWorld(options);
  const state = fake.state(says);
  state.turn.intent = {
    goal: "",
    tools: [tool],
    parameters,
    confidence: 1,
    unclear: [],
    by: "model",
  };
  const step: PlanStep = { id: "step9", tool, purpose: "", arguments: args, needs };
  const filled = await fillArguments(step, state, new Map(Object.entries(results)), problem);
  return { filled, requests: fake.requests };
}

const CODE: ToolResult = { ok: true, text: "done", data: { code: "x = 1\n" } };
const FIND = foreignTool("shop", "find", {
  inputSchema: {
    type: "object",
    properties: { name: { type: "string" }, limit: { type: "integer" } },
    required: ["name", "limit"],
    additionalProperties: false,
  },
});

Deno.test("fillArguments() resolves references", async () => {
  const { filled } = await fill({
    tool: "review_code",
    args: { code: "{{step1.code}}" },
    results: { step1: CODE },
  });
  assert.deepEqual(filled, { ok: true, arguments: { code: "x = 1\n" } });
});

Deno.test("fillArguments() sends a file along only when the person spoke of it", async () => {
  const args = { description: "change it: {{file:secret.txt}}" };
  const files = { "secret.txt": "42" };
  const said = await fill({ tool: "generate_code", args, files, says: "change secret.txt" });
  assert.deepEqual(said.filled, { ok: true, arguments: { description: "change it: 42" } });
  const unsaid = await fill({ tool: "generate_code", args, files, says: "change it" });
  const problem = 'Cannot use "{{file:secret.txt}}": it cannot be read';
  assert.deepEqual(unsaid.filled, { ok: false, problem });
});

Deno.test("fillArguments() takes what the model read in the message", async () => {
  const parameters = {
    language: "Go",
    line_length: "120",
    limit: "5",
    name: "Ada",
    formatter: "gofmt",
  };
  const generated = await fill({ tool: "generate_code", args: { description: "d" }, parameters });
  assert.deepEqual(generated.filled, { ok: true, arguments: { description: "d", language: "Go" } });
  const formatted = await fill({ tool: "format_code", args: { code: "x" }, parameters });
  const settings = { language: "go", line_length: 120 };
  assert.deepEqual(formatted.filled, { ok: true, arguments: { code: "x", ...settings } });
  const found = await fill({ tool: "shop:find", tools: [FIND], parameters });
  assert.deepEqual(found.filled, { ok: true, arguments: { name: "Ada", limit: 5 } });
});

Deno.test("fillArguments() takes fields of earlier results by their names", async () => {
  const results = { step1: { ok: true, text: "", data: { name: "Ada", limit: 3 } } };
  const { filled, requests } = await fill({
    tool: "shop:find",
    tools: [FIND],
    results,
    needs: ["step1"],
  });
  assert.deepEqual(filled, { ok: true, arguments: { name: "Ada", limit: 3 } });
  assert.equal(requests.length, 0);
});

Deno.test("fillArguments() asks the model only for what is missing", async () => {
  const { filled, requests } = await fill({
    tool: "shop:find",
    tools: [FIND],
    says: "find three of Ada's orders",
    parameters: { name: "Ada" },
    replies: ['{"limit": "3", "name": "Eve"}'],
  });
  assert.deepEqual(filled, { ok: true, arguments: { name: "Ada", limit: 3 } });
  assert.equal(requests.length, 1);
  const asked = requests[0]!.messages[1]!.content;
  assert.match(asked, /- limit \(integer, required\)/);
  assert.doesNotMatch(asked, /- name/);
});

Deno.test("fillArguments() lets the model pass on results by reference", async () => {
  const results = { step1: { ok: true, text: "long text of Ada" } };
  const { filled } = await fill({
    tool: "shop:find",
    tools: [FIND],
    results,
    needs: ["step1"],
    replies: ['{"limit": 3, "name": "{{step1}}"}'],
  });
  assert.deepEqual(filled, { ok: true, arguments: { name: "long text of Ada", limit: 3 } });
});

Deno.test("fillArguments() tells in one line what is missing when nobody knows", async () => {
  for (const replies of [null, ["no", "no", "no"], ["{}", "{}", "{}"]]) {
    const { filled } = await fill({ tool: "shop:find", tools: [FIND], replies });
    assert.ok(!filled.ok);
    assert.match(filled.problem, /^Cannot call "shop:find": `name` is missing; `limit` is missing/);
  }
});

Deno.test("fillArguments() applies preferences to what makes code, once", async () => {
  const preferences = ["always type hints"];
  const { filled } = await fill({ tool: "generate_code", args: { description: "d" }, preferences });
  const description = "d\n\nWhat I always want:\n- always type hints";
  assert.deepEqual(filled, { ok: true, arguments: { description } });
  const again = await fill({ tool: "generate_code", args: { description }, preferences });
  assert.deepEqual(again.filled, { ok: true, arguments: { description } });
  const reviewed = await fill({ tool: "review_code", args: { code: "x" }, preferences });
  assert.deepEqual(reviewed.filled, { ok: true, arguments: { code: "x" } });
});

Deno.test("fillArguments() repairs what the tool itself says how to", async () => {
  const problem = "Cannot test the code with pytest: it is Go; set `test_framework` to go test";
  const { filled, requests } = await fill({
    tool: "generate_tests",
    args: { code: "package a" },
    problem,
  });
  assert.deepEqual(filled, {
    ok: true,
    arguments: { code: "package a", test_framework: "go test" },
  });
  assert.equal(requests.length, 0);
});

Deno.test("fillArguments() repairs by one question, and keeps code as it is", async () => {
  const { filled, requests } = await fill({
    tool: "format_code",
    args: { code: "{{step1.code}}", line_length: 400 },
    results: { step1: CODE },
    problem: 'Cannot call "format_code": `line_length`: expected at most 320, got 400',
    replies: ['{"line_length": 320, "code": "rm -rf"}'],
  });
  assert.deepEqual(filled, { ok: true, arguments: { code: "x = 1\n", line_length: 320 } });
  assert.equal(requests.length, 1);
});

Deno.test("fillArguments() gives up at once where other arguments would not help", async () => {
  const problem = "Cannot reach the server";
  const { filled, requests } = await fill({
    tool: "generate_code",
    args: { description: "d" },
    problem,
  });
  assert.deepEqual(filled, { ok: false, problem });
  assert.equal(requests.length, 0);
});

Deno.test("fillArguments() says so when code it needs never came to be", async () => {
  const { filled } = await fill({ tool: "review_code", args: { code: "{{step1.code}}" } });
  assert.deepEqual(filled, {
    ok: false,
    problem: 'Cannot use "{{step1.code}}": no such step or value',
  });
  const gone = await fill({ tool: "gone:tool", tools: ownTools() });
  assert.deepEqual(gone.filled, { ok: false, problem: 'Cannot call "gone:tool": no such tool' });
});

Deno.test("fillArguments() asks the person for what nobody has said", async () => {
  const ship = foreignTool("shop", "ship", {
    title: "Ship an order",
    inputSchema: {
      type: "object",
      properties: {
        order_id: { type: "integer", description: "Number of the order" },
        speed: { type: "string", enum: ["slow", "express"] },
      },
      required: ["order_id", "speed"],
    },
  });
  const asked: unknown[] = [];
  const world = { tool: "shop:ship", tools: [ship], says: "ship the order" };
  for (const reply of ["{}", "I am sorry, I cannot do that"]) {
    const answers = (questions: unknown[]) => {
      asked.push(...questions);
      return ["4711", "express"];
    };
    const { filled } = await fill({ ...world, replies: [reply, reply, reply], answers });
    assert.deepEqual(filled, { ok: true, arguments: { order_id: 4711, speed: "express" } });
  }
  assert.deepEqual(asked.slice(0, 2), [
    {
      text: "Which order_id for Ship an order? (Number of the order)",
      choices: [],
      field: "order_id",
    },
    { text: "Which speed for Ship an order?", choices: ["slow", "express"], field: "speed" },
  ]);
  const { filled } = await fill({ ...world, replies: ["{}", "{}", "{}"] });
  assert.ok(!filled.ok && filled.problem.includes("`order_id` is missing"), JSON.stringify(filled));
});

Deno.test("fillArguments() takes no other file than the one that was spoken of", async () => {
  const { filled } = await fill({
    tool: "review_code",
    args: { path: "src/missing.py" },
    says: "review src/app.py and src/missing.py",
    problem: 'Cannot read "src/missing.py": no such file; check `path`',
    replies: ['{"path": "src/app.py"}'],
  });
  assert.ok(!filled.ok || filled.arguments.path === "src/missing.py", JSON.stringify(filled));
});
