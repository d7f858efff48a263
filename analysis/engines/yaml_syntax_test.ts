import assert from "node:assert/strict";
import * as fc from "fast-check";
import { createYamlSyntax } from "./yaml_syntax.ts";

const yaml = createYamlSyntax({ name: "yaml", version: "1" });
const lint = async (text: string) =>
  await yaml.lint({ path: "a.yaml", language: "yaml", text }, {});

for (
  const [text, line, column, message] of [
    ["a: b: c\n", 1, 4, /Nested mappings are not allowed/],
    ["---\na: 1\n---\nb: {\n", 5, 1, /must be sufficiently indented and end with a }/],
    ["\ta: 1\n", 1, 1, /Tabs are not allowed/],
    ['x: 1\r\na: "b', 2, 6, /Missing closing "quote/],
    ["- a\nb: 1\n", 2, 1, /Unexpected scalar/],
    ["a: *x\nb: &x 1\nc: *x\n", 1, 4, /^No anchor "x" stands before this alias$/],
  ] as const
) {
  Deno.test(`YamlSyntax.lint() tells where ${JSON.stringify(text)} is no YAML`, async () => {
    const [issue] = await lint(text);
    assert.deepEqual([issue?.line, issue?.column, issue?.rule], [line, column, "syntax-error"]);
    assert.match(issue!.message, message);
  });
}

Deno.test("YamlSyntax.lint() tells keys that occur twice, in any document", async () => {
  const issues = await lint("é😀: 1\n<<: 1\n<<: 2\n---\na: [{b: 1, b: 2}]\na: 3\n");
  assert.deepEqual(
    issues.map(({ line, column, end, rule }) => [line, column, end.column, rule]),
    [[6, 1, 2, "duplicate-key"], [5, 12, 13, "duplicate-key"]],
  );
  assert.equal(issues[0]!.message, 'This key occurs twice: "a"');
});

Deno.test("YamlSyntax.lint() leaves what is YAML: tags of others, several documents, merges", async () => {
  for (
    const text of [
      "",
      "# only a comment\n",
      "a: !Ref x\nb: !!binary aGk=\n",
      "--- 1\n...\n---\n2\n",
      "base: &b {x: 1}\nc:\n  <<: *b\n",
      "a: |\n  é\n  b: b: b\n",
      "key: {{ .Values.x }}\n",
    ]
  ) {
    assert.deepEqual(await lint(text), [], text);
  }
});

Deno.test("YamlSyntax.lint() is done with hostile files soon, and tells few errors", async () => {
  const deep = { rule: "analysis-failed", message: "This file is nested too deeply to analyse" };
  for (const text of ["[".repeat(20_000), "- ".repeat(20_000), "{a: ".repeat(20_000)]) {
    const [{ rule, message } = {}] = await lint(text);
    assert.deepEqual({ rule, message }, deep);
  }
  const bomb = Array.from({ length: 200 }, (_, n) => `k${n}: &k${n} [*k${n - 1}, *k${n - 1}]`);
  assert.deepEqual(await lint(["k: &k-1 x", ...bomb].join("\n")), []);
  assert.equal((await lint("a: b: c\n".repeat(1000))).length, 20);
  const keys = Array.from({ length: 20_000 }, (_, n) => `k${n}: 1\n`).join("");
  assert.deepEqual(await lint(keys), []);
  assert.equal((await lint("a".repeat(4 * 1024 * 1024 + 1)))[0]!.rule, "analysis-failed");
});

Deno.test("YamlSyntax.lint() takes any text, and tells places inside it", async () => {
  const parts = fc.array(
    fc.constantFrom("a", ": ", "\n", "- ", "[", "{", "}", "&x ", "*x", "'", '"'),
  );
  const text = fc.oneof(fc.string({ unit: "binary" }), parts.map((some) => some.join("")));
  await fc.assert(fc.asyncProperty(text, async (text) => {
    const lines = text.split(/\r\n|\r|\n/);
    for (const { line, column } of await lint(text)) {
      assert.ok(line >= 1 && line <= lines.length, `line ${line}`);
      assert.ok(column >= 1 && column <= lines[line - 1]!.length + 2, `column ${column}`);
    }
  }));
});
