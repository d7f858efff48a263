import assert from "node:assert/strict";
import { hasValidHeaders } from "./header_declarations.ts";

const field = (name: unknown, type = "string") => ({ type, "x-mcp-header": name });
const object = (properties: Record<string, unknown>) => ({ type: "object", properties });

const table: [string, unknown, boolean][] = [
  ["none", object({ a: { type: "string" } }), true],
  ["one", object({ a: field("Region") }), true],
  ["one of an inner object", object({ a: object({ b: field("Region", "integer") }) }), true],
  ["no token", object({ a: field("a b") }), false],
  ["an empty one", object({ a: field("") }), false],
  ["no text", object({ a: field(1) }), false],
  ["a number's", object({ a: field("A", "number") }), false],
  ["two alike", object({ a: field("A"), b: field("a") }), false],
  ["one within a list", object({ a: { type: "array", items: field("A") } }), false],
  ["one within a choice", { anyOf: [object({ a: field("A") })] }, false],
  ["one of the whole", field("A"), false],
];

for (const [what, schema, expected] of table) {
  Deno.test(`hasValidHeaders() says ${expected} of ${what}`, () => {
    assert.equal(hasValidHeaders(schema), expected);
  });
}
