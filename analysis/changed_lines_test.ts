import assert from "node:assert/strict";
import fc from "fast-check";
import { asEnginesCount, changedFunctions, isOnChangedLine } from "./changed_lines.ts";
import type { ComplexityReport } from "./complexity.ts";
import type { FileChange } from "./inspection.ts";
import type { Issue } from "./issue.ts";

function issueAt(line: number, more: Partial<Issue> = {}): Issue {
  return {
    ...{ severity: "major", category: "correctness", message: "x", rule: "F821" },
    ...{ line, column: 1, end: { line, column: 2 } },
    ...more,
  };
}

const CHANGE: FileChange = { isNew: false, lines: [{ first: 2, last: 3 }, { first: 7, last: 7 }] };
const NEW: FileChange = { isNew: true, lines: [] };

const TABLE: [Issue, FileChange, boolean][] = [
  [issueAt(1), CHANGE, false],
  [issueAt(2), CHANGE, true],
  [issueAt(3), CHANGE, true],
  [issueAt(4), CHANGE, false],
  [issueAt(7), CHANGE, true],
  [issueAt(1, { end: { line: 2, column: 2 } }), CHANGE, true],
  [issueAt(1, { end: { line: 2, column: 1 } }), CHANGE, false],
  [issueAt(2, { wholeFile: true }), CHANGE, false],
  [issueAt(1, { rule: "syntax-error" }), CHANGE, true],
  [issueAt(1, { wholeFile: true }), NEW, true],
  [issueAt(9), { isNew: false, lines: [] }, false],
  [issueAt(1, { cell: 2, fileLine: 7 }), CHANGE, true],
  [issueAt(2, { cell: 2, fileLine: 9 }), CHANGE, false],
];

Deno.test("isOnChangedLine() counts what lies on a changed line, is of a new file, or breaks it", () => {
  for (const [issue, change, counts] of TABLE) {
    assert.equal(isOnChangedLine(issue, change), counts, JSON.stringify(issue));
  }
});

Deno.test("changedFunctions() keeps functions with a changed line", () => {
  const functions = [[1, 1], [3, 6], [4, 6], [6, 9]].map(([line, endLine]) => ({ line, endLine }));
  const report = { functions } as unknown as ComplexityReport;
  const kept = changedFunctions(report, CHANGE).functions.map(({ line }) => line);
  assert.deepEqual(kept, [3, 6]);
  assert.equal(changedFunctions(report, NEW).functions.length, 4);
});

const line = fc.array(fc.constantFrom("a", "\r", "\r\r"), { maxLength: 4 }).map((parts) =>
  parts.join("")
);

Deno.test("asEnginesCount() finds the same text on the lines that engines count", () => {
  fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.nat(7), (lines, at) => {
    const first = Math.min(at, lines.length - 1) + 1;
    // Marked, so that it is known where the line went; behind \n no mark is needed to end it.
    const marked = lines.map((text, index) => index === first - 1 ? `<${text}>` : text);
    const text = marked.join("\n");
    const { lines: [range] } = asEnginesCount(
      { isNew: false, lines: [{ first, last: first }] },
      text,
    );
    const counted = text.split(/\r\n|\r|\n/);
    const begin = counted.findIndex((part) => part.startsWith("<")) + 1;
    const end = counted.findIndex((part) => part.endsWith(">")) + 1;
    assert.deepEqual(range, { first: begin, last: end }, JSON.stringify(text));
  }));
});

Deno.test("asEnginesCount() leaves ordinary texts alone", () => {
  assert.equal(asEnginesCount(CHANGE, "a\r\nb\nc"), CHANGE);
});
