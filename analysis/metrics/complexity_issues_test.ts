import assert from "node:assert/strict";
import type { FunctionComplexity } from "../complexity.ts";
import { complexityIssues, SAID_BY_RUFF } from "./complexity_issues.ts";
import { DEFAULT_LIMITS } from "./complexity_limits.ts";

const fine: FunctionComplexity = {
  name: "f",
  line: 1,
  endLine: 10,
  column: 5,
  cyclomatic: 10,
  rank: "B",
  cognitive: 15,
  length: 10,
  parameters: 7,
  nesting: 4,
  kind: "function",
};

function told(functions: Partial<FunctionComplexity>[], limits = DEFAULT_LIMITS): string[] {
  const all = functions.map((one) => ({ ...fine, ...one }));
  return complexityIssues(all, limits).map(({ rule, line, message }) =>
    `${line} ${rule.slice("devmcp/".length)}: ${message}`
  );
}

const inner = { name: "g", line: 20, endLine: 119, length: 100 };
const TABLE: [what: string, Partial<FunctionComplexity>[], expected: string[]][] = [
  ["what is at its limit", [{}], []],
  [
    "each measure",
    [{ cyclomatic: 11, cognitive: 16, nesting: 5, parameters: 8, length: 81, endLine: 81 }],
    [
      "1 cyclomatic-complexity: `f` has a cyclomatic complexity of 11 (at most 10)",
      "1 cognitive-complexity: `f` has a cognitive complexity of 16 (at most 15)",
      "1 nesting: `f` nests 5 levels deep (at most 4)",
      "1 parameters: `f` has 8 parameters (at most 7)",
      "1 function-length: `f` has 81 lines (at most 80)",
    ],
  ],
  [
    "lines of a function inside, not a second time",
    [{ endLine: 150, length: 150 }, inner],
    ["20 function-length: `g` has 100 lines (at most 80)"],
  ],
  [
    "lines of functions beside one another inside",
    [{ endLine: 150, length: 150 }, { line: 2, endLine: 60, length: 59 }, {
      line: 61,
      endLine: 140,
      length: 80,
    }],
    [],
  ],
  [
    "what a function inside costs, only there",
    [{ endLine: 150, cognitive: 40 }, { ...inner, length: 9, cognitive: 30 }],
    ["20 cognitive-complexity: `g` has a cognitive complexity of 30 (at most 15)"],
  ],
  [
    "what functions inside cost together, where none is above by itself",
    [{ endLine: 150, cognitive: 24 }, { ...inner, length: 9, cognitive: 12 }],
    ["1 cognitive-complexity: `f` has a cognitive complexity of 24 (at most 15)"],
  ],
];

for (const [what, functions, expected] of TABLE) {
  Deno.test(`complexityIssues() tells ${what}`, () => assert.deepEqual(told(functions), expected));
}

Deno.test("complexityIssues() tells nothing of a limit of 0, nor what others say", () => {
  const one = { cyclomatic: 99, parameters: 99 };
  assert.deepEqual(told([one], { ...DEFAULT_LIMITS, cyclomatic: 0, parameters: 0 }), []);
  assert.deepEqual(complexityIssues([{ ...fine, ...one }], DEFAULT_LIMITS, SAID_BY_RUFF), []);
});

Deno.test("complexityIssues() lies on the name and is about the whole function", () => {
  const [issue] = complexityIssues([{ ...fine, nesting: 9 }], DEFAULT_LIMITS);
  const { line, column, end, lastLine, severity, category } = issue!;
  assert.deepEqual([line, column, end, lastLine], [1, 5, { line: 1, column: 6 }, 10]);
  assert.deepEqual([severity, category], ["minor", "complexity"]);
});
