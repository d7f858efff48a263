import assert from "node:assert/strict";
import { loadAsset } from "../../assets/load.ts";
import { createEngines } from "../engines.ts";
import { createFixing } from "./fix_passes.ts";
import { fixSource, type FixSourceOptions } from "./fix_source.ts";
import { inspect } from "../inspect.ts";
import type { Issue } from "../issue.ts";
import type { LanguageId } from "../languages.ts";
import { movedLines } from "./moved_lines.ts";
import { notebookOf, sourcesOf } from "../notebook/notebook_fixture.ts";

const engines = createEngines(loadAsset);
const all = (issues: Issue[]) => issues;

function fix(
  path: string,
  language: LanguageId,
  text: string,
  options: Partial<FixSourceOptions> = {},
) {
  return fixSource(engines, { path, language, text }, {}, { chosen: all, ...options });
}

Deno.test("fixSource() applies safe fixes in any language, and others when told", async () => {
  const js = "let b = 2;\nif (b == 2) debugger;\nexport { b };\n";
  const safe = await fix("a.js", "javascript", js);
  assert.equal(safe.text, "const b = 2;\nif (b == 2) debugger;\nexport { b };\n");
  assert.deepEqual(safe.fixed, [{ rule: "lint/style/useConst", count: 1 }]);
  assert.ok(safe.inspection.issues.every(({ rule }) => rule !== "lint/style/useConst"));
  assert.match((await fix("a.js", "javascript", js, { unsafe: true })).text, /b === 2/);
  assert.equal((await fix("a.md", "markdown", "# a\n\n\n\nb\n")).text, "# a\n\nb\n");
  const python = await fix("a.py", "python", "import os, sys\nprint(sys)\n");
  assert.equal(python.text, "import sys\nprint(sys)\n");
});

Deno.test("fixSource() mends a notebook by its cells", async () => {
  const text = notebookOf(["import os, sys\n", "print(sys)\n!ls  -la"], { indent: 1 });
  const fixed = await fix("a.ipynb", "notebook", text);
  assert.deepEqual(sourcesOf(fixed.text), ["import sys\n", "print(sys)\n!ls  -la"]);
});

Deno.test("fixSource() leaves alone what is known, on other lines, silenced, or in broken code", async () => {
  const text = "import os\nimport re\nimport sys  # devmcp: ignore[F401] later\n";
  const source = { path: "a.py", language: "python", text } as const;
  const { issues } = await inspect(engines, source);
  const known = issues.filter(({ line }) => line === 1).map(({ fingerprint }) => fingerprint!);
  const first = await fix("a.py", "python", text, { known });
  assert.equal(first.text, "import os\nimport sys  # devmcp: ignore[F401] later\n");
  const change = { isNew: false, lines: [{ first: 2, last: 2 }] };
  assert.equal((await fix("a.py", "python", text, { change })).text, first.text);
  const broken = "import os\nx = (\n";
  assert.equal((await fix("a.py", "python", broken)).text, broken);
});

Deno.test("fixSource() knows what is known again when its line is changed", async () => {
  const text = "import os\nx = 1; y = None == x\n\n\ndef f(a=[]):\n    return a\n";
  const { issues } = await inspect(engines, { path: "a.py", language: "python", text });
  const known = issues.filter(({ rule }) => rule === "E711").map(({ fingerprint }) => fingerprint!);
  const { known: now, inspection } = await fix("a.py", "python", text, { known });
  const left = inspection.issues.filter(({ rule }) => rule === "E711");
  assert.ok(left.every(({ fingerprint }) => now.includes(fingerprint!)));
});

/** An issue that replaces the first line's first `length` characters. */
const replace = (rule: string, length: number, content: string): Issue => ({
  severity: "minor",
  category: "style",
  message: rule,
  rule,
  line: 1,
  column: 1,
  end: { line: 1, column: 1 + length },
  fix: {
    message: rule,
    safe: true,
    edits: [{ start: { line: 1, column: 1 }, end: { line: 1, column: 1 + length }, content }],
  },
});

function run(text: string, lint: (text: string) => Issue[]) {
  const fixing = createFixing(text, { choose: (issues) => issues.filter((one) => one.fix) });
  let step = fixing.next();
  while (!step.done) step = fixing.next(lint(step.value));
  return step.value;
}

Deno.test("createFixing() stops fixes that undo each other, and says which", () => {
  const flip = (text: string) => [text === "a" ? replace("R1", 1, "b") : replace("R2", 1, "a")];
  assert.deepEqual(run("a", flip), {
    text: "b",
    applied: [{ rule: "R1", count: 1 }],
    dropped: [],
    undoing: ["R2"],
    unfinished: false,
  });
});

Deno.test("createFixing() comes to an end with fixes that never do", () => {
  const { text, unfinished } = run("", (text) => [replace("R1", 0, "x")].slice(0, text.length + 1));
  assert.deepEqual([text.length, unfinished], [100, true]);
});

Deno.test("createFixing() leaves out and names what would break the syntax", () => {
  const broken: Issue = { ...replace("syntax-error", 0, ""), fix: undefined };
  const { text, dropped } = run("ab", (text) => text === "ab" ? [replace("R1", 1, "(")] : [broken]);
  assert.deepEqual([text, dropped.map(({ rule }) => rule)], ["ab", ["R1"]]);
});

Deno.test("movedLines() follows lines past what comes, goes and changes", () => {
  const move = movedLines("a\nb\nc\nd", "x\na\nB1\nB2\nd");
  assert.deepEqual(move({ first: 1, last: 1 }), { first: 2, last: 2 });
  assert.deepEqual(move({ first: 4, last: 4 }), { first: 5, last: 5 });
  assert.deepEqual(move({ first: 2, last: 3 }), { first: 3, last: 4 });
  assert.equal(movedLines("a\nb\nc", "a\nc")({ first: 2, last: 2 }), undefined);
});
