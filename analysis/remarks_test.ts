import assert from "node:assert/strict";
import type { ComplexityReport, FunctionComplexity } from "./complexity.ts";
import type { Issue } from "./issue.ts";
import {
  cleanCategories,
  complimentsOn,
  fixableIssues,
  isWhollyMeasured,
  recommendationsFor,
  suggestionsFor,
} from "./remarks.ts";

const simple: FunctionComplexity = {
  name: "f",
  line: 3,
  endLine: 9,
  column: 1,
  cyclomatic: 2,
  cognitive: 1,
  rank: "A",
  length: 7,
  parameters: 1,
  nesting: 1,
  documented: true,
  public: true,
  kind: "function",
};
const report = (
  functions: Partial<FunctionComplexity>[],
  more: Partial<ComplexityReport> = {},
): ComplexityReport => ({
  language: "python",
  lines: 9,
  cyclomatic: 1,
  cognitive: 0,
  raw: { loc: 9, lloc: 5, sloc: 7, comments: 0, multi: 0, blank: 2, singleComments: 0 },
  halstead: null,
  maintainabilityIndex: 80,
  maintainabilityRank: "A",
  functions: functions.map((f) => ({ ...simple, ...f })),
  classes: [],
  moduleDocumented: true,
  notMeasured: [],
  ...more,
});
const issue = (more: Partial<Issue>): Issue => ({
  severity: "minor",
  category: "style",
  message: "m",
  rule: "E501",
  line: 1,
  column: 1,
  end: { line: 1, column: 2 },
  ...more,
});

Deno.test("recommendationsFor() names what is over each limit, worst first", () => {
  const table: [Partial<FunctionComplexity>[], string[]][] = [
    [[{}], []],
    [[{ cyclomatic: 10, cognitive: 15, nesting: 4, parameters: 7, length: 80 }], []],
    [[{ cyclomatic: 11 }, { name: "g", cyclomatic: 30 }], [
      "Split `g` (line 3, cyclomatic complexity 30), `f` (line 3, cyclomatic complexity 11)",
    ]],
    [[{ nesting: 5 }], ["Flatten with early returns `f` (line 3, 5 levels deep)"]],
    [Array(5).fill({ parameters: 8 }), [
      `Group the parameters of ${
        Array(3).fill("`f` (line 3, 8 parameters)").join(", ")
      } and 2 more`,
    ]],
  ];
  for (const [functions, lines] of table) {
    assert.deepEqual(recommendationsFor(report(functions)), lines);
  }
});

Deno.test("recommendationsFor() tells a module that is hard to maintain", () => {
  const hard = report([], { maintainabilityIndex: 8.04, maintainabilityRank: "C" });
  assert.deepEqual(recommendationsFor(hard), [
    "Divide the module: its maintainability index is 8.0 (rank C)",
  ]);
});

Deno.test("suggestionsFor() names undocumented parts", () => {
  assert.deepEqual(suggestionsFor(report([{ documented: false }]), true), [
    "Document `f` (line 3, public, no docstring)",
  ]);
  assert.match(suggestionsFor(report([]), false)[0]!, /^Mend what keeps/);
});

Deno.test("fixableIssues() counts safe fixes", () => {
  const fix = { message: "", safe: true, edits: [] };
  const issues = [issue({ fix }), issue({ fix: { ...fix, safe: false } }), issue({})];
  assert.equal(fixableIssues(issues), "Apply the safe fixes: they mend 1 of 3 issues");
  assert.equal(fixableIssues(issues.slice(1)), undefined);
});

Deno.test("complimentsOn() says only what was measured", () => {
  assert.deepEqual(complimentsOn(report([{}])), [
    "The one public function or class is documented",
    "No function is above cyclomatic complexity 10 (the highest is 2)",
    "The maintainability index is 80.0 (rank A)",
  ]);
  assert.deepEqual(complimentsOn(report([])), []);
  assert.deepEqual(complimentsOn(report([{}], { notMeasured: ["x"] })), []);
});

Deno.test("isWhollyMeasured() wants code, and all of it measured", () => {
  const empty = { loc: 0, lloc: 0, sloc: 0, comments: 0, multi: 0, blank: 0, singleComments: 0 };
  assert.ok(isWhollyMeasured(report([])));
  assert.ok(!isWhollyMeasured(report([], { raw: empty })));
  assert.ok(!isWhollyMeasured(report([{}], { notMeasured: ["x"] })));
});

Deno.test("cleanCategories() names what is in focus and has no issue", () => {
  assert.equal(cleanCategories([]), "The rules found no security or correctness issue");
  const insecure = [issue({ category: "security" })];
  assert.equal(cleanCategories(insecure), "The rules found no correctness issue");
  assert.equal(cleanCategories(insecure, ["security"]), undefined);
});
