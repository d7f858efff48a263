import assert from "node:assert/strict";
import { devmcp, inFolder } from "./devmcp.ts";

/** In each language, a function of cyclomatic complexity 3 with five levels of nesting nowhere. */
const FILES: Record<string, [file: string, name: string]> = {
  "a.py": ["def f(a, b):\n    if a and b:\n        return 1\n", "f"],
  "a.js": ["export function f(a, b) {\n  if (a && b) return 1;\n}\n", "f"],
  "a.ts": ["export function f(a: number, b: number) {\n  if (a && b) return 1;\n}\n", "f"],
  "a.tsx": ["export const f = (a: number, b: number) => a && b ? <p>1</p> : null;\n", "f"],
  "a.go": ["package a\n\nfunc f(a, b bool) {\n\tif a && b {\n\t}\n}\n", "f"],
  "a.rs": ["fn f(a: bool, b: bool) {\n    if a && b {}\n}\n", "f"],
  "A.java": ["class A {\n  void f(int a, int b) { if (a > 0 && b > 0) {} }\n}\n", "A.f"],
  "a.c": ["void f(int a, int b) { if (a && b) {} }\n", "f"],
  "a.cpp": ["void A::f(int a, int b) { if (a && b) {} }\n", "A::f"],
  "a.cs": ["class A {\n  void f(int a, int b) { if (a > 0 && b > 0) {} }\n}\n", "A.f"],
  "a.rb": ["def f(a, b)\n  if a && b\n    1\n  end\nend\n", "f"],
  "a.php": ["<?php\nfunction f($a, $b) { if ($a && $b) {} }\n", "f"],
  "a.sh": ["f() {\n  if true && false; then\n    :\n  fi\n}\n", "f"],
  "a.kt": ["fun f(a: Boolean, b: Boolean) {\n  if (a && b) {}\n}\n", "f"],
};

const TEXTS = Object.fromEntries(Object.entries(FILES).map(([file, [text]]) => [file, text]));

Deno.test("complexity measures fourteen languages in one run", async () => {
  await inFolder(TEXTS, async (cwd) => {
    const run = await devmcp(["complexity", "--json", "."], { cwd });
    assert.equal(run.code, 0, run.stderr);
    const { files, summary } = JSON.parse(run.stdout);
    assert.equal(summary.languages.length, 14);
    const found = Object.fromEntries(
      files.map(({ path, functions }: { path: string; functions: Measured[] }) => [
        path.replace(/^\.\//, ""),
        functions.map(({ name, cyclomatic, cognitive }) => [name, cyclomatic, cognitive]),
      ]),
    );
    const expected = Object.entries(FILES).map(([file, [, name]]) => [file, [[name, 3, 2]]]);
    assert.deepEqual(found, Object.fromEntries(expected));
    assert.equal((await devmcp(["complexity", "--max", "2", "a.go"], { cwd })).code, 1);
  });
});

interface Measured {
  name: string;
  cyclomatic: number;
  cognitive: number;
}

/** Six parameters, of which devmcp.yaml allows one. */
const LIMITS = "complexity:\n  max_parameters: 1\n  max_cyclomatic: 2\n";

Deno.test("review finds what is above the limits that are configured, in every language", async () => {
  await inFolder({ ...TEXTS, "devmcp.yaml": LIMITS }, async (cwd) => {
    const args = ["review", "--model", "off", "--json", "."];
    const { files } = JSON.parse((await devmcp(args, { cwd })).stdout);
    for (const { path, issues } of files as Reviewed[]) {
      const name = path.replace(/^\.\//, "");
      if (!(name in FILES) || name === "a.py") continue;
      const rules = issues.map(({ rule }) => rule).filter((rule) => rule.startsWith("devmcp/"));
      const expected = ["devmcp/cyclomatic-complexity", "devmcp/parameters"];
      // Those of a shell function have no names.
      assert.deepEqual(rules.sort(), name === "a.sh" ? expected.slice(0, 1) : expected, name);
    }
  });
});

interface Reviewed {
  path: string;
  issues: { rule: string; severity: string; line: number }[];
}

Deno.test("review tells of a bracket that is missing, once, in every language", async () => {
  const broken = Object.fromEntries(
    Object.entries(TEXTS).map(([file, text]) => [file, withoutLastBracket(file, text)]),
  );
  await inFolder(broken, async (cwd) => {
    const run = await devmcp(["review", "--model", "off", "--json", "."], { cwd });
    assert.equal(run.code, 1);
    const { files } = JSON.parse(run.stdout) as { files: Reviewed[] };
    for (const { path, issues } of files) {
      const rules = new Set(issues.map(({ rule }) => rule));
      assert.ok(rules.has("syntax-error"), `${path}: ${[...rules]}`);
      assert.equal([...rules].some((rule) => rule.startsWith("devmcp/")), false, path);
    }
    assert.equal(files.length, 14);
  });
});

function withoutLastBracket(file: string, text: string): string {
  if (file === "a.py") return text.replace("(a, b)", "(a, b");
  if (file === "a.rb") return text.replace(/end\n$/, "");
  if (file === "a.sh") return text.replace(/\}\n$/, "");
  if (file === "a.tsx") return text.replace("</p>", "");
  const at = text.lastIndexOf("}");
  return text.slice(0, at) + text.slice(at + 1);
}

Deno.test("explain knows our own rules", async () => {
  const { code, stdout } = await devmcp(["explain", "devmcp/nesting"]);
  assert.equal(code, 0);
  assert.match(stdout, /max_nesting/);
});

Deno.test("analyze_complexity takes a language", async () => {
  const run = await devmcp(
    ["analyze-complexity", "--json", "--language", "rust", "--code", TEXTS["a.rs"]!],
  );
  const { language, functions, halstead } = JSON.parse(run.stdout);
  assert.deepEqual([language, functions[0].cyclomatic, halstead], ["rust", 3, null]);
});
