import assert from "node:assert/strict";
import fc from "fast-check";
import { type FormField, readFields } from "./form_fields.ts";
import { parseField } from "./parse_field.ts";

const SCHEMA = {
  type: "object",
  properties: {
    name: { type: "string", title: "Your name", description: "as\u001b[2J it is", minLength: 2 },
    mail: { type: "string", format: "email" },
    age: { type: "integer", minimum: 0, maximum: 150 },
    share: { type: "number", default: 0.5 },
    ok: { type: "boolean", default: true },
    color: { type: "string", enum: ["r", "g"], enumNames: ["Red", "Green"] },
    size: {
      type: "string",
      oneOf: [{ const: "s", title: "Small" }, { const: "l", title: "Large" }],
    },
    tags: { type: "array", items: { type: "string", enum: ["a", "b", "c"] }, maxItems: 2 },
  },
  required: ["name", "color"],
};
const fields = new Map(readFields(SCHEMA)!.map((field) => [field.name, field]));

Deno.test("readFields() reads a flat form, its texts in one line", () => {
  assert.deepEqual(fields.get("name"), {
    name: "name",
    title: "Your name",
    description: "as [2J it is",
    kind: "text",
    required: true,
    options: [],
    min: 2,
  });
  assert.deepEqual(fields.get("color")!.options, [
    { value: "r", title: "Red" },
    { value: "g", title: "Green" },
  ]);
  assert.deepEqual([...fields.values()].map(({ kind }) => kind), [
    "text",
    "text",
    "integer",
    "number",
    "boolean",
    "choice",
    "choice",
    "choices",
  ]);
});

Deno.test("readFields() takes no form that nests", () => {
  for (const inner of [{ type: "object" }, { type: "array", items: { type: "string" } }, 1, {}]) {
    assert.equal(readFields({ type: "object", properties: { a: inner } }), undefined);
  }
  assert.equal(readFields({ type: "object" }), undefined);
  assert.equal(readFields(null), undefined);
});

const table: [string, string, unknown][] = [
  ["name", "Ada", "Ada"],
  ["name", "A", { problem: "its length must be at least 2" }],
  ["name", "", { problem: "it has to be filled in" }],
  ["mail", "", undefined],
  ["mail", "ada", { problem: "it must be of the form email" }],
  ["age", "36", 36],
  ["age", "3.5", { problem: "it must be a whole number" }],
  ["age", "200", { problem: "it must be at most 150" }],
  ["share", "", 0.5],
  ["share", "x", { problem: "it must be a number" }],
  ["ok", "", true],
  ["ok", "No", false],
  ["ok", "perhaps", { problem: "it must be yes or no" }],
  ["color", "Green", "g"],
  ["color", "r", "r"],
  ["color", "2", "g"],
  ["color", "3", { problem: "it must be one of Red, Green" }],
  ["size", "large", "l"],
  ["tags", "a, c", ["a", "c"]],
  ["tags", "a, b, c", { problem: "their number must be at most 2" }],
  ["tags", "a, x", { problem: "each must be one of a, b, c" }],
];

for (const [name, typed, expected] of table) {
  Deno.test(`parseField() of ${name} takes "${typed}" as ${JSON.stringify(expected)}`, () => {
    const parsed = parseField(fields.get(name)!, typed);
    assert.deepEqual("problem" in parsed ? parsed : parsed.value, expected);
  });
}

Deno.test("readFields() and parseField() take anything", () => {
  fc.assert(
    fc.property(
      fc.anything(),
      fc.dictionary(fc.string(), fc.anything()),
      fc.string(),
      (any, properties, text) => {
        readFields(any);
        const fields: FormField[] = readFields({ properties }) ?? [];
        for (const field of fields) parseField(field, text);
      },
    ),
  );
});
