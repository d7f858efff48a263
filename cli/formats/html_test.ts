import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";
import type { FileReview } from "../../analysis/review.ts";
import { fakeIssue, fakeReview } from "../fake_review.ts";
import { createTally } from "../review_summary.ts";
import { createHtml } from "./html.ts";

interface Run {
  single?: boolean;
  problems?: number;
}

const RULES = new Map([
  ["F401", { name: "unused-import", summary: "An `import` is unused.", url: "https://e.org/F401" }],
  ["bad", { name: "bad", summary: "Bad.", url: "javascript:alert(1)" }],
]);

function written(
  files: Record<string, FileReview>,
  { single = false, problems = 0 }: Run = {},
): string {
  const findRule = (code: string) => RULES.get(code);
  const page = createHtml({ subject: "shop", version: "1.2.3", findRule, single });
  const tally = createTally();
  for (const [path, review] of Object.entries(files)) {
    tally.add(review);
    equal(page.file(path, review, (line) => line === 1 ? "import os, re" : undefined), "");
  }
  for (let n = 0; n < problems; n++) page.problem!(`${n}.py`, "no such file");
  return page.footer!(tally.summary());
}

const idsOf = (text: string) =>
  [...text.matchAll(/<article [^>]*id="([^"]*)"/g)].map(([, id]) => id);

Deno.test("createHtml() shows a finding with place, rule, source and fix", () => {
  const [start, end] = [{ line: 1, column: 8 }, { line: 1, column: 12 }];
  const fix = { message: "Remove `os`", safe: true, edits: [{ start, end, content: "" }] };
  const text = written({ "a.py": fakeReview([fakeIssue({ fix, fingerprint: "x:1" })]) });
  match(text, /<h1>Review of shop<\/h1>/);
  match(text, /<code>os<\/code> imported but unused<\/h4>/);
  match(text, /<a class="rule" href="https:\/\/e.org\/F401" rel="noreferrer">F401<\/a>/);
  match(text, /data-n="1">import <mark>os<\/mark>, re\n/);
  match(text, /<b>Safe fix<\/b> Remove <code>os<\/code>/);
  match(text, /data-n="− 1">import os, re\n[^]*data-n="\+ 1">import re\n/);
  const [id] = idsOf(text);
  match(text, new RegExp(`<a class="place" href="#${id}"[^>]*>1:8</a>`));
  equal(text, written({ "a.py": fakeReview([fakeIssue({ fix, fingerprint: "x:1" })]) }));
});

Deno.test("createHtml() gives links of their own, the same whatever else is found", () => {
  const issues = [fakeIssue({ fingerprint: "x:1" }), fakeIssue({ fingerprint: "x:1" })];
  const text = written({ "a.py": fakeReview(issues), "b.py": fakeReview(issues) });
  equal(new Set(idsOf(text)).size, 4);
  deepEqual(idsOf(written({ "b.py": fakeReview(issues) })), idsOf(text).slice(2));
});

Deno.test("createHtml() links to nothing but https:", () => {
  const text = written({ "a.py": fakeReview([fakeIssue({ rule: "bad" })]) });
  doesNotMatch(text, /javascript:/);
});

Deno.test("createHtml() keeps the most severe of many findings, and says how many are left out", () => {
  const many = Object.fromEntries(Array.from({ length: 2_600 }, (_, n) => [
    `${n}.py`,
    fakeReview([
      ...n === 2_599 ? [fakeIssue({ severity: "critical" })] : [],
      ...Array(10).fill(fakeIssue({ message: "x".repeat(9_999) })),
    ]),
  ]));
  const text = written(many);
  ok(text.length < 15e6, `${text.length}`);
  const shown = idsOf(text).length;
  match(text, /data-severity="critical"[^]*<\/details>/);
  const [, left] = /Not shown: ([\d,]+) findings/.exec(text)!;
  equal(shown + Number(left!.replaceAll(",", "")), 26_001);
  match(text, /and 600 more files with less severe findings/);
});

Deno.test("createHtml() tells what else there is to tell", () => {
  const one = written({
    "a.py": fakeReview([fakeIssue({ source: "model", confidence: 0.7, suggestion: "Close it" })], {
      suggestions: ["Split `f`"],
      compliments: ["All is documented"],
      issues_suppressed: { comment: 2, baseline: 1 },
      issues_omitted: 3,
      fixed: [{ rule: "F841", count: 2 }],
      fix_notes: ["`E711` was left"],
      model: "m",
      model_notes: ["only the first half"],
    }),
  }, { single: true, problems: 201 });
  for (
    const part of [
      /<h1>Review of a.py/,
      /Not told: 2 findings silenced by comments/,
      /Not told: 1 finding known from the baseline/,
      /Fixed 2 findings in 1 file/,
      /Fixed: <code>F841<\/code> \(2\)/,
      /3 more findings not shown; --max-issues 0 shows all/,
      /<code>E711<\/code> was left/,
      /only the first half/,
      /Advice of a model \(<code>m<\/code>\): 1 finding/,
      /a model's advice, confidence 0.7/,
      /<b>Suggestion<\/b> Close it/,
      /Split <code>f<\/code>[^]*All is documented/,
      /Not reviewed: 201 files[^]*and 1 more file/,
    ]
  ) match(one.replaceAll("&#39;", "'"), part);
});

Deno.test("createHtml() of nothing is a page", () => {
  match(written({ "a.py": fakeReview([]) }), /<h2>No findings<\/h2>/);
  match(written({}), /<dt>Score<\/dt><dd>–<small>no files/);
});
