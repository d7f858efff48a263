import { deepEqual, equal } from "node:assert/strict";
import { addAdvice } from "./advice.ts";
import type { Issue } from "./issue.ts";
import { type FileReview, limitIssues } from "./review.ts";

function issueAt(line: number, values: Partial<Issue> = {}): Issue {
  return {
    severity: "minor",
    category: "style",
    message: "Bad",
    rule: "E1",
    line,
    column: 1,
    end: { line, column: 2 },
    ...values,
  };
}

const review: FileReview = {
  overall_score: 97,
  issues: [issueAt(9), issueAt(3, { severity: "info" })],
  issues_omitted: 0,
  counts: { critical: 0, major: 0, minor: 1, info: 1 },
  suggestions: ["Do"],
  compliments: [],
  lines: 10,
};
const ofModel = { rule: "model", source: "model" } as const;
const small = issueAt(1, { ...ofModel, confidence: 0.5 });
const grave = issueAt(8, { ...ofModel, severity: "critical" });
const advice = { model: "coder", issues: [small, grave], notes: [] };

Deno.test("addAdvice() puts advice after the issues of the rules, which stay as they are", () => {
  const advised = addAdvice(review, advice);
  deepEqual(advised, { ...review, issues: [...review.issues, grave, small], model: "coder" });
});

Deno.test("addAdvice() counts advice when told to", () => {
  const { counts, overall_score } = addAdvice(review, advice, { counts: true });
  deepEqual(counts, { critical: 1, major: 0, minor: 2, info: 1 });
  equal(overall_score, 64);
  const broken = { ...review, issues: [issueAt(1, { rule: "syntax-error" })], overall_score: 0 };
  equal(addAdvice(broken, advice, { counts: true }).overall_score, 0);
});

Deno.test("addAdvice() keeps the notes, also of a model that could not be asked", () => {
  const advised = addAdvice(review, { issues: [], notes: ["It is asleep"], missed: "asleep" });
  deepEqual(advised, { ...review, model_notes: ["It is asleep"], model_missed: "asleep" });
});

Deno.test("limitIssues() leaves out the last ones, and says how many", () => {
  const advised = addAdvice(review, advice);
  const limited = limitIssues(advised, 3);
  deepEqual([limited.issues, limited.issues_omitted], [[...review.issues, grave], 1]);
  deepEqual(limitIssues(advised, 0), advised);
  deepEqual(limitIssues(limited, 1).issues_omitted, 3);
});
