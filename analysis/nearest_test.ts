import assert from "node:assert/strict";
import { nearestWords } from "./nearest.ts";

const KNOWN = ["exclude", "extend", "extend-exclude", "force-exclude", "line-length"];

Deno.test("nearestWords() gives the likeliest first, and nothing that is too different", () => {
  assert.deepEqual(nearestWords("excldue", KNOWN), ["exclude"]);
  assert.deepEqual(nearestWords("line_length", KNOWN), ["line-length"]);
  assert.deepEqual(nearestWords("EXTEND", KNOWN), ["extend"]);
  assert.deepEqual(nearestWords("quote", KNOWN), []);
  assert.deepEqual(nearestWords("", KNOWN), []);
});

Deno.test("nearestWords() is quick with long words", () => {
  const start = performance.now();
  nearestWords("a".repeat(1_000_000), Array(2000).fill("b".repeat(80)));
  assert.ok(performance.now() - start < 1000);
});
