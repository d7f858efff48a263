import assert from "node:assert/strict";
import fc from "fast-check";
import { oneLine } from "./one_line.ts";

for (
  const [text, line] of [
    ["", ""],
    ["a b", "a b"],
    [" a\r\n\tb ", "a b"],
    ["\x1b[31ma\x1b[0m", "[31ma [0m"],
    ["a\u202eb\u200bc", "a b c"],
    ["1234567890a", "123456789…"],
    ["12345678😀a", "12345678…"],
  ] as const
) {
  Deno.test(`oneLine() makes ${JSON.stringify(line)} of ${JSON.stringify(text)}`, () => {
    assert.equal(oneLine(text, 10), line);
  });
}

Deno.test("oneLine() keeps to its limit and to one line, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 2, max: 20 }), (text, limit) => {
      const line = oneLine(text, limit);
      assert(line.length <= limit && line.isWellFormed());
      assert(!/[\p{Cc}\u2028\u2029\u202a-\u202e]/u.test(line));
    }),
  );
});

Deno.test("oneLine() is quick with megabytes", () => {
  const start = performance.now();
  oneLine(" \n".repeat(5_000_000));
  assert(performance.now() - start < 100);
});
