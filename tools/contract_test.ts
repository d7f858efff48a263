/** What holds for every tool, whoever writes it: the loop is the contract. */
import assert from "node:assert/strict";
import { z } from "zod";
import { createEngines } from "../analysis/engines.ts";
import { loadAsset } from "../assets/load.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { fakeContext } from "./fake_context.ts";
import { tools } from "./mod.ts";
import schemas from "./schemas.json" with { type: "json" };
import { toolSchemas } from "./tool_schemas.ts";
import type { Tool, ToolContext } from "./tool.ts";

interface JsonSchema {
  type?: string | string[];
  anyOf?: JsonSchema[];
  enum?: unknown[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  description?: string;
}

const loaded: Tool[] = await Promise.all(tools.map((entry) => entry.load()));
const inputSchema = (tool: Tool) => z.toJSONSchema(tool.input, { io: "input" }) as JsonSchema;
const outputSchema = (tool: Tool) => z.toJSONSchema(tool.output) as JsonSchema;

function context(): ToolContext {
  const workspace = openWorkspace(new URL("..", import.meta.url).pathname, { confined: true });
  return fakeContext({ engines: createEngines(loadAsset), workspace });
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

Deno.test("tools give output that matches their schema and renders", async () => {
  const codes = ["", "x = 1\n", "def f(:\n", "import os\n\n\ndef f(a):\n\treturn a or f(a)\n"];
  for (const tool of loaded) {
    for (const code of codes) {
      const input = tool.input.parse({ code });
      const output = z.strictObject(tool.output.shape).parse(await run(tool, input));
      assert.equal(typeof tool.render?.(output, input), "string");
    }
  }
});

/** A formatter may refuse what does not parse; then the error says so. */
async function run(tool: Tool, input: Record<string, unknown>): Promise<unknown> {
  try {
    return await tool.run(input, context());
  } catch (error) {
    assert.equal((error as Error).name, "ToolError");
    assert.match((error as Error).message, /^Cannot /);
    return await tool.run({ ...input, code: "" }, context());
  }
}

Deno.test("tools read files of the workspace only", async () => {
  for (const tool of loaded.filter((tool) => tool.effects === "reads")) {
    const input = tool.input.parse({ path: "../outside.py" });
    await assert.rejects(() => tool.run(input, context()), { name: "ToolError" });
  }
});

Deno.test("tools want code or path, not both and not neither", async () => {
  for (const tool of loaded) {
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
