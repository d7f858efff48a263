import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Issue } from "../../analysis/issue.ts";
import { actsOnTerminal, fakeIssue, fakeReview, HOSTILE } from "../fake_review.ts";
import { renderAll } from "./rendered_fixture.ts";
import { createSarif, type RuleHelp } from "./sarif.ts";

const F401: RuleHelp = {
  name: "unused-import",
  summary: "An import is not used",
  help: "Remove it.",
  url: "https://example.org/F401",
};

function logOf(files: Record<string, Issue[]>, problems?: Record<string, string>) {
  const sarif = createSarif({
    version: "0.1.0",
    findRule: (code) => code === "F401" ? F401 : undefined,
  });
  const text = renderAll(sarif, files, problems);
  return { text, log: JSON.parse(text), run: JSON.parse(text).runs[0] };
}

Deno.test("createSarif() writes a log with what SARIF 2.1.0 requires", () => {
  const { log, run } = logOf({
    "a.py": [fakeIssue(), fakeIssue({ rule: "S602" })],
    "b.py": [fakeIssue()],
  });
  equal(log.version, "2.1.0");
  match(log.$schema, /^https:.*sarif-schema-2\.1\.0\.json$/);
  equal(run.columnKind, "utf16CodeUnits");
  deepEqual([run.tool.driver.name, run.tool.driver.version], ["devmcp", "0.1.0"]);
  deepEqual(run.tool.driver.rules, [
    {
      id: "F401",
      name: "unused-import",
      shortDescription: { text: "An import is not used" },
      help: { text: "Remove it.", markdown: "Remove it." },
      helpUri: "https://example.org/F401",
    },
    { id: "S602" },
  ]);
  equal(run.results.length, 3);
  for (const { ruleId, ruleIndex } of run.results) {
    equal(run.tool.driver.rules[ruleIndex].id, ruleId);
  }
  equal(run.invocations[0].executionSuccessful, false);
  equal(run.invocations[0].toolExecutionNotifications[0].message.text, "no such file");
});

Deno.test("createSarif() writes places, levels and fixes", () => {
  const fix = {
    message: "Remove `os`",
    safe: true,
    edits: [{ start: { line: 1, column: 1 }, end: { line: 2, column: 1 }, content: "" }],
  };
  const [result] = logOf({ "src/a.py": [fakeIssue({ fix })] }).run.results;
  const artifactLocation = { uri: "src/a.py", uriBaseId: "%SRCROOT%" };
  deepEqual(result.locations, [{
    physicalLocation: {
      artifactLocation,
      region: { startLine: 1, startColumn: 8, endLine: 1, endColumn: 10 },
    },
  }]);
  deepEqual(result.fixes, [{
    description: { text: "Remove `os` (safe)" },
    artifactChanges: [{
      artifactLocation,
      replacements: [{
        deletedRegion: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 1 },
        insertedContent: { text: "" },
      }],
    }],
  }]);
  const levels = (["critical", "major", "minor", "info"] as const)
    .map((severity) => logOf({ "a.py": [fakeIssue({ severity })] }).run.results[0].level);
  deepEqual(levels, ["error", "error", "warning", "note"]);
});

Deno.test("createSarif() marks what a model found, which fails no check", () => {
  const advice = fakeIssue({
    severity: "critical",
    rule: "model",
    source: "model",
    confidence: 0.7,
    suggestion: "Close it",
  });
  const { results, tool } = logOf({ "a.py": [fakeIssue(), advice] }).run;
  equal(results[0].properties.source, "static");
  deepEqual(results[1].properties, {
    severity: "critical",
    category: "imports",
    source: "model",
    confidence: 0.7,
  });
  equal(results[1].level, "note");
  match(results[1].message.text, /Close it$/);
  equal(tool.driver.rules[1].id, "model");
});

Deno.test("createSarif() notes what a model was not shown, which is no failure", () => {
  const sarif = createSarif({ version: "0.1.0" });
  const review = fakeReview([], { model_notes: ["lines 2-9 not shown"] });
  sarif.file("a.py", review, () => undefined);
  const [invocation] = JSON.parse(renderAll(sarif, {}, {})).runs[0].invocations;
  equal(invocation.executionSuccessful, true);
  const [{ level, message }] = invocation.toolExecutionNotifications;
  deepEqual([level, message.text], ["note", "lines 2-9 not shown"]);
});

Deno.test("createSarif() percent-encodes paths", () => {
  const cases: [string, object][] = [
    ["./a b/ü#?.py", { uri: "a%20b/%C3%BC%23%3F.py", uriBaseId: "%SRCROOT%" }],
    ["c:x.py", { uri: "c%3Ax.py", uriBaseId: "%SRCROOT%" }],
    ["/tmp/a.py", { uri: "file:///tmp/a.py" }],
    ["lone\ud800.py", { uri: "lone%EF%BF%BD.py", uriBaseId: "%SRCROOT%" }],
  ];
  for (const [path, expected] of cases) {
    const [result] = logOf({ [path]: [fakeIssue()] }).run.results;
    deepEqual(result.locations[0].physicalLocation.artifactLocation, expected);
  }
});

Deno.test("createSarif() gives fingerprints, and why an issue is not told", () => {
  const { results } = logOf({
    "a.py": [
      fakeIssue({ fingerprint: "0123:1" }),
      fakeIssue({ suppressed: { by: "comment", reason: "for its effects" } }),
      fakeIssue({ suppressed: { by: "baseline" } }),
    ],
  }).run;
  deepEqual(results[0].partialFingerprints, { primaryLocationLineHash: "0123:1" });
  equal(results[0].suppressions, undefined);
  deepEqual(results.slice(1).map((result: { suppressions: unknown[] }) => result.suppressions), [
    [{ kind: "inSource", justification: "for its effects" }],
    [{ kind: "external", justification: "in the baseline" }],
  ]);
});

Deno.test("createSarif() of no files is a log too, and nothing hostile gets through", () => {
  deepEqual(logOf({}).run.results, []);
  const issue = fakeIssue({ message: HOSTILE, rule: HOSTILE });
  const { text, run } = logOf({ [HOSTILE]: [issue] });
  ok(!actsOnTerminal(text));
  equal(run.results[0].message.text, HOSTILE);
});
