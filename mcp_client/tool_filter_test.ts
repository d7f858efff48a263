import assert from "node:assert/strict";
import fc from "fast-check";
import { isOffered } from "./tool_filter.ts";

const table: [string, string[], string[], boolean][] = [
  ["read", ["*"], [], true],
  ["read", [], [], false],
  ["read", ["read"], [], true],
  ["reader", ["read"], [], false],
  ["read_file", ["read_*", "list"], [], true],
  ["delete_file", ["*"], ["delete_*"], false],
  ["a.b", ["a?b"], [], false],
  ["get_a_b", ["get_*_b"], [], true],
  ["aba", ["ab*ba"], [], false],
];

for (const [name, allow, deny, expected] of table) {
  Deno.test(`isOffered() says ${expected} of ${name} with ${allow} without ${deny}`, () => {
    assert.equal(isOffered(name, { allow, deny }), expected);
  });
}

Deno.test("isOffered() takes patterns as a regular expression would", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 8 });
  fc.assert(fc.property(text, text, (pattern, name) => {
    const expected = new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(name);
    assert.equal(isOffered(name, { allow: [pattern], deny: [] }), expected);
  }));
});
