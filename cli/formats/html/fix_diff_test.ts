import assert from "node:assert/strict";
import { fixDiff, fixedLines } from "./fix_diff.ts";

const LINES = ["import os", "import re", "x = 1"];
const lineAt = (n: number) => LINES[n - 1];
const fix = (start: [number, number], end: [number, number], content: string) => ({
  message: "Mend it",
  safe: true,
  edits: [{
    start: { line: start[0], column: start[1] },
    end: { line: end[0], column: end[1] },
    content,
  }],
});

Deno.test("fixedLines() gives only the lines that differ", () => {
  const table: [ReturnType<typeof fix>, ReturnType<typeof fixedLines>][] = [
    [fix([1, 1], [2, 1], ""), { from: 1, removed: ["import os"], added: [] }],
    [fix([3, 5], [3, 6], "2"), { from: 3, removed: ["x = 1"], added: ["x = 2"] }],
    [fix([3, 1], [3, 1], "y\n"), { from: 3, removed: [], added: ["y"] }],
    [fix([3, 6], [4, 1], "\n"), undefined],
    [fix([2, 10], [4, 1], "\n"), { from: 3, removed: ["x = 1"], added: [] }],
    [fix([9, 1], [9, 2], "z"), undefined],
    [fix([1, 1], [9, 2], "z"), undefined],
    [{ message: "", safe: true, edits: [] }, undefined],
  ];
  for (const [one, expected] of table) assert.deepEqual(fixedLines(one, lineAt), expected);
});

Deno.test("fixDiff() is bounded, and text", () => {
  const long = `${"<b>\n".repeat(40)}${"y".repeat(1e6)}`;
  const text = `${fixDiff(fix([3, 1], [3, 6], long), lineAt, undefined)}`;
  assert.match(text, /class="l del" data-n="− 3">x = 1\n/);
  assert.match(text, /data-n="\+ 10">&lt;b&gt;\n<[^]*data-n="…">33 more/);
  assert.ok(text.length < 2000, `${text.length}`);
});
