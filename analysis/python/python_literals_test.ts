import assert from "node:assert/strict";
import { numberKey, stringKey } from "./python_literals.ts";

const EQUAL_NUMBERS: [string, string][] = [
  ["1_000", "1e3"],
  ["0xff", "255.0"],
  ["0B11", "0o3"],
  ["0j", "0"],
  ["9007199254740993", "9_007199254740993"],
  ["1e22", "10000000000000000000000"],
  ["1e999", "2e999"],
  [".5", "5e-1"],
  ["3j", "3.0J"],
];
const DIFFERENT_NUMBERS: [string, string][] = [
  ["9007199254740993", "9007199254740992"],
  ["1j", "1"],
  ["1", "2"],
];

Deno.test("numberKey() is the same for what Python holds equal", () => {
  for (const [a, b] of EQUAL_NUMBERS) assert.equal(numberKey(a), numberKey(b), `${a} == ${b}`);
  for (const [a, b] of DIFFERENT_NUMBERS) {
    assert.notEqual(numberKey(a), numberKey(b), `${a} != ${b}`);
  }
});

Deno.test("numberKey() takes any number of digits", () => {
  assert.ok(numberKey("1".repeat(2 ** 20)));
  assert.ok(numberKey("0x" + "f".repeat(2 ** 16)));
});

const EQUAL_STRINGS: [string[], string[]][] = [
  [["'a'", '"b"'], ['"""ab"""']],
  [[String.raw`'\x61\141\u0061\U00000061'`], ["'aaaa'"]],
  [[String.raw`r'\n'`], [String.raw`'\\n'`]],
  [["'a\\\nb'"], ["'ab'"]],
  [["'''a\r\nb'''"], [String.raw`'a\nb'`]],
  [["b'a'"], [String.raw`rB"a"`]],
  [[String.raw`'\q'`], [String.raw`'\\q'`]],
  [[String.raw`b'\u0061'`], [String.raw`b'\\u0061'`]],
];

Deno.test("stringKey() is the same for what Python holds equal", () => {
  for (const [a, b] of EQUAL_STRINGS) assert.equal(stringKey(a), stringKey(b), `${a} == ${b}`);
  assert.notEqual(stringKey(["'a'"]), stringKey(["b'a'"]));
  assert.notEqual(stringKey(["''"]), stringKey(["' '"]));
});
