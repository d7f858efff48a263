import assert from "node:assert/strict";
import { outputMismatch } from "./output_mismatch.ts";

const SCHEMA = {
  type: "object",
  properties: {
    name: { type: "string" },
    sizes: { type: "array", items: { type: ["integer", "null"] } },
    kind: { enum: ["a", "b"] },
  },
  required: ["name"],
};

const table: [unknown, string | undefined][] = [
  [{ name: "x" }, undefined],
  [{ name: "x", sizes: [1, null], kind: "a", more: {} }, undefined],
  [null, "the result is not of type object"],
  [[], "the result is not of type object"],
  [{}, "the result has no `name`"],
  [{ name: 1 }, "`name` is not of type string"],
  [{ name: "x", sizes: [1, 1.5] }, "`sizes.1` is not of type integer,null"],
  [{ name: "x", kind: "c" }, "`kind` is none of the allowed values"],
];

for (const [value, expected] of table) {
  Deno.test(`outputMismatch() says ${expected ?? "nothing"} of ${JSON.stringify(value)}`, () => {
    assert.equal(outputMismatch(value, SCHEMA), expected);
  });
}

Deno.test("outputMismatch() ends on a schema that would take forever", () => {
  let schema: Record<string, unknown> = { type: "string", pattern: "(a+)+$" };
  for (let i = 0; i < 40; i++) schema = { properties: { x: schema, y: schema } };
  let value: unknown = `${"a".repeat(40)}!`;
  for (let i = 0; i < 40; i++) value = { x: value, y: value };
  assert.equal(outputMismatch(value, schema), undefined);
});
