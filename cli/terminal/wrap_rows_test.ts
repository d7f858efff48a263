import assert from "node:assert/strict";
import fc from "fast-check";
import { styledWidth } from "./styled_text.ts";
import { wrapRows } from "./wrap_rows.ts";

const CASES: [text: string, columns: number, rows: string[]][] = [
  ["", 10, [""]],
  ["as wide as", 10, ["as wide as"]],
  ["between its words", 10, ["between", "its words"]],
  ["exactly ten then", 11, ["exactly ten", "then"]],
  ["unbreakable", 4, ["unbr", "eaka", "ble"]],
  ["a unbreakable", 6, ["a", "unbrea", "kable"]],
  ["  indented words", 12, ["  indented", "  words"]],
  ["✗ Cannot do it", 10, ["✗ Cannot", "  do it"]],
  ["  1. first step of all", 15, ["  1. first step", "     of all"]],
  ["      deep words", 12, ["      deep", "words"]],
  ["- a  bc宽", 3, ["- a", "bc", "宽"]],
  ["宽 宽宽宽", 5, ["宽", "宽宽", "宽"]],
  ["\x1b[1mbold and so\x1b[22m on", 8, ["\x1b[1mbold and\x1b[0m", "\x1b[1mso\x1b[22m on"]],
];

for (const [text, columns, rows] of CASES) {
  Deno.test(`wrapRows() of ${JSON.stringify(text)} in ${columns}`, () => {
    assert.deepEqual(wrapRows(text, columns), rows);
  });
}

Deno.test("wrapRows() loses no character, and no row is too wide", () => {
  const text = fc.array(fc.constantFrom("a", "bc", " ", "  ", "宽", "- ", "\x1b[1m", "\x1b[0m"));
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 20 }), (parts, columns) => {
      const rows = wrapRows(parts.join(""), columns);
      // deno-lint-ignore no-control-regex
      const seen = (text: string) => text.replace(/\x1b\[[\d;]*m|[ ]/g, "");
      assert.equal(seen(rows.join("")), seen(parts.join("")));
      for (const row of rows) assert.ok(styledWidth(row) <= columns, JSON.stringify(row));
    }),
    { numRuns: 1000 },
  );
});
