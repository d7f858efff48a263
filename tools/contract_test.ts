/** What holds for every tool, whoever writes it: the loop is the contract. */
import assert from "node:assert/strict";
import { z } from "zod";
import { createEngines } from "../analysis/engines.ts";
import { loadAsset } from "../assets/load.ts";
import { DEFAULTS } from "../config/schema.ts";
import { createScripted, scriptedModels } from "../models/scripted.ts";
import { createPrompts } from "../prompts/load.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { fakeContext } from "./fake_context.ts";
import { tools } from "./mod.ts";
import schemas from "./schemas.json" with { type: "json" };
import { toolSchemas } from "./tool_schemas.ts";
import { type Tool, type ToolContext, ToolError } from "./tool.ts";

interface JsonSchema {
  type?: string | string[];
  anyOf?: JsonSchema[];
  enum?: unknown[];
  items?: JsonSchema;
  maxLength?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  description?: string;
}

const loaded: Tool[] = await Promise.all(tools.map((entry) => entry.load()));
const engines = createEngines(loadAsset);
const inputSchema = (tool: Tool) => z.toJSONSchema(tool.input, { io: "input" }) as JsonSchema;
const outputSchema = (tool: Tool) => z.toJSONSchema(tool.output) as JsonSchema;

const TASK = {
  formalized_description: "Add.",
  requirements: ["It adds"],
  steps: ["Add"],
  estimated_complexity: "low",
};
const TESTS = "from module_under_test import f\n\n\ndef test_f():\n    assert f(1)\n";

/** A model that answers every tool; what a tool asks JSON for it leaves to the tool's own tests. */
const answering = createScripted(
  [({ schema }) => schema ? JSON.stringify(TASK) : `\`\`\`python\n${TESTS}\`\`\`\n`],
  { repeatLast: true },
);

function context(models = scriptedModels({ code: answering, chat: answering })): ToolContext {
  const workspace = openWorkspace(new URL("..", import.meta.url).pathname, { confined: true });
  return fakeContext({ engines, workspace, models, prompts: createPrompts({}) });
}

/** Input for a tool that works on code, and for one that works on words. */
function inputFor(tool: Tool, code: string): Record<string, unknown> {
  const words = Object.keys(tool.input.shape)
    .filter((name) => name === "description" || name === "informal_request");
  const given = { code, ...Object.fromEntries(words.map((name) => [name, "add"])) };
  return tool.input.parse(tool.effects === "writes" ? { ...given, ...draft(code) } : given);
}

/** What an instant tool may do, ask and be configured by: nothing. */
const INSTANT = { effects: "none", asksModel: undefined, configured: undefined };

/** Something to write, that is not written. */
function draft(content: string): Record<string, unknown> {
  return { path: "new.py", content, dry_run: true };
}

Deno.test("tools are named verb_noun after their file", () => {
  assert.ok(tools.length > 0);
  for (const [index, tool] of loaded.entries()) {
    assert.match(tool.name, /^[a-z]+(_[a-z]+)+$/);
    assert.equal(tool.name, tools[index]!.name);
  }
});

Deno.test("tools describe every field of their input and output", () => {
  const undescribed = (schema: JsonSchema, path: string): string[] =>
    Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
      ...(field.description ? [] : [`${path}.${name}`]),
      ...[field, field.items, ...(field.anyOf ?? [])]
        .flatMap((inner) => inner ? undescribed(inner, `${path}.${name}`) : []),
    ]);
  for (const tool of loaded) {
    assert.deepEqual(undescribed(inputSchema(tool), tool.name), []);
    assert.deepEqual(undescribed(outputSchema(tool), tool.name), []);
    assert.ok(tool.title && tool.summary.endsWith("."));
  }
});

Deno.test("tools take flat input: scalars, enums and lists of strings", () => {
  const isScalar = ({ type }: JsonSchema) =>
    ["string", "integer", "number", "boolean"].includes(String(type));
  for (const tool of loaded) {
    for (const [name, field] of Object.entries(inputSchema(tool).properties ?? {})) {
      const flat = isScalar(field) || field.type === "array" && field.items?.type === "string";
      assert.ok(flat, `${tool.name}.${name} is not flat`);
    }
  }
});

Deno.test("tools have the configuration's defaults for their own", () => {
  const isConfigured = loaded.filter(({ configured }) => configured);
  assert.ok(isConfigured.length > 0);
  for (const { name, input, configured } of isConfigured) {
    const fields = configured!(DEFAULTS);
    const defaults = Object.keys(fields)
      .map((field) => [field, (input.shape[field] as z.ZodType)?.parse(undefined)]);
    assert.deepEqual(fields, Object.fromEntries(defaults), name);
  }
});

Deno.test("tools give output that matches their schema and renders", async () => {
  const codes = ["", "x = 1\n", "def f(:\n", "import os\n\n\ndef f(a):\n\treturn a or f(a)\n"];
  for (const tool of loaded) {
    let given = 0;
    for (const code of codes) {
      const input = inputFor(tool, code);
      const result = await run(tool, input);
      if (result === undefined) continue;
      const output = z.strictObject(tool.output.shape).parse(result);
      assert.equal(typeof tool.render?.(output, input), "string");
      given++;
    }
    assert.ok(given > 0, `${tool.name} refuses everything`);
  }
});

/** Code that does not parse, or has nothing in it, may be refused; then the error says so. */
async function run(tool: Tool, input: Record<string, unknown>): Promise<unknown> {
  try {
    return await tool.run(input, context());
  } catch (error) {
    assert.ok(error instanceof ToolError, String(error));
    assert.match(error.message, /^Cannot /);
  }
}

Deno.test("tools that cannot work without a model say so at once, and what to do", async () => {
  for (const tool of loaded.filter(({ asksModel }) => asksModel === "always")) {
    const started = performance.now();
    await assert.rejects(() => tool.run(inputFor(tool, "x = 1\n"), context(scriptedModels({}))), {
      name: "ModelError",
      hint: /devmcp doctor --fix/,
    });
    assert.ok(performance.now() - started < 200, tool.name);
  }
});

Deno.test("tools that need no model work without one, and only those that say so ask for one", async () => {
  const unasked = { get: () => assert.fail("a model is asked for") };
  for (const tool of loaded.filter(({ asksModel }) => asksModel !== "always")) {
    assert.notEqual(tool.effects, "model");
    const models = tool.asksModel ? scriptedModels({}) : unasked;
    await tool.run(inputFor(tool, "x = 1\n"), context(models));
  }
});

Deno.test("tools read files of the workspace only", async () => {
  for (const tool of loaded.filter((tool) => tool.effects === "reads")) {
    const input = tool.input.parse({ path: "../outside.py" });
    await assert.rejects(() => tool.run(input, context()), { name: "ToolError" });
  }
});

Deno.test("tools that are instant have bounded input, and answer at once from what is in memory", () => {
  const isBounded = (field: JsonSchema): boolean =>
    field.enum !== undefined || ["boolean", "integer", "number"].includes(String(field.type)) ||
    field.type === "string" && field.maxLength! <= 1000 ||
    field.type === "array" && field.maxItems! <= 100 && isBounded(field.items!);
  const instant = loaded.filter((tool) => tool.instant);
  assert.ok(instant.length > 0);
  for (const tool of instant) {
    const { name, effects, asksModel, configured } = tool;
    const fields = inputSchema(tool).properties ?? {};
    assert.deepEqual({ effects, asksModel, configured }, INSTANT, name);
    assert.ok(Object.values(fields).every(isBounded), `${name} takes input of any length`);
    assert.ok(!("path" in fields), `${name} opens files`);
    const input = tool.input.parse({});
    const output = tool.output.parse(tool.instant!(input)); // a promise would be no output
    assert.deepEqual(tool.instant!(input), output, name);
    assert.ok(JSON.stringify(output).length < 100_000, name);
  }
});

Deno.test("tools that write can show what would change, and stay inside the workspace", async () => {
  const writing = loaded.filter(({ effects }) => effects === "writes");
  assert.ok(writing.length > 0);
  for (const tool of writing) {
    assert.equal(tool.input.parse(draft("x = 1\n")).dry_run, true, tool.name);
    assert.equal(tool.input.shape.dry_run?.safeParse(undefined).data, false, tool.name);
    const shown = await tool.run(tool.input.parse(draft("x = 1\n")), context());
    assert.match(String(shown.diff), /^\+x = 1$/m, tool.name);
    assert.equal(shown.changed, true, tool.name);
    const outside = tool.input.parse({ ...draft(""), path: "../outside.py" });
    await assert.rejects(() => tool.run(outside, context()), { name: "ToolError" });
  }
});

Deno.test("tools want code or path, not both and not neither", async () => {
  for (const tool of loaded.filter(({ input }) => input.shape.code && input.shape.path)) {
    for (const given of [{}, { code: "", path: "main.py" }]) {
      const input = tool.input.parse(given);
      await assert.rejects(() => tool.run(input, context()), /Cannot choose the code/);
    }
  }
});

Deno.test("tools keep the JSON Schemas that clients know (`deno task gen` writes them anew)", () => {
  const current = Object.fromEntries(loaded.map((tool) => [tool.name, toolSchemas(tool)]));
  assert.deepEqual(current, schemas);
});
