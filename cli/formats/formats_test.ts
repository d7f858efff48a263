import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Issue } from "../../analysis/issue.ts";
import { fakeApp } from "../fake_app.ts";
import { actsOnTerminal, fakeIssue, HOSTILE } from "../fake_review.ts";
import { formatOfFile, loadRenderer, REVIEW_FORMATS, type ReviewFormat } from "./formats.ts";
import { renderAll } from "./rendered_fixture.ts";

async function written(
  format: ReviewFormat,
  files: Record<string, Issue[]>,
  problems?: Record<string, string>,
): Promise<string> {
  const app = fakeApp({
    cwd: "/w",
    loadAsset: () => Promise.resolve(new TextEncoder().encode("[]")),
  });
  const options = { app, subject: "x", style: app.stdout, single: false, statistics: false };
  return renderAll(await loadRenderer(format, options), files, problems);
}

/** Would end an element, an attribute, a table's cell, a piece of code or a line. */
const INJECTION =
  `</failure>]]><x a="'> | \`</code>\` [a](http://e.org) @all <img src=x> \n${HOSTILE}`;

Deno.test("loadRenderer() gives formats that nothing hostile gets through", async () => {
  const issue = fakeIssue({ message: INJECTION, rule: INJECTION, suggestion: INJECTION });
  for (const format of REVIEW_FORMATS) {
    const text = await written(format, { [INJECTION]: [issue] }, { [INJECTION]: INJECTION });
    ok(!actsOnTerminal(text), format);
    if (["junit", "checkstyle", "markdown"].includes(format)) ok(!/<img|<x /.test(text), format);
    if (format === "markdown") ok(!/\]\(http|@all|:\/\//.test(text), text);
  }
});

Deno.test("loadRenderer() gives jsonl with a finding a line, then the summary", async () => {
  const text = await written("jsonl", {
    "a.py": [fakeIssue(), fakeIssue({ line: 2 })],
    "b.py": [],
  });
  const lines = text.trimEnd().split("\n").map((line) => JSON.parse(line));
  deepEqual(
    lines.map(({ type, path, line, message, files }) => [type, path, line ?? message ?? files]),
    [
      ["finding", "a.py", 1],
      ["finding", "a.py", 2],
      ["problem", "gone.py", "no such file"],
      ["summary", undefined, 2],
    ],
  );
});

Deno.test("loadRenderer() gives GitLab's report: relative paths, unique fingerprints", async () => {
  const issues = (["critical", "major", "minor", "info"] as const)
    .map((severity) => fakeIssue({ severity, fingerprint: "same:1" }));
  const broken = fakeIssue({ rule: "syntax-error", severity: "critical" });
  const advice = fakeIssue({ source: "model", severity: "critical", suggestion: "Close it" });
  const files = { "./src/a.py": issues, "/w/b.py": [broken, advice], "/tmp/c.py": issues };
  const entries = JSON.parse(await written("gitlab", files));
  deepEqual(entries[0], {
    description: "`os` imported but unused",
    check_name: "F401",
    fingerprint: entries[0].fingerprint,
    severity: "critical",
    location: { path: "src/a.py", lines: { begin: 1, end: 1 } },
  });
  deepEqual(
    entries.map(({ severity, location }: { severity: string; location: { path: string } }) =>
      `${severity} ${location.path}`
    ).slice(1, 7),
    [
      "major src/a.py",
      "minor src/a.py",
      "info src/a.py",
      "blocker b.py",
      "info b.py",
      "critical /tmp/c.py",
    ],
  );
  const prints = entries.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
  equal(new Set(prints).size, entries.length);
  ok(prints.every((print: string) => /^[0-9a-f]{32}$/.test(print)));
  deepEqual(JSON.parse(await written("gitlab", {}, {})), []);
});

Deno.test("loadRenderer() gives JUnit's XML: a suite per file, advice is skipped", async () => {
  const text = await written("junit", {
    "a.py": [fakeIssue(), fakeIssue({ source: "model", cell: 2 })],
    "b.py": [],
  });
  match(text, /<testsuite name="a.py" tests="2" failures="1" errors="0" skipped="1">/);
  match(text, /<testcase name="F401 at 1:8" classname="a.py"><failure type="minor" message=/);
  match(text, /<testcase name="F401 at cell 2:1:8" classname="a.py"><skipped /);
  match(
    text,
    /<testsuite name="b.py" tests="1" failures="0"[^>]*>\n<testcase name="b.py" [^>]*\/>/,
  );
  match(text, /<error type="analysis-failed" message="no such file"\/>/);
});

Deno.test("loadRenderer() gives Checkstyle's XML of the files with findings", async () => {
  equal(
    await written("checkstyle", { "a.py": [fakeIssue({ severity: "major" })], "b.py": [] }, {}),
    `<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
<file name="a.py">
<error line="1" column="8" severity="error" message="\`os\` imported but unused" source="devmcp.F401"/>
</file>
</checkstyle>
`,
  );
});

Deno.test("loadRenderer() gives Markdown with the summary first, bounded", async () => {
  const text = await written("markdown", { "a.py": [fakeIssue()], "b.py": [] }, {});
  match(text, /^### devmcp review: 1 finding in 1 file\n\n\| critical \| major \|/);
  match(text, /<summary><code>a.py<\/code>: 1 finding<\/summary>/);
  match(text, /\| 1 \| minor \| <code>F401<\/code> \| <code>os<\/code> imported but unused \|/);
  const many = Object.fromEntries(
    Array.from({ length: 500 }, (_, n) => [`${n}.py`, Array(200).fill(fakeIssue())]),
  );
  const long = await written("markdown", many, {});
  ok(long.length < 65_536, `${long.length}`);
  match(long, /and 150 more\n/);
  match(long, /Not shown: [\d,]+ findings in [\d,]+ more files\.\n$/);
  match(await written("markdown", { "a.py": [] }, {}), /no findings in 1 file/);
});

Deno.test("loadRenderer() gives programs the line of a notebook's file, and no fix for its JSON", async () => {
  const fix = {
    message: "Remove it",
    safe: true,
    edits: [{ ...fakeIssue(), start: fakeIssue(), content: "" }],
  };
  const files = { "a.ipynb": [fakeIssue({ cell: 2, fileLine: 40, fix })] };
  match(await written("github", files), /line=40,endLine=40,title=/);
  match(await written("gitlab", files), /"lines":\{"begin":40,"end":40\}/);
  match(await written("checkstyle", files), /<error line="40" severity=.*message="cell 2: /);
  const [result] = JSON.parse(await written("sarif", files)).runs[0].results;
  deepEqual(result.locations[0].physicalLocation.region, { startLine: 40 });
  equal(result.fixes, undefined);
});

Deno.test("formatOfFile() goes by the end of the name", () => {
  const table: [string, ReviewFormat | undefined][] = [
    ["out/review.sarif", "sarif"],
    ["review.sarif.json", "sarif"],
    ["gl-code-quality-report.json", "gitlab"],
    ["a.JSON", "json"],
    ["junit.xml", "junit"],
    ["report.xml", undefined],
    ["comment.md", "markdown"],
  ];
  for (const [file, format] of table) equal(formatOfFile(file), format, file);
});
