import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { findScriptTests } from "./script_tests.ts";

function find(code: string) {
  return findScriptTests(code).cases.map(({ name, variants }) => [name, variants]);
}

Deno.test("findScriptTests() finds tests in their blocks", () => {
  const code = `
    import { describe, it, test } from "vitest";
    import { total } from "./cart";
    // test("in a comment", () => {});
    const text = 'test("in a string", () => {})';
    describe("cart", () => {
      beforeEach(() => make());
      it("adds up", () => { expect(total([1])).toBe(1); });
      describe("empty", () => {
        test.only('is zero', async () => {});
      });
    });
    test("alone", () => { pattern.test("no test"); });
    it.todo("later");
    test.skip(\`skipped\`, () => {});
  `;
  deepEqual(find(code), [
    ["cart > adds up", 1],
    ["cart > empty > is zero", 1],
    ["alone", 1],
    ["skipped", 1],
  ]);
});

Deno.test("findScriptTests() counts rows that are written out", () => {
  const cases: [string, [string, number | null][]][] = [
    ['test.each([1, 2, 3])("is %i", (n) => {})', [["is %i", 3]]],
    ['it.each([[1, "a,b"], [f(2), {c: 3}],])("%s", () => {})', [["%s", 2]]],
    ['test.each([...rows])("%s", () => {})', [["%s", null]]],
    ['test.each(rows)("%s", () => {})', [["%s", null]]],
    ['test.each`a | b\n${1} | ${2}`("$a", () => {})', [["$a", null]]],
    ["for (const n of all) test(`is ${n}`, () => {})", [["is ", null]]],
    ["test(name, () => {})", [["name", null]]],
    ["test(", []],
    ["", []],
  ];
  for (const [code, expected] of cases) deepEqual(find(code), expected, code);
});

Deno.test("findScriptTests() tells what tests name, without imports", () => {
  const { cases, shared } = findScriptTests(`
    import { total, unused } from "./cart";
    const make = () => new Cart();
    test("a", () => { expect(total(make())); });
  `);
  deepEqual([...cases[0]!.names], ["test", "expect", "total", "make"]);
  deepEqual([...shared], ["const", "make", "new", "Cart"]);
});

Deno.test("findScriptTests() reads any text, hostile nesting too", () => {
  const piece = fc.constantFrom(
    "test",
    "it",
    "describe",
    ".each",
    "(",
    ")",
    "[",
    "]",
    '"a"',
    ",",
    "`",
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    const { cases } = findScriptTests(pieces.join(""));
    equal(cases.length <= pieces.length, true);
  }));
  // A reading that looks back from each bracket would take minutes.
  findScriptTests("describe('a', it.each([".repeat(2000));
});
