import assert from "node:assert/strict";
import fc from "fast-check";
import { compileGlob } from "./glob.ts";

const CASES: [pattern: string, path: string, matches: boolean][] = [
  ["a.py", "a.py", true],
  ["a.py", "b/a.py", false],
  ["*.py", "b/a.py", true],
  ["test_?.py", "test_1.py", true],
  ["test_?.py", "test_12.py", false],
  ["src/*", "src/a/b.py", true],
  ["src/**", "src/a/b.py", true],
  ["src/**", "src", false],
  ["**/tests/**", "tests/a.py", true],
  ["**/tests/**", "a/b/tests/c/d.py", true],
  ["**/tests/**", "a/mytests/d.py", false],
  ["a/**/b", "a/b", true],
  ["a/**/b", "a/x/y/b", true],
  ["a/**/b", "axb", false],
  ["[a-c].py", "b.py", true],
  ["[!a-c].py", "b.py", false],
  ["[!a-c].py", "d.py", true],
  ["[]x].py", "].py", true],
  ["{a,b}.py", "b.py", true],
  ["{a,b}.py", "c.py", false],
  ["{a,b/{c,d}}.py", "b/d.py", true],
  ["{a.py", "{a.py", true],
  ["\\*.py", "*.py", true],
  ["\\*.py", "a.py", false],
  ["ä*.py", "äö.py", true],
  ["?.py", "\u{1f600}.py", true],
  ["", "a", false],
];

for (const [pattern, path, matches] of CASES) {
  Deno.test(`matches() of ${pattern} says ${matches} to ${path}`, () => {
    assert.equal(compileGlob(pattern).matches(path), matches);
  });
}

Deno.test("compileGlob() is quick, whatever the pattern", () => {
  const start = performance.now();
  const patterns = ["*a".repeat(2000), "{a,b}".repeat(500), "**/".repeat(800), "[".repeat(4000)];
  for (const pattern of patterns) compileGlob(pattern).matches("a".repeat(4000));
  assert.ok(performance.now() - start < 3000);
});

Deno.test("compileGlob() matches a path without special characters, and takes any pattern", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (pattern, path) => {
    compileGlob(pattern).matches(path);
    if (/^[\w/.]+$/.test(pattern)) assert.ok(compileGlob(pattern).matches(pattern));
  }));
});
