import { deepEqual, equal } from "node:assert/strict";
import type { Inspection } from "../inspection.ts";
import type { Issue } from "../issue.ts";
import { suppress, type SuppressOptions } from "./suppressions.ts";

function issueOf(rule: string, line: number, endLine = line): Issue {
  return {
    severity: "minor",
    category: "style",
    message: "m",
    rule,
    line,
    column: 1,
    end: { line: endLine, column: 2 },
  };
}

function run(text: string, issues: Issue[], options?: SuppressOptions) {
  const inspection: Inspection = {
    issues,
    lines: 1,
    suggestions: [],
    compliments: [],
    isAssured: true,
    excerpts: {},
  };
  return suppress(inspection, [{ text, language: "python" }], options);
}

/** The rules that are told, with their lines. */
function told(text: string, issues: Issue[], options?: SuppressOptions): string[] {
  return run(text, issues, options).issues.map(({ rule, line }) => `${rule}:${line}`);
}

Deno.test("suppress() takes out what a comment on the first or the last line names", () => {
  const text = "x(  # devmcp: ignore[F401]\n  1\n)  # devmcp: ignore[E7] why";
  const { issues, suppressed, isAssured } = run(text, [
    issueOf("F401", 1),
    issueOf("F402", 1),
    issueOf("E711", 1, 3),
    issueOf("E711", 2),
  ]);
  deepEqual(issues.map(({ rule, line }) => `${rule}:${line}`), ["F402:1", "E711:2"]);
  deepEqual(suppressed?.map(({ suppressed }) => suppressed), [
    { by: "comment", reason: undefined },
    { by: "comment", reason: "why" },
  ]);
  equal(isAssured, false);
});

Deno.test("suppress() knows codes, prefixes and parts of paths", () => {
  const table: [selector: string, rule: string, silent: boolean][] = [
    ["F401", "F401", true],
    ["F", "F401", true],
    ["F", "FURB101", false],
    ["F40", "F401", true],
    ["lint/suspicious/noDoubleEquals", "lint/suspicious/noDoubleEquals", true],
    ["lint/suspicious", "lint/suspicious/noDoubleEquals", true],
    ["lint/susp", "lint/suspicious/noDoubleEquals", false],
    ["noDoubleEquals", "lint/suspicious/noDoubleEquals", true],
    ["MD013", "MD013", true],
    ["devmcp/cyclomatic", "devmcp/cyclomatic", true],
  ];
  for (const [selector, rule, silent] of table) {
    const { suppressed = [] } = run(`x  # devmcp: ignore[${selector}]`, [issueOf(rule, 1)]);
    equal(suppressed.length === 1, silent, `${selector} ${rule}`);
  }
});

Deno.test("suppress() takes ignore-file near the top for all lines", () => {
  const text = "#!/bin/x\n# devmcp: ignore-file[F401, E] vendored\nx\ny";
  deepEqual(told(text, [issueOf("F401", 3), issueOf("E1", 4), issueOf("W1", 4)]), ["W1:4"]);
  const late = "x\n".repeat(30) + "# devmcp: ignore-file[F401]";
  const [unused, kept] = run(late, [issueOf("F401", 1)]).issues.reverse();
  equal(kept?.rule, "F401");
  equal(unused?.message, "This ignore does nothing: `ignore-file` counts in the first 30 lines");
});

Deno.test("suppress() tells of ignores that silence nothing, with a fix", () => {
  const text = "x  # devmcp: ignore[F401]\ny  # devmcp: ignore[F401, E711]\nz  # devmcp: ignore";
  const { issues, excerpts } = run(text, [issueOf("E711", 2)]);
  deepEqual(issues.map(({ rule, message, fix }) => [rule, message, fix !== undefined]), [
    ["devmcp/unused-ignore", "Unused ignore: nothing on line 1 breaks `F401`", true],
    ["devmcp/unused-ignore", "Unused ignore: nothing on line 2 breaks `F401`", false],
    [
      "devmcp/unused-ignore",
      "This ignore names no rule: write `devmcp: ignore[rule] reason`",
      true,
    ],
  ]);
  equal(excerpts[1], "x  # devmcp: ignore[F401]");
});

Deno.test("suppress() says of a name why it can be none", () => {
  const table: [string, string][] = [
    ["unused-import", "`unused-import` (write F401)"],
    ["F9999", "`F9999` (no such rule)"],
    ["syntax-error", "`syntax-error` (only `ignore-file` silences that)"],
    ["analysis-failed", "`analysis-failed` (nothing silences that)"],
    ["MD999", "`MD999`"],
    ["lint/x", "`lint/x`"],
  ];
  for (const [name, text] of table) {
    const [{ message }] = run(`x  # devmcp: ignore[${name}]`, []).issues as [Issue];
    equal(message, `Unused ignore: nothing on line 1 breaks ${text}`);
  }
});

Deno.test("suppress() does not call unused what was not checked, or an ignore of that very rule", () => {
  const text = "# devmcp: ignore-file[devmcp/unused-ignore]\nx  # devmcp: ignore[F401]";
  deepEqual(told(text, []), []);
  const only = { isChecked: (selector: string) => selector === "F401" };
  deepEqual(told("x  # devmcp: ignore[S101]", [], only), []);
  deepEqual(told("x  # devmcp: ignore[F401]", [], only), ["devmcp/unused-ignore:1"]);
});

Deno.test("suppress() goes by the cells of a notebook", () => {
  const cells = [
    { text: "# devmcp: ignore-file[E7]\nx  # devmcp: ignore[F401]", language: "python", cell: 1 },
    { text: "y\nz  # devmcp: ignore[F401]\n# devmcp: ignore-file[F]", language: "python", cell: 3 },
  ] as const;
  const issues = [
    { ...issueOf("F401", 2), cell: 1 },
    { ...issueOf("F401", 1), cell: 3 },
    { ...issueOf("E711", 1), cell: 3 },
  ];
  const seen = { lines: 1, suggestions: [], compliments: [], isAssured: true, excerpts: {} };
  const { issues: told, excerpts } = suppress({ ...seen, issues }, cells);
  deepEqual(told.map(({ rule, cell, line }) => `${rule} ${cell}:${line}`), [
    "F401 3:1",
    "devmcp/unused-ignore 3:2",
    "devmcp/unused-ignore 3:3",
  ]);
  equal(excerpts["3:2"], "z  # devmcp: ignore[F401]");
});

Deno.test("suppress() lets no comment on a line hide that a file is broken", () => {
  const broken = [issueOf("syntax-error", 1)], failed = [issueOf("analysis-failed", 1)];
  const here = (rule: string) => `x  # devmcp: ignore[${rule}]`;
  deepEqual(told(here("syntax-error"), broken), ["syntax-error:1"]);
  deepEqual(told("# devmcp: ignore-file[syntax-error]", broken), []);
  deepEqual(told("# devmcp: ignore-file[analysis-failed]", failed), ["analysis-failed:1"]);
  deepEqual(told("# devmcp: ignore-file[ALL]", broken), ["syntax-error:1"]);
});
