import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { characterWidth, padEnd, textWidth, truncateEnd, truncateStart } from "./width.ts";

Deno.test("characterWidth() counts terminal columns", () => {
  const cases: [string, number][] = [
    ["a", 1],
    ["é", 1],
    ["\u0301", 0],
    ["中", 2],
    ["한", 2],
    ["🙂", 2],
    ["𝒳", 1],
    ["ﾊ", 1],
  ];
  for (const [character, width] of cases) equal(characterWidth(character), width, character);
});

Deno.test("padEnd() fills to the width, not to the length", () => {
  equal(padEnd("中", 4), "中  ");
  equal(padEnd("abcde", 4), "abcde");
});

Deno.test("truncateEnd() and truncateStart() keep what fits", () => {
  const cases: [string, number, string, string][] = [
    ["abcdef", 6, "abcdef", "abcdef"],
    ["abcdef", 4, "abc…", "…def"],
    ["中文字", 5, "中文…", "…文字"],
    ["中文字", 4, "中…", "…字"],
    ["abc", 1, "…", "…"],
  ];
  for (const [text, columns, start, end] of cases) {
    equal(truncateEnd(text, columns), start);
    equal(truncateStart(text, columns), end);
  }
});

Deno.test("truncateEnd() never takes more columns than asked for", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 30 }), (t, n) => {
      ok(textWidth(truncateEnd(t, n)) <= n);
      ok(textWidth(truncateStart(t, n)) <= n);
    }),
  );
});
