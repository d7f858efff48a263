import { equal, ok } from "node:assert/strict";
import { actsOnTerminal, fakeIssue, fakeReview, HOSTILE } from "../fake_review.ts";
import { createTally } from "../review_summary.ts";
import { renderIssues, renderMissed, renderReview, renderSummary, renderVerdict } from "./text.ts";

const plain = { color: false, columns: 80 };
const lines = ["import os", "import sys"];
const lineAt = (n: number) => lines[n - 1];

Deno.test("renderReview() shows place, excerpt, fix and verdict", () => {
  const issue = fakeIssue({ fix: { message: "Remove `os`", safe: true, edits: [] } });
  const review = fakeReview([issue], {
    issues_omitted: 2,
    suggestions: ["Document `f`"],
    compliments: ["No security issue"],
  });
  equal(
    renderReview("a.py", review, lineAt, plain),
    `a.py:1:8: minor F401 \`os\` imported but unused
  |
1 | import os
  |        ^^
2 | import sys
  = safe fix: Remove \`os\`

a.py: 2 more issues not shown; --max-issues 0 shows all

a.py: score 90/100, 1 issue (1 minor)

To improve
  - Document \`f\`

What is good
  + No security issue
`,
  );
});

Deno.test("renderIssues() says an unsafe fix is one, and manages without source", () => {
  const issue = fakeIssue({ fix: { message: "Rewrite it", safe: false, edits: [] } });
  equal(
    renderIssues("a.py", fakeReview([issue]), () => undefined, plain),
    "a.py:1:8: minor F401 `os` imported but unused\n  = unsafe fix: Rewrite it\n\n",
  );
  equal(renderIssues("a.py", fakeReview([]), lineAt, plain), "");
});

Deno.test("renderIssues() says what a model was not shown", () => {
  const review = fakeReview([], { model_notes: ["lines 2-9 not shown", HOSTILE] });
  const text = renderIssues("a.py", review, lineAt, plain);
  ok(text.startsWith("a.py: note: lines 2-9 not shown\n\na.py: note: "));
  ok(!actsOnTerminal(text));
});

const ofModel = fakeIssue({
  severity: "major",
  message: "Never closed",
  rule: "model",
  source: "model",
  confidence: 0.7,
  suggestion: "Use `with`",
});

Deno.test("renderReview() marks what a model found", () => {
  const review = fakeReview([fakeIssue(), ofModel], {
    counts: { critical: 0, major: 0, minor: 1, info: 0 },
    model: "coder:7b",
  });
  const text = renderReview("a.py", review, () => undefined, plain);
  equal(
    text,
    "a.py:1:8: minor F401 `os` imported but unused\n\n" +
      "a.py:1:8: major (model, 0.7) Never closed\n  = suggestion: Use `with`\n\n" +
      "a.py: score 90/100, 1 issue (1 minor); 1 finding of coder:7b\n",
  );
});

Deno.test("renderReview() colours by severity, and only when asked", () => {
  const review = fakeReview([fakeIssue({ severity: "critical" })]);
  ok(
    renderReview("a.py", review, lineAt, { color: true, columns: 80 }).includes("\x1b[31mcritical"),
  );
  ok(!renderReview("a.py", review, lineAt, plain).includes("\x1b"));
});

Deno.test("renderReview() lets nothing hostile through", () => {
  const issue = fakeIssue({
    message: HOSTILE,
    rule: HOSTILE,
    fix: { message: HOSTILE, safe: true, edits: [] },
    suggestion: HOSTILE,
  });
  const review = fakeReview([issue, { ...issue, source: "model" }], {
    suggestions: [HOSTILE],
    compliments: [HOSTILE],
    model: HOSTILE,
  });
  const text = renderReview(HOSTILE, review, () => HOSTILE.repeat(3), plain);
  ok(!actsOnTerminal(text), JSON.stringify(text));
});

Deno.test("renderVerdict() of a clean file has no excuse to be long", () => {
  const review = fakeReview([], { overall_score: 100 });
  equal(renderVerdict("a.py", review, plain), "a.py: score 100/100, no issues\n");
});

Deno.test("renderSummary() sums up many files in one line", () => {
  const tally = createTally();
  equal(renderSummary(tally.summary(), 10, plain), "Reviewed no files\n");
  tally.add(fakeReview([fakeIssue(), fakeIssue({ severity: "major" })], { lines: 1_000 }));
  tally.add(fakeReview([], { overall_score: 100, lines: 3_000 }));
  equal(
    renderSummary(tally.summary(), 1_250, plain),
    "Reviewed 2 files (4,000 lines) in 1.3 s: 2 issues (1 major, 1 minor) in 1 file, score 97/100\n",
  );
});

Deno.test("renderSummary() says what models found, where one was asked", () => {
  const tally = createTally();
  tally.add(fakeReview([], { overall_score: 100 }));
  equal(tally.summary().model_issues, undefined);
  const counts = { critical: 0, major: 0, minor: 0, info: 0 };
  tally.add(fakeReview([ofModel], { overall_score: 100, counts, model: "coder" }));
  equal(
    renderSummary(tally.summary(), 10, plain),
    "Reviewed 2 files (20 lines) in 10 ms: no issues, score 100/100; 1 finding of a model\n",
  );
});

Deno.test("renderMissed() counts what the model left out, with the first reason on one line", () => {
  const tally = createTally();
  tally.add(fakeReview([], { model: "coder" }));
  equal(renderMissed(tally.summary()), "");
  tally.add(fakeReview([], { model_missed: "Cannot\x1b[2J ask" }));
  tally.add(fakeReview([], { model: "coder", model_missed: "too long" }));
  equal(
    renderMissed(tally.summary()),
    "Not or not wholly reviewed by the model: 2 files, the first because: Cannot\\x1b[2J ask\n",
  );
});

Deno.test("createTally() weighs scores by lines, an empty file as one", () => {
  const tally = createTally();
  equal(tally.summary().overall_score, null);
  tally.add(fakeReview([], { overall_score: 100, lines: 0 }));
  equal(tally.summary().overall_score, 100);
  tally.add(fakeReview([], { overall_score: 0, lines: 1 }));
  equal(tally.summary().overall_score, 50);
});
