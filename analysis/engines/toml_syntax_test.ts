import assert from "node:assert/strict";
import * as fc from "fast-check";
import { createTomlSyntax } from "./toml_syntax.ts";

const toml = createTomlSyntax({ name: "smol-toml", version: "1" });
const lint = async (text: string) =>
  await toml.lint({ path: "a.toml", language: "toml", text }, {});

for (
  const [text, line, column, message] of [
    ["a = \n", 1, 5, "invalid value"],
    ["x = 1\r\na = 1\r\na = 2\r\n", 3, 1, "trying to redefine an already defined table or value"],
    ["[a]\n[a]\n", 2, 2, "trying to redefine an already defined table or value"],
    ["a = '😀' x\n", 1, 10, undefined],
    ["é = 1\n", 1, 1, "illegal character in key"],
  ] as const
) {
  Deno.test(`TomlSyntax.lint() tells where ${JSON.stringify(text)} is no TOML`, async () => {
    const [issue, ...more] = await lint(text);
    assert.deepEqual([issue?.line, issue?.column, issue?.rule], [line, column, "syntax-error"]);
    assert.deepEqual(more, []);
    assert.equal(issue?.message, message ?? issue?.message);
  });
}

Deno.test("TomlSyntax.lint() leaves what is TOML, and tells what is nested too deeply", async () => {
  for (
    const text of ["", "a = 99999999999999999999\n", "[__proto__]\nb = 1979-05-27\n[[c]]\n[[c]]\n"]
  ) {
    assert.deepEqual(await lint(text), [], text);
  }
  for (const open of ["[", "{a="]) {
    assert.equal((await lint(`a=${open.repeat(20_000)}`))[0]!.rule, "analysis-failed");
  }
});

Deno.test("TomlSyntax.lint() takes any text, and tells places inside it", async () => {
  const parts = fc.array(
    fc.constantFrom("a", "=", "\n", "[", "]", "{", "}", "'", '"', "1", ".", "#"),
  );
  const text = fc.oneof(fc.string({ unit: "binary" }), parts.map((some) => some.join("")));
  await fc.assert(fc.asyncProperty(text, async (text) => {
    const lines = text.split(/\r\n|\n/);
    for (const { line, column } of await lint(text)) {
      assert.ok(line >= 1 && line <= lines.length, `line ${line}`);
      assert.ok(column >= 1 && column <= lines[line - 1]!.length + 2, `column ${column}`);
    }
  }));
});
