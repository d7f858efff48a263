import assert from "node:assert/strict";
import wasm from "@wasm-fmt/shfmt/shfmt.wasm" with { type: "bytes" };
import { createShfmt } from "./shfmt.ts";

const shfmt = await createShfmt(wasm as Uint8Array<ArrayBuffer>, { name: "shfmt", version: "1" });
const script = (text: string, path = "a.sh") => ({ path, language: "shell" as const, text });
const lint = async (text: string, path?: string) => await shfmt.lint(script(text, path), {});
const format = async (text: string, path?: string, config?: string) =>
  await shfmt.format(
    script(text, path),
    config === undefined ? {} : { config: { path: ".editorconfig", text: config } },
  );

Deno.test("Shfmt.format() lays a script out, and leaves a formatted one", async () => {
  const formatted = 'if true; then\n\techo "é"\nfi\n';
  assert.equal(await format('if true\nthen\n  echo "é"\nfi'), formatted);
  assert.equal(await format(formatted), formatted);
});

Deno.test("Shfmt.lint() tells a syntax error by UTF-16 columns", async () => {
  assert.deepEqual(await lint("echo $((1 + 2))\n"), []);
  for (
    const [text, line, column, message] of [
      ["\nif true; then\n:\n", 2, 1, "`if` statement must end with `fi`"],
      ['echo "é😀" "$(ls', 1, 13, "reached EOF without matching `$(` with `)`"],
      ["echo 'x", 1, 6, "reached EOF without closing quote `'`"],
      ["case x\n", 1, 1, "`case x` must be followed by `in`"],
    ] as const
  ) {
    const [issue] = await lint(text);
    assert.deepEqual([issue?.line, issue?.column, issue?.message], [line, column, message]);
    assert.deepEqual([issue?.rule, issue?.severity], ["syntax-error", "critical"]);
  }
});

Deno.test("Shfmt knows a script's dialect by its name, first line and configuration", async () => {
  const bats = '@test "x" {\n  run a\n}\n';
  assert.deepEqual(await lint(bats, "a.bats"), []);
  const korn = "echo a |&\n";
  assert.deepEqual(await lint(korn, "a.ksh"), []);
  assert.deepEqual(await lint(`#!/bin/ksh\n${korn}`, "a"), []);
  assert.equal((await lint(korn, "a.sh")).length, 1);
  const config = { path: ".editorconfig", text: "[*]\nshell_variant = mksh\n" };
  assert.deepEqual(await shfmt.lint(script(korn), { config }), []);
});

Deno.test("Shfmt.format() takes its options from .editorconfig", async () => {
  const text = "case $x in\na) echo a >b &&\n  true ;;\nesac\nf() {\n:\n}\n";
  assert.equal(
    await format(
      text,
      "a.sh",
      "[*.sh]\nindent_style = space\nindent_size = 2\nswitch_case_indent = true\n" +
        "binary_next_line = true\nspace_redirects = true\nfunction_next_line = true\n",
    ),
    "case $x in\n  a) echo a > b \\\n    && true ;;\nesac\nf()\n{\n  :\n}\n",
  );
  const ignored = "[*]\nignore = true\n";
  assert.equal(await format(text, "a.sh", ignored), text);
  await assert.rejects(format(text, "a.sh", "[*]\nkeep_padding = true\n"), {
    message: 'Cannot use ".editorconfig": `keep_padding` is not supported',
  });
});

Deno.test("Shfmt.format() refuses what does not parse, and works on after a trap", async () => {
  const broken =
    /^ToolError: Cannot format the code: syntax error in line 1, column 1: `if` statement/;
  await assert.rejects(format("if true; then :"), broken);
  const deep = "{ ".repeat(5000) + "a;" + " }".repeat(5000);
  const [unchecked] = await lint(deep);
  assert.deepEqual([unchecked?.rule, unchecked?.severity], ["syntax-not-checked", "info"]);
  await assert.rejects(format(deep), {
    message: "Cannot format the code: it is too large or nested too deeply",
  });
  assert.equal(await format("echo  1"), "echo 1\n");
});
