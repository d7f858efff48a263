import assert from "node:assert/strict";
import { gradeComplexity, riskOf } from "./complexity_grade.ts";

Deno.test("gradeComplexity() grades by the shares of lines that are hard to change", () => {
  const cases: [number, number, number, number, string | undefined][] = [
    [0, 0, 0, 0, undefined],
    [100, 0, 0, 0, "A"],
    [75, 25, 0, 0, "A"],
    [74, 26, 0, 0, "B"],
    [95, 0, 5, 0, "B"],
    [90, 0, 10, 0, "C"],
    [95, 0, 0, 5, "D"],
    [94, 0, 0, 6, "E"],
    [0, 100, 0, 0, "E"],
  ];
  for (const [low, moderate, high, veryHigh, grade] of cases) {
    assert.equal(gradeComplexity({ low, moderate, high, veryHigh }), grade);
  }
});

Deno.test("riskOf() has its limits at 10, 20 and 50", () => {
  const risks = [1, 10, 11, 20, 21, 50, 51].map(riskOf);
  assert.deepEqual(risks, ["low", "low", "moderate", "moderate", "high", "high", "veryHigh"]);
});
