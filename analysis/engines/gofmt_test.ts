import assert from "node:assert/strict";
import wasm from "@wasm-fmt/gofmt/gofmt.wasm" with { type: "bytes" };
import { createGofmt } from "./gofmt.ts";

const gofmt = await createGofmt(wasm as Uint8Array<ArrayBuffer>, { name: "gofmt", version: "1" });
const go = (text: string, path = "a.go") => ({ path, language: "go" as const, text });
const lint = async (text: string, path?: string) => await gofmt.lint(go(text, path), {});
const format = async (text: string, path?: string) => await gofmt.format(go(text, path), {});

Deno.test("Gofmt.format() lays a file out, and leaves a formatted one", async () => {
  const formatted = 'package main\n\nfunc main() { println("é") }\n';
  assert.equal(await format('package main\nfunc main(){println("é")}'), formatted);
  assert.equal(await format(formatted), formatted);
});

Deno.test("Gofmt.lint() tells the first syntax error by UTF-16 columns", async () => {
  assert.deepEqual(await lint("package a\n"), []);
  for (
    const [text, line, column, message] of [
      ["package main\nfunc main(){x:=1\n", 2, 17, "expected '}', found 'EOF'"],
      ['package main\nvar s = "é😀" +* )\n', 2, 18, "expected operand, found ')'"],
      ["", 1, 1, "expected 'package', found 'EOF'"],
      ["// only a comment", 1, 18, "expected 'package', found 'EOF'"],
      ["/* x */ // y\n  x := 1\n", 2, 3, "expected 'package', found 'x'"],
      ["/* open", 1, 1, "comment not terminated"],
    ] as const
  ) {
    const [issue] = await lint(text);
    assert.deepEqual([issue?.line, issue?.column, issue?.message], [line, column, message]);
    assert.deepEqual([issue?.rule, issue?.severity], ["syntax-error", "critical"]);
  }
});

Deno.test("Gofmt takes a part of a file where it has no name", async () => {
  assert.equal(await format("x := 1\ny:=2\n", ""), "x := 1\ny := 2\n");
});

Deno.test("Gofmt.format() refuses what does not parse, and half pairs", async () => {
  const broken = {
    message:
      "Cannot format the code: syntax error in line 1, column 1: expected 'package', found '}'",
    hint: "mend the syntax first",
  };
  await assert.rejects(async () => await format("}"), broken);
  await assert.rejects(async () => await format("package a // \ud800"), /half of a surrogate pair/);
});

Deno.test("Gofmt works on after its WebAssembly trapped", async () => {
  const deep = `package a\nvar x = ${"(".repeat(5000)}1${")".repeat(5000)}`;
  const [unchecked] = await lint(deep);
  assert.deepEqual([unchecked?.rule, unchecked?.severity], ["syntax-not-checked", "info"]);
  const tooDeep = { message: "Cannot format the code: it is too large or nested too deeply" };
  await assert.rejects(async () => await format(deep), tooDeep);
  assert.equal(await format("package  a"), "package a\n");
});
