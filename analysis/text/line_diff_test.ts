import assert from "node:assert/strict";
import { applyPatch } from "diff";
import fc from "fast-check";
import { changedRegions, countChangedLines, unifiedDiff } from "./line_diff.ts";

const COUNTS: [before: string, after: string, changed: number][] = [
  ["", "", 0],
  ["a\nb\n", "a\nb\n", 0],
  ["a\nb\nc\n", "a\nB\nc\n", 1],
  ["a\nb\n", "a\nb\nc\n", 1],
  ["a\nb\nc\n", "a\n", 2],
  ["a\nb\n", "x\ny\nz\n", 3],
  ["a", "a\n", 1],
  ["", "a\n", 1],
  ["a\n\nb\n\nc\n", "a\nb\nc\n", 2],
  ["a\nb\nc\nd\n", "A\nb\nc\nD\n", 2],
];

for (const [before, after, changed] of COUNTS) {
  Deno.test(`countChangedLines() counts ${changed} from ${JSON.stringify(before)} to ${JSON.stringify(after)}`, () => {
    assert.equal(countChangedLines(before, after), changed);
    assert.equal(countChangedLines(after, before), changed);
  });
}

Deno.test("unifiedDiff() writes what diff -u writes", () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join("");
  const after = before.replace("line 1\n", "LINE 1\n").replace("line 18\n", "");
  assert.equal(
    unifiedDiff("a/b.py", before, after),
    `--- a/a/b.py\n+++ b/a/b.py\n@@ -1,5 +1,5 @@\n line 0\n-line 1\n+LINE 1\n line 2\n line 3\n line 4\n` +
      `@@ -16,5 +16,4 @@\n line 15\n line 16\n line 17\n-line 18\n line 19\n`,
  );
});

Deno.test("unifiedDiff() joins changes whose contexts touch, and says nothing when nothing changed", () => {
  assert.equal(unifiedDiff("a.py", "1\n2\n3\n", "1\n2\n3\n"), "");
  const joined = unifiedDiff("a.py", "1\n2\n3\n4\n5\n6\n7\n8\n", "A\n2\n3\n4\n5\n6\n7\nB\n");
  assert.equal(joined.match(/@@/g)?.length, 2);
});

Deno.test("unifiedDiff() tells a missing last newline", () => {
  assert.equal(
    unifiedDiff("a.py", "x", "x\n"),
    "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n",
  );
  assert.equal(unifiedDiff("a.py", "", "x\n"), "--- a/a.py\n+++ b/a.py\n@@ -0,0 +1 @@\n+x\n");
});

Deno.test("unifiedDiff() quotes a name that would break the header", () => {
  assert.match(unifiedDiff("a\n+++ b.py", "x\n", "y\n"), /^--- "a\/a\\n\+\+\+ b.py"\n/);
  assert.match(unifiedDiff('\x1b"\\\x7f.py', "x\n", "y\n"), /^--- "a\/\\033\\"\\\\\\177\.py"\n/);
  assert.match(unifiedDiff("/tmp/a.py", "x\n", "y\n"), /^--- \/tmp\/a.py\n/);
});

const LINES = fc.array(fc.constantFrom("a", "b", "c", "", "same"), { maxLength: 30 });
const TEXT = fc.tuple(LINES, fc.boolean()).map(([lines, closed]) =>
  lines.join("\n") + (closed && lines.length > 0 ? "\n" : "")
);

Deno.test("unifiedDiff() turns the one text into the other", () => {
  fc.assert(
    fc.property(TEXT, TEXT, (before, after) => {
      const patch = unifiedDiff("a.py", before, after);
      if (before === after) assert.equal(patch, "");
      else assert.equal(applyPatch(before, patch), after);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("changedRegions() finds the shortest difference of short texts", () => {
  fc.assert(fc.property(LINES, LINES, (old, now) => {
    let [i, j] = [0, 0];
    for (const { before, after } of changedRegions(old, now)) {
      assert.deepEqual(old.slice(i, before.from), now.slice(j, after.from));
      assert.ok(before.to > before.from || after.to > after.from);
      [i, j] = [before.to, after.to];
    }
    assert.deepEqual(old.slice(i), now.slice(j));
  }));
});

Deno.test("unifiedDiff() is quick with 10 MB, however much differs", () => {
  const lines = Array.from({ length: 400_000 }, (_, index) => `value_${index} = ${index}\n`);
  const before = lines.join("");
  const spaced = lines.map((line) => line.replace(" = ", "=")).join("");
  const some = lines.map((line, index) => index % 7 ? line : `\n${line}`).join("");
  const same = "x = 1\n".repeat(1_500_000), cut = "y = 1\n".repeat(1_000_000);
  const start = performance.now();
  for (const after of [spaced, some]) assert.ok(unifiedDiff("a.py", before, after).length > 0);
  assert.ok(unifiedDiff("a.py", same, cut).length > 0);
  assert.ok(performance.now() - start < 15_000);
  assert.equal(countChangedLines(before, some), Math.ceil(400_000 / 7));
});
