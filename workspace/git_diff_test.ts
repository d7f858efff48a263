import assert from "node:assert/strict";
import fc from "fast-check";
import type { LineRange } from "../analysis/inspection.ts";
import { createDiffReader, type DiffEntry } from "./git_diff.ts";
import { withRepository } from "./repository_fixture.ts";

const ARGS = [
  "diff",
  "--cached",
  "--raw",
  "--no-abbrev",
  "-z",
  "-p",
  "-U0",
  "-M",
  "--diff-filter=d",
];

function read(diff: Uint8Array, chunk = Infinity): DiffEntry[] {
  const reader = createDiffReader();
  for (let at = 0; at < diff.length; at += chunk) reader.push(diff.subarray(at, at + chunk));
  return reader.end();
}

const bytes = (text: string) => new TextEncoder().encode(text);
const nameOf = ({ name }: DiffEntry) => new TextDecoder().decode(name);
const numbers = (ranges: LineRange[]) =>
  ranges.flatMap(({ first, last }) =>
    Array.from({ length: last - first + 1 }, (_, n) => first + n)
  );

/** Lines that look like a patch, too. */
const line = fc.constantFrom(
  ..."a b c".split(" "),
  "",
  "+",
  "-- a",
  "++ b/x",
  "@@ -1 +1,9 @@",
  "diff --git a/x b/x",
  "Binary files a and b differ",
  "\\ No newline at end of file",
  "\r",
  "x".repeat(200),
);
const text = fc.tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
  .map(([lines, ends]) => lines.join("\n") + (ends && lines.length > 0 ? "\n" : ""));
const name = fc.constantFrom("a", " b", "-c", 'd"', "e\n@@ -1 +1,9 @@", "f\\", "ü", "g\t", "h:")
  .chain((start) => fc.integer({ min: 0, max: 99 }).map((n) => `${start}${n}`));

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

Deno.test("createDiffReader() tells the lines that git added, whatever files and names hold", async () => {
  const edits = fc.uniqueArray(fc.tuple(name, text, text), {
    selector: ([name]) => name,
    minLength: 40,
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(edits, fc.integer({ min: 1, max: 300 }), async (edits, chunk) => {
      await withRepository(async ({ git, write, commit }) => {
        await commit(Object.fromEntries(edits.map(([name, before]) => [name, before])));
        await write(Object.fromEntries(edits.map(([name, , after]) => [name, after])));
        await git("add", "--all");
        const diff = bytes(await git(...ARGS));
        const entries = read(diff, chunk);
        assert.deepEqual(entries, read(diff));
        const changed = edits.filter(([, before, after]) => before !== after);
        assert.deepEqual(entries.map(nameOf).sort(), changed.map(([name]) => name).sort());
        for (const [name, before, after] of changed) {
          const { change } = entries.find((entry) => nameOf(entry) === name)!;
          const added = new Set(numbers(change.lines));
          const kept = linesOf(after).filter((_, index) => !added.has(index + 1));
          assert.ok(isPartOf(kept, linesOf(before)), JSON.stringify([name, before, after]));
        }
        assert.equal(
          entries.reduce((sum, { change }) => sum + numbers(change.lines).length, 0),
          addedLines(await git("diff", "--cached", "--numstat")),
        );
      });
    }),
    { numRuns: 8 },
  );
});

/** Whether the lines stand in `all` in this order. */
function isPartOf(lines: string[], all: string[]): boolean {
  let at = 0;
  return lines.every((line) => (at = all.indexOf(line, at) + 1) > 0);
}

function addedLines(numstat: string): number {
  return numstat.trim().split("\n").reduce((sum, line) => sum + Number(line.split("\t")[0]), 0);
}

const RAW = (status: string, name: string, modes = "100644 100644") =>
  `:${modes} ${"1".repeat(40)} ${"2".repeat(40)} ${status}\0${name}\0`;

Deno.test("createDiffReader() tells what is new, renamed, of another type, and unmerged", () => {
  const patch = "diff --git a/x b/x\n@@ -1 +1 @@\n-a\n+b\n";
  const table: [string, Partial<DiffEntry["change"]>][] = [
    [`${RAW("M", "n")}\0${patch}`, { isNew: false, lines: [{ first: 1, last: 1 }] }],
    [`${RAW("A", "n", "000000 100644")}\0${patch}`, { isNew: true }],
    [`${RAW("R097", "o\0n")}\0${patch}`, { isNew: false }],
    [`${RAW("C097", "o\0n")}\0${patch}`, { isNew: true }],
    [`${RAW("T", "n", "120000 100644")}\0${patch}${patch}`, { isNew: true }],
    [`${RAW("U", "n", "000000 000000")}\0* Unmerged path n\n`, { lines: [] }],
    [`${RAW("M", "n")}\0diff --git a/x b/x\nold mode 100644\nnew mode 100755\n`, { lines: [] }],
    [
      `${RAW("M", "n")}\0diff --git a/x b/x\nBinary files a/x and b/x differ\n`,
      { lines: [{ first: 1, last: 2147483647 }] },
    ],
  ];
  for (const [diff, change] of table) {
    const [entry, ...more] = read(bytes(diff));
    assert.equal(nameOf(entry!), "n");
    assert.deepEqual(more, []);
    assert.deepEqual({ ...entry!.change, ...change }, entry!.change, diff);
  }
  assert.deepEqual(read(bytes("")), []);
});

Deno.test("createDiffReader() refuses what is no such diff", () => {
  const part = "diff --git a/x b/x\n@@ -1 +1 @@\n";
  for (
    const diff of [
      "usage: git diff",
      "x\0y\0\0",
      RAW("M", "n").slice(0, -1),
      `${RAW("M", "n")}\0`,
      `${RAW("M", "n")}\0${part}${part}`,
      `${RAW("R097", "o")}\0${part}`,
    ]
  ) assert.throws(() => read(bytes(diff)), /not what was expected/, diff);
});

Deno.test("createDiffReader() counts lines between hunks too where there are too many to keep", () => {
  const hunks = Array.from({ length: 200_100 }, (_, n) => `@@ -${n * 2} +${n * 2 + 1} @@\n+x\n`);
  const diff = `${RAW("M", "n")}\0diff --git a/x b/x\n${hunks.join("")}`;
  const { lines } = read(bytes(diff), 65_536)[0]!.change;
  assert.equal(lines.length, 200_000);
  assert.deepEqual(lines.at(-1), { first: 399_999, last: 400_199 });
});
