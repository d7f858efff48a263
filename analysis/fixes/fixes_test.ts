import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits, applySafeFixes } from "./fixes.ts";
import type { Edit } from "../issue.ts";
import { ruff } from "../ruff/ruff_fixture.ts";
import { DEFAULT_SETTINGS, withRules } from "../ruff/ruff_settings.ts";
import { rulesWithSafeFixes } from "./safe_fixes.ts";
import { knownRules } from "../rules/selectors.ts";

const edit = (from: [number, number], to: [number, number], content: string): Edit => ({
  start: { line: from[0], column: from[1] },
  end: { line: to[0], column: to[1] },
  content,
});
const mend = (text: string, select: string[], fileName?: string) =>
  applySafeFixes(ruff, text, withRules(DEFAULT_SETTINGS, { select }), fileName).text;

Deno.test("applyEdits() replaces, inserts and deletes, in any order", () => {
  const edits = [edit([2, 1], [3, 1], ""), edit([1, 1], [1, 2], "y"), edit([3, 2], [3, 2], "!")];
  assert.equal(applyEdits("x = 1\ngone\nz", edits), "y = 1\nz!");
});

Deno.test("applyEdits() leaves out what begins inside another edit or lies outside", () => {
  const overlapping = [
    edit([1, 1], [1, 4], "A"),
    edit([1, 3], [1, 5], "B"),
    edit([1, 5], [1, 6], "C"),
  ];
  assert.equal(applyEdits("abcdefg", overlapping), "AdCfg");
  assert.equal(applyEdits("ab", [edit([9, 1], [9, 2], "x"), edit([1, 9], [1, 9], "y")]), "ab");
  assert.equal(applyEdits("ab", [edit([1, 2], [1, 1], "x")]), "ab");
});

Deno.test("applyEdits() counts lines by every ending, and no column for a byte order mark", () => {
  assert.equal(
    applyEdits("a\r\nb\rc", [edit([3, 1], [3, 2], "C"), edit([2, 1], [2, 2], "B")]),
    "a\r\nB\rC",
  );
  assert.equal(applyEdits("\ufeffab", [edit([1, 1], [1, 2], "x")]), "\ufeffxb");
});

Deno.test("applyEdits() is a plain replacement for one edit", () => {
  fc.assert(fc.property(fc.string(), fc.nat(), fc.nat(), fc.string(), (raw, a, b, content) => {
    const text = raw.replace(/[\r\n\ufeff]/g, "");
    const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y);
    const edits = [edit([1, from! + 1], [1, to! + 1], content)];
    assert.equal(applyEdits(text, edits), text.slice(0, from) + content + text.slice(to));
  }));
});

Deno.test("applySafeFixes() mends what is safe, again and again, and counts it", () => {
  const { text, applied } = applySafeFixes(
    ruff,
    "import os, sys\n\n\ndef f(a=[]):\n    return not a is sys\n",
    DEFAULT_SETTINGS,
  );
  assert.equal(text, "import sys\n\n\ndef f(a=[]):\n    return a is not sys\n");
  assert.deepEqual(applied, [
    { rule: "E401", count: 1 },
    { rule: "E714", count: 1 },
    { rule: "F401", count: 1 },
  ]);
});

Deno.test("applySafeFixes() leaves unsafe fixes and broken code alone", () => {
  const unsafe = "def f(x):\n    y = 1\n    return x == None\n";
  assert.deepEqual(applySafeFixes(ruff, unsafe, DEFAULT_SETTINGS), { text: unsafe, applied: [] });
  const broken = "import os\nx = (\n";
  assert.deepEqual(applySafeFixes(ruff, broken, DEFAULT_SETTINGS), { text: broken, applied: [] });
  const lone = "import os\nx = '\ud800'\n";
  assert.equal(applySafeFixes(ruff, lone, DEFAULT_SETTINGS).text, lone);
});

Deno.test("applySafeFixes() drops what would break the syntax only together with others", () => {
  const text = "import sys\n\nif sys:\n    import os\n    import re\nelse:\n    import json\n";
  const mended = mend(text, ["F401"]);
  assert.deepEqual(ruff.lint(mended, withRules(DEFAULT_SETTINGS, { select: ["F"] })), []);
  assert.equal(mended, "import sys\n\nif sys:\n    pass\nelse:\n    pass\n");
});

Deno.test("applySafeFixes() keeps a package's imports", () => {
  assert.equal(mend("import os\n", ["F401"], "pkg/__init__.py"), "import os\n");
  assert.equal(mend("import os\n", ["F401"], "pkg/a.py"), "");
});

const SAFETY: [rule: string, code: string, safe: boolean][] = [
  ["F541", "x = f'a'\n", true],
  ["F541", "f'a'\n", false],
  ["PIE790", "def f():\n    x = 1\n    pass\n", true],
  ["PIE790", "def f():\n    pass\n    'text'\n", false],
  ["W291", "x = 1  \n", true],
  ["W291", "x = '''a  \n'''\n", false],
  ["W291", "# é\nx = '''a\n'''  \ny = 1\n", true],
  ["W291", "x = f'''{a}  \n'''\n", false],
  ["W291", "x = f'''{f'a'}\n  {b}  \n'''\n", false],
  ["E225", "x = f'{a==b}'\n", true],
  ["E225", "x = f'{a==b = }'\n", false],
  ["E225", "# é\nx = f\"{a+f'{1}'}\" f'''{\na==b\n=}'''; y=1\n", false],
  ["E225", "y=1\nx = f'{a = }'\n", true],
  ["W293", "x = '''\n  \n'''\n", false],
  ["C413", "x = list(sorted(a))\n", true],
  ["C413", "x = reversed(sorted(a))\n", false],
  ["UP004", "class A(object):\n    pass\n", true],
  ["UP004", "class A(\n    object,  # base\n):\n    pass\n", false],
  ["B009", "getattr(a, 'b')\n", true],
  ["B009", "getattr(a, 'ſ')\n", false],
  ["E711", "x = a == None\n", false],
  ["UP006", "from typing import List\nx: List[int]\n", true],
];

for (const [rule, code, safe] of SAFETY) {
  Deno.test(`lint() calls the fix of ${rule} ${safe ? "safe" : "unsafe"} in ${JSON.stringify(code)}`, () => {
    const options = { lint: { select: [rule], preview: rule.startsWith("E2") } };
    const [issue] = ruff.lint(code, { ...DEFAULT_SETTINGS, options });
    assert.equal(issue?.rule, rule);
    assert.equal(issue.fix?.safe, safe);
  });
}

Deno.test("lint() lets a project say which fixes are safe", () => {
  const lint = {
    select: ["E711", "F401"],
    "extend-safe-fixes": ["E7"],
    "extend-unsafe-fixes": ["F401"],
  };
  const found = ruff.lint("import os\nx = y == None\n", { ...DEFAULT_SETTINGS, options: { lint } });
  assert.deepEqual(found.map(({ fix }) => fix?.safe), [false, true]);
});

Deno.test("rulesWithSafeFixes() are rules of Ruff", () => {
  const codes = new Set(knownRules().map(({ code }) => code));
  assert.deepEqual(rulesWithSafeFixes().filter((rule) => !codes.has(rule)), []);
});
