import assert from "node:assert/strict";
import * as z from "zod";
import { coerce } from "./coerce.ts";
import { describeSchema } from "./grammar_schema.ts";
import { splitList } from "../split_list.ts";

function coerceTo(schema: z.ZodType, value: unknown): unknown {
  return coerce(value, describeSchema(schema));
}

Deno.test("coerce() converts scalars whose meaning is plain", () => {
  const level = z.enum(["low", "medium", "very_high"]);
  const cases: [z.ZodType, unknown, unknown][] = [
    [z.number(), "80%", 80],
    [z.number(), "-3", -3],
    [z.number(), "1e3", 1000],
    [z.number(), [4], 4],
    [z.number(), { value: 4 }, 4],
    [z.number(), "3 to 5", "3 to 5"],
    [z.number(), "many", "many"],
    [z.number(), "1".repeat(200), "1".repeat(200)],
    [z.int(), "7.6", 8],
    [z.boolean(), " Yes ", true],
    [z.boolean(), "FALSE", false],
    [z.boolean(), 1, true],
    [z.boolean(), "maybe", "maybe"],
    [z.string(), 3, "3"],
    [z.string(), false, "false"],
    [z.string(), ["a", "b"], "a\nb"],
    [z.string(), { step: 1, title: "A", text: "B" }, "A: B"],
    [z.string(), {}, {}],
    [level, "LOW", "low"],
    [level, "Very high", "very_high"],
    [level, "low complexity", "low"],
    [level, "medum", "medium"],
    [level, ["low"], "low"],
    [level, "low or medium", "low or medium"],
    [level, "purple", "purple"],
    [z.literal("done"), "Done", "done"],
    [z.string().nullable(), null, null],
    [z.number().nullable(), "3", 3],
    [z.union([z.number(), z.string()]), "3", "3"],
    [z.union([z.number(), z.boolean()]), "yes", true],
  ];
  for (const [schema, value, expected] of cases) {
    assert.deepEqual(coerceTo(schema, value), expected, JSON.stringify(value));
  }
});

Deno.test("coerce() takes a text for a number only where nothing else is in it", () => {
  const numbers: [string, number][] = [
    [" 50 % ", 50],
    ["80 percent", 80],
    ["about 1,200.5", 1200.5],
    ["About -3", -3],
    ["approx. 7", 7],
    ["~1e3", 1000],
    ["1,234,567", 1234567],
    ["+5", 5],
  ];
  for (const [text, number] of numbers) assert.equal(coerceTo(z.number(), text), number, text);
  const texts = ["1.5 million", "2k", "v2", "step 3 of many", "less than 5", "5 tests", "5+"];
  const more = ["1,5", "1,2345", "1 200", "8/10", "3-5", "1e999", "0x10", ".", "%", "about", ""];
  for (const text of [...texts, ...more]) assert.equal(coerceTo(z.number(), text), text);
});

Deno.test("coerce() makes lists of what should be one", () => {
  const names = z.array(z.string());
  const cases: [z.ZodType, unknown, unknown][] = [
    [names, "numpy, pandas", ["numpy", "pandas"]],
    [names, { "1": "a", "2": "b" }, ["a", "b"]],
    [names, [1, null, { text: "b" }], ["1", "b"]],
    [names, null, []],
    [names, 5, ["5"]],
    [z.array(z.int()), "1, 2", [1, 2]],
    [z.array(z.int()), { lines: [1, "2"] }, [1, 2]],
    [z.array(z.object({ a: z.int() })), { a: "1" }, [{ a: 1 }]],
    [z.array(z.object({ a: z.int() })), { "1": { a: "1" }, "2": { a: 2 } }, [{ a: 1 }, { a: 2 }]],
    [z.array(z.object({ a: z.int() })), { findings: [{ A: 1 }] }, [{ a: 1 }]],
  ];
  for (const [schema, value, expected] of cases) {
    assert.deepEqual(coerceTo(schema, value), expected, JSON.stringify(value));
  }
});

Deno.test("coerce() finds the keys that are meant and drops the others", () => {
  const plan = z.object({
    task_name: z.string(),
    steps: z.array(z.string()),
    inner: z.object({ on: z.boolean() }).optional(),
    size: z.string().default("low"),
  });
  const good = { task_name: "A", steps: ["b"] };
  const cases: unknown[] = [
    { taskName: "A", Steps: ["b"], extra: 1 },
    { "Task Name": "A", step: "b", size: null },
    { result: { data: { task_name: "A", steps: ["b"] } } },
    [{ "task-name": "A", steps: ["b"] }],
    { answer: [{ task_name: "A", steps: ["b"] }], note: "x" },
    JSON.parse('{"task_name": "A", "steps": ["b"], "__proto__": {"size": "x"}}'),
  ];
  for (const value of cases) assert.deepEqual(coerceTo(plan, value), good, JSON.stringify(value));
  assert.deepEqual(coerceTo(plan, { ...good, inner: '{"on": "yes"}' }), {
    ...good,
    inner: { on: true },
  });
  const both = { task_name: "A", taskName: "B", steps: [] };
  assert.deepEqual(coerceTo(plan, both), { task_name: "A", steps: [] });
});

Deno.test("coerce() chooses the branch of a union by its tag", () => {
  const shape = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("circle"), r: z.number() }),
    z.object({ kind: z.literal("box"), r: z.string(), b: z.string() }),
  ]);
  assert.deepEqual(coerceTo(shape, { kind: "circle", r: "3", b: "x" }), { kind: "circle", r: 3 });
});

Deno.test("coerce() converts the values of records", () => {
  assert.deepEqual(coerceTo(z.record(z.string(), z.int()), { a: "1", b: 2 }), { a: 1, b: 2 });
});

Deno.test("splitList() reads lists as people write them", () => {
  const cases: [string, unknown[]][] = [
    ["", []],
    ["None", []],
    ["one entry", ["one entry"]],
    ["a, b , c", ["a", "b", "c"]],
    ["Read the whole file, then print each line", ["Read the whole file, then print each line"]],
    ["- a\n* b\n\n3. c\n4) d", ["a", "b", "c", "d"]],
    ["- a, b", ["a", "b"]],
    ['["a", "b"]', ["a", "b"]],
    ["[a", ["[a"]],
  ];
  for (const [text, list] of cases) assert.deepEqual(splitList(text), list, text);
});
