import assert from "node:assert/strict";
import fc from "fast-check";
import { boundSchema, checkAgainstSchema } from "./check_schema.ts";
import { ownTools } from "./fake_toolbox.ts";

const SCHEMA = {
  type: "object",
  properties: {
    path: { type: "string" },
    lines: { type: "integer", minimum: 1, maximum: 10 },
    kind: { type: "string", enum: ["black", "ruff"] },
    tags: { type: "array", items: { type: "string" } },
    deep: { type: "object", properties: { x: { type: "number" } }, required: ["x"] },
    either: { anyOf: [{ type: "string" }, { type: "null" }] },
  },
  required: ["path"],
  additionalProperties: false,
};

Deno.test("checkAgainstSchema() makes fit what is plain, and tells the rest", () => {
  const table: [Record<string, unknown>, unknown, string[]][] = [
    [{ path: "a" }, { path: "a" }, []],
    [{ path: "a", lines: "3", kind: "Black", tags: "x" }, {
      path: "a",
      lines: 3,
      kind: "black",
      tags: ["x"],
    }, []],
    [{ path: "a", lines: null, other: 1 }, { path: "a" }, []],
    [{}, {}, ["path: missing"]],
    [{ path: "a", lines: 11 }, { path: "a", lines: 11 }, ["lines: expected at most 10"]],
    [{ path: "a", kind: "gofmt" }, { path: "a", kind: "gofmt" }, [
      "kind: expected one of black, ruff",
    ]],
    [{ path: "a", deep: {} }, { path: "a", deep: {} }, ['deep: "x" is missing in it']],
    [{ path: { x: [] } }, { path: { x: [] } }, ["path: expected string"]],
    [{ path: "a", either: null }, { path: "a" }, []],
  ];
  for (const [given, fitted, problems] of table) {
    const { arguments: args, missing, wrong } = checkAgainstSchema(given, SCHEMA);
    assert.deepEqual(args, fitted);
    const told = [
      ...missing.map((field) => `${field}: missing`),
      ...wrong.map(({ field, problem }) => `${field}: ${problem}`),
    ];
    assert.deepEqual(told, problems);
  }
});

Deno.test("checkAgainstSchema() has nothing against what our own tools are given", () => {
  for (const { inputSchema, name } of ownTools()) {
    const required = (inputSchema.required ?? []) as string[];
    const args = Object.fromEntries(required.map((field) => [field, "text"]));
    assert.deepEqual(checkAgainstSchema(args, inputSchema), {
      arguments: args,
      missing: [],
      wrong: [],
    }, name);
  }
});

Deno.test("checkAgainstSchema() neither hangs nor throws on hostile schemas", () => {
  let deep: Record<string, unknown> = { type: "string" };
  for (let i = 0; i < 20_000; i++) {
    deep = { type: "object", properties: { a: deep }, items: deep, anyOf: [deep] };
  }
  const hostile: Record<string, unknown>[] = [
    deep,
    { type: "object", properties: { a: { type: "string", pattern: "^(a+)+$" } } },
    {
      type: "object",
      properties: Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`f${i}`, deep])),
    },
    { type: "object", properties: { a: { $ref: "#" } }, required: ["a", "a", 5, {}] },
    { type: 5, properties: [], required: "all" },
    {
      properties: {
        a: { enum: Array.from({ length: 100_000 }, (_, i) => i), anyOf: "x", items: 3 },
      },
    },
    { properties: { a: null, b: true, constructor: { type: "string" } } },
  ];
  for (const schema of hostile) {
    const start = performance.now();
    checkAgainstSchema({ a: `${"a".repeat(40)}!`, b: [[[{}]]] }, schema);
    assert.ok(JSON.stringify(boundSchema(schema)).length < 200_000);
    assert.ok(performance.now() - start < 1_000);
  }
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.object(), (args, schema) => {
    checkAgainstSchema(args, { type: "object", properties: schema, required: Object.keys(schema) });
  }));
});
