import assert from "node:assert/strict";
import fc from "fast-check";
import { ToolError } from "../../config/tool_error.ts";
import sample from "../../oracles/recorded/ruff_sample.json" with { type: "json" };
import { describeIssue } from "../../oracles/native_ruff.ts";
import type { Issue } from "../issue.ts";
import { DEFAULT_SETTINGS, settingsFrom, withRules } from "./ruff_settings.ts";
import { ruff } from "./ruff_fixture.ts";

const lint = (text: string, select?: string[], fileName?: string) =>
  ruff.lint(text, withRules(DEFAULT_SETTINGS, { select: select ?? ["F", "E"] }), fileName);
const rules = (issues: Issue[]) => issues.map(({ rule }) => rule);
const withOptions = (options: Record<string, unknown>) => ({ ...DEFAULT_SETTINGS, options });

for (const { name, code, findings, formatted } of sample) {
  Deno.test(`lint() finds what native Ruff found: ${name}`, () => {
    assert.deepEqual(ruff.lint(code, DEFAULT_SETTINGS).map(describeIssue).sort(), findings);
  });

  Deno.test(`format() writes what native Ruff wrote: ${name}`, () => {
    if (formatted === null) assert.throws(() => ruff.format(code, DEFAULT_SETTINGS), ToolError);
    else assert.equal(ruff.format(code, DEFAULT_SETTINGS), formatted);
  });
}

Deno.test("lint() orders by place and gives severity, category and fix", () => {
  assert.deepEqual(lint("import os\nprint(nothing)\n"), [
    {
      severity: "minor",
      category: "imports",
      message: "`os` imported but unused",
      rule: "F401",
      line: 1,
      column: 8,
      end: { line: 1, column: 10 },
      fix: {
        message: "Remove unused import: `os`",
        safe: true,
        edits: [{ start: { line: 1, column: 1 }, end: { line: 2, column: 1 }, content: "" }],
      },
    },
    {
      severity: "critical",
      category: "correctness",
      message: "Undefined name `nothing`",
      rule: "F821",
      line: 2,
      column: 7,
      end: { line: 2, column: 14 },
    },
  ]);
});

Deno.test("lint() counts columns in UTF-16 units, after a byte order mark", () => {
  const column = (text: string) => lint(text, ["F821"])[0]?.column;
  assert.equal(column("x = 'a'; y = b\n"), 14);
  assert.equal(column("x = 'é'; y = b\n"), 14);
  assert.equal(column("x = '\u{1f600}'; y = b\n"), 15);
  assert.equal(column("\ufeffb\n"), 1);
  assert.equal(column("x = 'é'\r\ny = '漢'; z = b\r\n"), 14);
  assert.equal(column("# é\f\ny = 1; z = b\n"), 12);
});

Deno.test("lint() counts lines by every line ending that Python knows", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    assert.equal(lint(`x = 1${end}${end}y = b${end}`, ["F821"])[0]?.line, 3);
  }
});

Deno.test("lint() reports code that does not parse as critical, with its place", () => {
  const [first] = lint("x = 1\ndef f(:\n    pass\n");
  assert.equal(first?.rule, "syntax-error");
  assert.equal(first.severity, "critical");
  assert.equal(first.category, "correctness");
  assert.deepEqual([first.line, first.column], [2, 7]);
});

Deno.test("lint() honours noqa comments, for a line and for the file", () => {
  assert.deepEqual(rules(lint("import os  # noqa\n")), []);
  assert.deepEqual(rules(lint("import os  # noqa: F401\n")), []);
  assert.deepEqual(rules(lint("import os  # noqa: E501\n")), ["F401"]);
  assert.deepEqual(rules(lint("# ruff: noqa\nimport os\n")), []);
  assert.deepEqual(rules(lint("# ruff: noqa: F401\nimport os\nx = y\n")), ["F821"]);
});

Deno.test("lint() leaves out what per-file-ignores says, but never syntax errors", () => {
  const settings = {
    ...withRules(DEFAULT_SETTINGS, { select: ["F"] }),
    perFileIgnores: [{ pattern: "gen/*.py", rules: ["ALL"] }, {
      pattern: "!a.py",
      rules: ["F401"],
    }],
  };
  const text = "import os\nx = y\n";
  assert.deepEqual(rules(ruff.lint(text, settings, "a.py")), ["F401", "F821"]);
  assert.deepEqual(rules(ruff.lint(text, settings, "b.py")), ["F821"]);
  assert.deepEqual(rules(ruff.lint(text, settings, "gen/b.py")), []);
  assert.deepEqual(rules(ruff.lint("x = (\n", settings, "gen/b.py")), ["syntax-error"]);
});

Deno.test("lint() knows what a file's name means", () => {
  const code = "import os\n__all__ = ['part', 'f']\n\n\ndef f():\n    pass\n";
  const found = (fileName?: string) => rules(lint(code, ["F", "D103"], fileName));
  assert.deepEqual(found("a.py"), ["F401", "F822", "D103"]);
  assert.deepEqual(found("pkg/__init__.py"), ["F401", "D103"]);
  assert.deepEqual(found("pkg/_private.py"), ["F401", "F822"]);
  assert.deepEqual(found("pkg/__main__.py"), ["F401", "F822", "D103"]);
  assert.equal(lint("import os\n", ["F401"], "pkg/__init__.py")[0]?.fix, undefined);
});

Deno.test("lint() gives codes in preview mode too", () => {
  const settings = withOptions({ preview: true, lint: { select: ["F401", "unused-variable"] } });
  const found = ruff.lint("import os\n\n\ndef f():\n    x = 1\n", settings);
  assert.deepEqual(rules(found), ["F401", "F841"]);
});

Deno.test("lint() says which settings the engine refuses, and why", () => {
  const settings = { ...withOptions({ format: { "quote-style": "round" } }), source: "ruff.toml" };
  assert.throws(() => ruff.lint("x = 1\n", settings), {
    name: "ToolError",
    message: /^Cannot use "ruff.toml": unknown variant `round`, expected one of `single`/,
  });
  const unknown = withOptions({ lint: { select: ["unused-import"] } });
  assert.throws(() => ruff.lint("x = 1\n", unknown), /requires preview mode/);
});

Deno.test("lint() survives code that is nested too deeply, and goes on", () => {
  const deep = `x = ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`;
  for (let time = 0; time < 2; time++) {
    const [issue, ...more] = ruff.lint(deep, DEFAULT_SETTINGS);
    assert.deepEqual(more, []);
    assert.equal(issue?.rule, "analysis-failed");
    assert.equal(issue.severity, "critical");
    assert.equal(issue.message, "This file is nested too deeply to analyse");
    assert.deepEqual(rules(lint("import os\n")), ["F401"]);
  }
});

Deno.test("lint() analyses 2,000 nested parentheses", () => {
  const nested = `x = ${"(".repeat(2000)}y${")".repeat(2000)}\n`;
  assert.deepEqual(rules(lint(nested, ["F821"])), ["F821"]);
});

Deno.test("lint() takes any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      for (const { line, column, end } of ruff.lint(text, DEFAULT_SETTINGS)) {
        assert.ok(line >= 1 && column >= 1);
        assert.ok(end.line > line || end.line === line && end.column >= column);
      }
    }),
    { numRuns: 200 },
  );
  assert.deepEqual(rules(lint("x = '\ud800'\n")), []);
});

Deno.test("lint() keeps its answers when many settings take turns", () => {
  for (let round = 0; round < 2; round++) {
    for (let length = 20; length < 60; length += 2) {
      const settings = withOptions({ "line-length": length, lint: { select: ["E501"] } });
      const found = ruff.lint(`x = "${"a".repeat(length)}"\n# ${"b ".repeat(8)}\n`, settings);
      assert.equal(found[0]?.message, `Line too long (${length + 6} > ${length})`);
    }
  }
});

Deno.test("lint() reads one line of 1 MB and 10 MB of code", () => {
  const line = `x = '${"é".repeat(1_000_000)}', undefined_name\n`;
  assert.equal(lint(line, ["F821"])[0]?.column, 1_000_009);
  const long = "def f(a):\n    return a + b\n\n\n".repeat(330_000);
  assert.equal(lint(long, ["F821"]).length, 330_000);
});

Deno.test("lint() and format() refuse a line that would take minutes", () => {
  const text = `x = 1\ny = [${"'a', ".repeat(250_000)}]\n`;
  const [issue] = lint(text);
  assert.deepEqual([issue?.rule, issue?.severity, issue?.line], ["analysis-failed", "critical", 2]);
  assert.throws(() => ruff.format(text, DEFAULT_SETTINGS), /line 2 is too long/);
});

Deno.test("format() keeps line endings, a byte order mark and what fmt: off protects", () => {
  const format = (text: string) => ruff.format(text, DEFAULT_SETTINGS);
  assert.equal(format("x  = 1\r\ny=2"), "x = 1\r\ny = 2\r\n");
  assert.equal(format("\ufeffx  = 1\n"), "\ufeffx = 1\n");
  assert.equal(
    format("# fmt: off\nx  = 1\n# fmt: on\ny  = 2\n"),
    "# fmt: off\nx  = 1\n# fmt: on\ny = 2\n",
  );
  assert.equal(format(""), "");
});

Deno.test("format() refuses what it cannot read, with the place", () => {
  const format = (text: string) => () => ruff.format(text, DEFAULT_SETTINGS);
  assert.throws(format("x = 1\ndef f(:\n"), {
    name: "ToolError",
    message: "Cannot format the code: syntax error in line 2, column 7: " +
      "Expected a parameter or the end of the parameter list",
  });
  assert.throws(format("x = '\ud800'\n"), /half of a surrogate pair/);
  assert.throws(format("[".repeat(20_000) + "]".repeat(20_000)), /nested too deeply/);
  assert.equal(ruff.format("x=1\n", DEFAULT_SETTINGS), "x = 1\n");
});

Deno.test("format() reads the project's options", () => {
  const options = { "line-length": 20, format: { "quote-style": "single" } };
  const settings = settingsFrom([{ options, extendPerFileIgnores: [], extendExclude: [] }], {
    source: "ruff.toml",
    root: "/p",
    cwd: "/p",
  });
  assert.equal(
    ruff.format('f("aaaaaaaa", "bbbb")\n', settings),
    "f(\n    'aaaaaaaa',\n    'bbbb',\n)\n",
  );
});
