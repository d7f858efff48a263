import assert from "node:assert/strict";
import type { LanguageId } from "../languages.ts";
import { loadMeter } from "./meter_fixture.ts";

const CASES: [LanguageId, what: string, text: string, places: string[]][] = [
  ["java", "whatever the tree stumbles over", "class A { int x = = 1; }\n", ["1:19"]],
  ["java", "a brace that is not there, once", "class A { void m() { }\n", ["1:23"]],
  ["ruby", "an end that is not there", "def a\n  1\n", ["1:1"]],
  ["php", "a bracket", "<?php f(;\n", ["1:9"]],
  ["rust", "a brace", "fn f() { g(1) \n", ["1:8"]],
  ["rust", "nothing where brackets are in pairs", "fn f() { let x = = 1; }\n", []],
  ["kotlin", "a brace", "fun f() { g(1)\n", ["1:9"]],
  ["c", "a bracket", "int f(void) { return g(1; }\n", ["1:23"]],
  ["c", "nothing of what macros make valid", "IMPLEMENT(f)\nint g(void) { return X Y; }\n", []],
  [
    "cpp",
    "nothing where code is conditional",
    "#if A\nint f() {\n#else\nint f(int) {\n#endif\n}\n",
    [],
  ],
  ["csharp", "nothing of brackets in strings", 'class A { string s = "{("; int x = = 1; }\n', []],
  ["javascript", "nothing: a linter does", "function f( {\n", []],
  ["go", "a brace", "func f() {\n", ["1:10"]],
  ["go", "nothing where brackets are in pairs", "func f() { x = = 1 }\n", []],
  ["shell", "nothing: a linter does", "f( {\n", []],
];

for (const [language, what, text, places] of CASES) {
  Deno.test(`syntaxIssues() tells of ${language} ${what}`, async () => {
    const { errors } = (await loadMeter(language)).measure(text);
    assert.deepEqual(errors.map(({ line, column }) => `${line}:${column}`), places);
    for (const { rule, severity } of errors) {
      assert.deepEqual([rule, severity], ["syntax-error", "critical"]);
    }
  });
}

Deno.test("syntaxIssues() tells no more than ten", async () => {
  const { errors } = (await loadMeter("java")).measure("class A { int x = = 1; }\n".repeat(50));
  assert.equal(errors.length, 10);
});
