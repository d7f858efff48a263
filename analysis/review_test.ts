import assert from "node:assert/strict";
import fc from "fast-check";
import { CATEGORIES } from "../config/choices.ts";
import type { Inspection } from "./inspection.ts";
import { compareIssues, type Issue, SEVERITIES } from "./issue.ts";
import { toReview } from "./review.ts";

function inspection(issues: Issue[], values: Partial<Inspection> = {}): Inspection {
  const rest = { lines: 99, suggestions: [], compliments: [], isAssured: false, excerpts: {} };
  return { issues: [...issues], ...rest, ...values };
}

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

function issue(
  rule: string,
  category: Issue["category"] = "style",
  values: Partial<Issue> = {},
): Issue {
  const place = { line: 1, column: 1, end: { line: 1, column: 1 } };
  return { severity: "major", category, message: "m", rule, ...place, ...values };
}

Deno.test("toReview() gives the worst issues and counts the rest", () => {
  fc.assert(fc.property(fc.array(anIssue), fc.nat(20), (issues, maxIssues) => {
    const review = toReview(inspection(issues), { maxIssues });
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

Deno.test("toReview() never lowers the score when an issue is mended", () => {
  fc.assert(fc.property(fc.array(anIssue, { minLength: 1 }), fc.nat(), (issues, index) => {
    const before = toReview(inspection(issues)).overall_score;
    const rest = issues.toSpliced(index % issues.length, 1);
    assert.ok(toReview(inspection(rest)).overall_score >= before);
  }));
});

Deno.test("toReview() keeps to the focus, but never hides a syntax error", () => {
  const issues = [issue("S602", "security"), issue("E501", "style")];
  const review = toReview(inspection(issues), { focus: ["security"] });
  assert.deepEqual(review.issues.map(({ rule }) => rule), ["S602"]);
  assert.equal(review.counts.major, 1);
  const broken = toReview(inspection([issue("syntax-error", "correctness"), ...issues]), {
    focus: ["naming"],
  });
  assert.deepEqual(broken.issues.map(({ rule }) => rule), ["syntax-error"]);
  assert.equal(broken.overall_score, 0);
});

Deno.test("toReview() keeps to what a diff changes, and counts whole files only when new", () => {
  const at = (line: number, last = line) => ({ line, end: { line: last, column: 9 } });
  const issues = [
    issue("A", "style", at(1)),
    issue("B", "style", at(3)),
    issue("C", "style", at(2, 5)),
    issue("D", "style", { ...at(4), wholeFile: true }),
    issue("E", "style", { line: 2, end: { line: 3, column: 1 } }),
  ];
  const rules = (lines: [first: number, last: number][], isNew = false) =>
    toReview(inspection(issues), {
      change: { isNew, lines: lines.map(([first, last]) => ({ first, last })) },
    }).issues.map(({ rule }) => rule).sort().join("");
  assert.equal(rules([[3, 4]]), "BC");
  assert.equal(rules([[1, 1], [7, 9]]), "A");
  assert.equal(rules([]), "");
  assert.equal(rules([], true), "ABCDE");
});

Deno.test("toReview() is quiet about known issues, and counts them", () => {
  const issues = ["x:1", "y:1", "x:2"].map((fingerprint, index) =>
    issue("A", "style", { fingerprint, line: index + 1 })
  );
  const silenced = issue("B", "style", { suppressed: { by: "comment" } });
  const review = (known: string[], options = {}) =>
    toReview(inspection(issues, { suppressed: [silenced] }), { known, ...options });
  const lines = (known: string[]) => review(known).issues.map(({ line }) => line);
  assert.deepEqual(lines([]), [1, 2, 3]);
  assert.deepEqual(lines(["x:1", "z:1"]), [2, 3]);
  const { issues_suppressed, suppressed } = review(["x:1", "y:1"]);
  assert.deepEqual([issues_suppressed, suppressed], [{ comment: 1, baseline: 2 }, undefined]);
  assert.deepEqual(
    review(["y:1"], { keepSuppressed: true }).suppressed?.map(({ suppressed }) => suppressed?.by),
    ["comment", "baseline"],
  );
});

Deno.test("toReview() says what is clean only where all was checked", () => {
  const clean = ["The rules found no security or correctness issue"];
  assert.deepEqual(toReview(inspection([], { isAssured: true })).compliments, clean);
  assert.deepEqual(toReview(inspection([])).compliments, []);
});
