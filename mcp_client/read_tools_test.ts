import assert from "node:assert/strict";
import type { CallToolResult, Tool } from "@modelcontextprotocol/client";
import type { ToolInfo } from "../agent/execute/toolbox.ts";
import { readTools } from "./read_tools.ts";
import { readResult } from "./tool_result.ts";

const EMPTY = { type: "object" as const };
const read = (...tools: Partial<Tool>[]) =>
  readTools(
    tools.map((tool) => ({ name: "t", inputSchema: EMPTY, ...tool })),
    ({ name }) => ({ name: `s:${name}`, server: "s", effect: "foreign" }),
  );

Deno.test("readTools() leaves out what has no name, a name twice, or a schema without end", () => {
  let deep: unknown = {};
  for (let i = 0; i < 100_000; i++) deep = { a: deep };
  const { tools, leftOut } = read(
    { name: "good" },
    { name: "good", description: "another" },
    { name: "bad\u001b[2Jname" },
    { name: "x".repeat(200) },
    { name: "big", inputSchema: { ...EMPTY, description: "x".repeat(70_000) } },
    { name: "deep", inputSchema: { ...EMPTY, properties: deep as Record<string, never> } },
  );
  assert.deepEqual(tools.map(({ info }) => info.name), ["s:good"]);
  assert.deepEqual(leftOut.map((name) => name.slice(0, 8)), [
    "good",
    "bad [2Jn",
    "xxxxxxxx",
    "big",
    "deep",
  ]);
});

Deno.test("readTools() sees a change of the description or a schema, however its keys are ordered", () => {
  const hash = (tool: Partial<Tool>) => read(tool).tools[0]!.hash;
  const one = { ...EMPTY, properties: { a: { type: "string" as const }, b: {} } };
  const same = { properties: { b: {}, a: { type: "string" as const } }, ...EMPTY };
  const before = hash({ description: "d", inputSchema: one });
  assert.equal(hash({ description: "d", inputSchema: same }), before);
  const long = "x".repeat(5000);
  for (
    const changed of [
      { description: "D", inputSchema: one },
      { description: "d", inputSchema: EMPTY },
      { description: "d", inputSchema: one, outputSchema: EMPTY },
    ]
  ) assert.notEqual(hash(changed), before);
  assert.notEqual(hash({ description: `${long}a` }), hash({ description: `${long}b` }));
});

const INFO = { outputSchema: { type: "object", required: ["a"] } } as unknown as ToolInfo;
const result = (more: object) => readResult({ content: [], ...more } as CallToolResult, INFO);

Deno.test("readResult() shows what does not fit the schema, with a note", () => {
  assert.deepEqual(result({ structuredContent: { b: 1 } }), {
    ok: true,
    text: "(the result is not as the tool's schema says: the result has no `a`)",
    data: { b: 1 },
  });
  assert.deepEqual(result({ structuredContent: { a: 1 } }), { ok: true, text: "", data: { a: 1 } });
  assert.deepEqual(result({ isError: true, content: [{ type: "text", text: "no" }] }), {
    ok: false,
    text: "no",
  });
});

Deno.test("readResult() bounds texts and data, and names what is no text", () => {
  const { text, data } = result({
    structuredContent: { a: "x".repeat(2_000_000) },
    content: [
      { type: "image", mimeType: "image/png", data: "A".repeat(4000) },
      { type: "resource", resource: { uri: "f:1", text: "inside" } },
      { type: "text", text: "y".repeat(300_000) },
    ],
  });
  assert.equal(data, undefined);
  assert.ok(text.startsWith("[image, image/png, 3 KB]\n\ninside\n\nyyy"));
  assert.ok(text.length < 263_000);
  assert.match(
    text,
    /\(cut: \d+ more characters\)\n\n\(the structured result of \d+ characters is left out\)$/,
  );
});
