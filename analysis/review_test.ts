import assert from "node:assert/strict";
import fc from "fast-check";
import { CATEGORIES } from "../config/choices.ts";
import type { ComplexityReport } from "./complexity.ts";
import { compareIssues, type Issue, SEVERITIES } from "./issue.ts";
import { composeReview } from "./review.ts";

const measured: ComplexityReport = {
  cyclomatic: 0,
  cognitive: 0,
  raw: null,
  halstead: null,
  maintainabilityIndex: null,
  maintainabilityRank: null,
  functions: [],
  classes: [],
  moduleDocumented: false,
  notMeasured: [],
};
const position = fc.integer({ min: 1, max: 99 });
const anIssue = fc.record({
  severity: fc.constantFrom(...SEVERITIES),
  category: fc.constantFrom(...CATEGORIES),
  message: fc.constant("m"),
  rule: fc.constantFrom("F401", "E501", "S602"),
  line: position,
  column: position,
  end: fc.record({ line: position, column: position }),
}) as fc.Arbitrary<Issue>;

Deno.test("composeReview() gives the worst issues and counts the rest", () => {
  fc.assert(fc.property(fc.array(anIssue), fc.nat(20), (issues, maxIssues) => {
    const review = composeReview([...issues], measured, 1, { maxIssues });
    assert.equal(review.issues.length + review.issues_omitted, issues.length);
    assert.ok(maxIssues === 0 || review.issues.length <= maxIssues);
    assert.deepEqual(
      review.issues,
      [...issues].sort(compareIssues).slice(0, maxIssues || undefined),
    );
    const counted = SEVERITIES.reduce((sum, severity) => sum + review.counts[severity], 0);
    assert.equal(counted, issues.length);
  }));
});

Deno.test("composeReview() never lowers the score when an issue is mended", () => {
  fc.assert(fc.property(fc.array(anIssue, { minLength: 1 }), fc.nat(), (issues, index) => {
    const before = composeReview([...issues], measured, 1).overall_score;
    const rest = issues.toSpliced(index % issues.length, 1);
    assert.ok(composeReview(rest, measured, 1).overall_score >= before);
  }));
});

Deno.test("composeReview() keeps to the focus, but never hides a syntax error", () => {
  const issue = (rule: string, category: Issue["category"]): Issue => ({
    severity: "major",
    category,
    message: "m",
    rule,
    line: 1,
    column: 1,
    end: { line: 1, column: 1 },
  });
  const issues = [issue("S602", "security"), issue("E501", "style")];
  const review = composeReview(issues, measured, 1, { focus: ["security"] });
  assert.deepEqual(review.issues.map(({ rule }) => rule), ["S602"]);
  assert.equal(review.counts.major, 1);
  const broken = composeReview([issue("syntax-error", "correctness"), ...issues], measured, 1, {
    focus: ["naming"],
  });
  assert.deepEqual(broken.issues.map(({ rule }) => rule), ["syntax-error"]);
  assert.equal(broken.overall_score, 0);
});
