import { deepEqual, equal } from "node:assert/strict";
import { createInspector, dependenciesOf, problemsLeft } from "./generated_code.ts";
import { contextWith } from "./model_tool_fixture.ts";

const context = contextWith(undefined);

Deno.test("check() tells of bugs and holes, and of nothing that is taste or mended anyway", async () => {
  const check = createInspector("python", context).check!;
  const cases: [string, string | undefined][] = [
    ["", "line 1: there is no code"],
    ["# only a comment\n", "line 1: there is no code"],
    ["import os\nx = 1\n", undefined],
    [
      "def f(l=[]):\n    return l\n",
      "line 1: Do not use mutable data structures for argument defaults (B006)",
    ],
    ["x=1\ndef F( a ):\n  return a\n", undefined],
    ["print(a)\n", "line 1: Undefined name `a` (F821)"],
  ];
  for (const [code, finding] of cases) equal(await check(code), finding, code);
});

Deno.test("check() lets tests do what only tests may", async () => {
  const code =
    "def test_a():\n    assert login('user', password='secret')\n\n\ndef login(a, password):\n    return a\n";
  equal(await createInspector("python", context, "test_generated.py").check!(code), undefined);
});

Deno.test("problemsLeft() keeps what was said of the reply and the lines of the finished code", () => {
  const finished = { code: "", checks: [], problems: ["line 5: now"] };
  deepEqual(problemsLeft(finished, "there is no test\nline 3: before"), [
    "there is no test",
    "line 5: now",
  ]);
  deepEqual(problemsLeft(finished, undefined), ["line 5: now"]);
});

Deno.test("dependenciesOf() reads the languages it knows", async () => {
  const cases: [string, string, string[]][] = [
    ["import yaml", "python", ["PyYAML"]],
    ['import "zod"', "javascript", ["zod"]],
    ['import "github.com/a/b/c"', "go", ["github.com/a/b"]],
    ["use serde;", "rust", []],
  ];
  for (const [code, language, names] of cases) {
    deepEqual(await dependenciesOf(code, language, context), names);
  }
});
