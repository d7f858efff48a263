import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { closingIndex, readTokens } from "./code_tokens.ts";

Deno.test("readTokens() leaves comments out and keeps strings, templates and patterns whole", () => {
  const cases: [string, string[]][] = [
    ["a.b(1) // c\n", ["a", ".", "b", "(", "1", ")"]],
    ["/* x\n */ 'it\\'s' \"a//b\"", ["it\\'s", "a//b"]],
    ["x = /a'[/']b/g; y", ["x", "=", "/", ";", "y"]],
    ["a / b / 'c'", ["a", "/", "b", "/", "c"]],
    ["`a ${ f({b: `c`}) } 'd` + e", [
      "a ",
      "f",
      "(",
      "{",
      "b",
      ":",
      "c",
      "}",
      ")",
      " 'd",
      "+",
      "e",
    ]],
    ["'no end\nnext", ["no end", "next"]],
    ["`no end", ["no end"]],
    ["/* no end", []],
  ];
  for (const [text, expected] of cases) {
    deepEqual(readTokens(text).map((token) => token.text), expected, text);
  }
});

Deno.test("readTokens() counts lines", () => {
  deepEqual(readTokens("a\n`b\n`\n/*\n*/ c").map(({ line }) => line), [1, 2, 5]);
});

Deno.test("readTokens() reads any text to its end, in time linear in it", () => {
  const source = fc.array(
    fc.constantFrom("`", "${", "}", "{", "'", '"', "/", "\\", "*", "\n", "a", " ", "//", "/*", "é"),
  ).map((pieces) => pieces.join(""));
  fc.assert(fc.property(source, (text) => {
    const starts = readTokens(text).map(({ start }) => start);
    equal(starts.every((start, index) => index === 0 || start > starts[index - 1]!), true);
  }));
  for (const piece of ["`${", "/*", "'\\", "/[", "({"]) {
    const started = performance.now();
    readTokens(piece.repeat(50_000));
    equal(performance.now() - started < 2000, true, piece);
  }
});

Deno.test("closingIndex() finds the bracket that closes, or the end", () => {
  const tokens = readTokens("f(a[1], {b}) + (c");
  equal(closingIndex(tokens, 1), 10);
  equal(closingIndex(tokens, 12), tokens.length);
});
