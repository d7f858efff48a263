import assert from "node:assert/strict";
import wasm from "@wasm-fmt/clang-format/clang-format.wasm" with { type: "bytes" };
import { createClangFormat } from "./clang_format.ts";

const about = { name: "clang-format", version: "1" };
const clang = await createClangFormat(wasm as Uint8Array<ArrayBuffer>, about);

async function format(text: string, path: string = "a.c", ...[config]: string[]): Promise<string> {
  const source = { path, language: path.endsWith(".c") ? "c" as const : "cpp" as const, text };
  return await clang.format(
    source,
    config === undefined ? {} : { config: { path: "p/.clang-format", text: config } },
  );
}

Deno.test("ClangFormat.format() lays C and C++ out in LLVM's style", async () => {
  const formatted = 'int main() {\n  puts("é");\n  return 0;\n}\n';
  assert.equal(await format('int main(){puts("é");return 0;}\n'), formatted);
  assert.equal(await format(formatted), formatted);
  assert.equal(
    await format("template<class T>class A{};\n", "a.hpp"),
    "template <class T> class A {};\n",
  );
  assert.equal(await format("", "a.c"), "");
});

Deno.test("ClangFormat.format() keeps line endings, and sorts includes by the file's name", async () => {
  assert.equal(await format("int  a;\r\nint b ;\r\n"), "int a;\r\nint b;\r\n");
  const includes = '#include <b>\n#include "z/own.h"\n#include <a>\n';
  assert.equal(
    await format(includes, "src/own.cc"),
    '#include "z/own.h"\n#include <a>\n#include <b>\n',
  );
});

Deno.test("ClangFormat.format() honours .clang-format, each language's part", async () => {
  const config =
    "BasedOnStyle: Google\nIndentWidth: 8\n---\nLanguage: JavaScript\nIndentWidth: 1\n";
  const text = "int f(char *a){return 0;}\nint g() { if(a) b(); c(); }\n";
  assert.equal(
    await format(text, "a.cc", config),
    "int f(char* a) { return 0; }\nint g() {\n        if (a) b();\n        c();\n}\n",
  );
  assert.equal(await format(text, "a.c", "DisableFormat: true"), text);
  assert.equal(await format("int  a;\n", "a.c", "\n"), "int a;\n");
});

Deno.test("ClangFormat.format() names a broken .clang-format, and what is wrong in it", async () => {
  for (
    const [config, reason] of [
      ["IndentWidht: 8\n", "unknown key 'IndentWidht'"],
      ["BasedOnStyle: Nope\n", "Unknown value for BasedOnStyle: Nope"],
      ["IndentWidth: x\n", "invalid number"],
      [": [", "Unexpected token. Expected Key or Block End"],
    ] as const
  ) {
    await assert.rejects(format("int a;", "a.c", config), {
      name: "ToolError",
      message: `Cannot use "p/.clang-format": ${reason}`,
    });
  }
  assert.equal(await format("int  a;"), "int a;");
});

Deno.test("ClangFormat works on after its WebAssembly trapped", async () => {
  for (const [open, close] of [["{", "}"], ["[", "]"]] as const) {
    const deep = `int x = ${open.repeat(20_000)}1${close.repeat(20_000)};`;
    await assert.rejects(format(deep), {
      message: "Cannot format the code: it is too large or nested too deeply",
    });
    assert.equal(await format("int  a;"), "int a;");
  }
});

Deno.test("ClangFormat.format() refuses a statement that would take it minutes", async () => {
  const tooLong = { message: "Cannot format the code: a statement in it is too long" };
  for (const part of ["(", "f(a) ", "a < ", "/* a */ ", "a ? b : "]) {
    await assert.rejects(format(`int a = ${part.repeat(3001)};`), tooLong);
  }
  const numbers = `int a[] = {${"1, ".repeat(3001)}1};\n`;
  assert.match(await format(numbers), /^int a\[\] = \{\n {4}1, 1, /);
});

const ABOVE = {
  path: "/p/.clang-format",
  root: "/p",
  cwd: "/p",
  text: "BasedOnStyle: Google\nIndentWidth: 6\nBraceWrapping:\n  AfterFunction: true\n" +
    "  BeforeElse: true\nBreakBeforeBraces: Custom\n",
};

Deno.test("ClangFormat.format() bases a style on the one further up", async () => {
  const text = "int f(char *a){if(a){b();}else{c();}}\n";
  const own = "BasedOnStyle: InheritParentConfig\nBraceWrapping:\n  AfterFunction: false\n";
  const with_ = (above?: typeof ABOVE) => {
    const config = { path: "/p/s/.clang-format", root: "/p/s", cwd: "/p", text: own, above };
    return clang.format({ path: "s/a.cc", language: "cpp", text }, { config });
  };
  assert.equal(
    await with_(ABOVE),
    "int f(char* a) {\n      if (a) {\n            b();\n      }\n      else {\n            c();\n      }\n}\n",
  );
  assert.match(await with_(), /^int f\(char \*a\) \{\n {2}if/);
  const broken = { ...ABOVE, text: "a: [" };
  await assert.rejects(
    async () => await with_(broken),
    /^ToolError: Cannot use "\/p\/.clang-format"/,
  );
});

Deno.test("ClangFormat.format() leaves out what .clang-format-ignore names", async () => {
  const text = "int  a;\n", formatted = "int a;\n";
  const ignore = { path: "/p/.clang-format-ignore", root: "/p", cwd: "/p" };
  const lists: [lines: string, path: string, expected: string][] = [
    ["# why\n\nlib/*.c\r\n", "lib/a.c", text],
    ["lib/*.c\n", "lib/deep/a.c", formatted],
    ["lib/**/*.c\n", "lib/deep/a.c", text],
    ["*.c\n", "lib/a.c", formatted],
    ["**/*.c\n!lib/b.c", "lib/b.c", formatted],
  ];
  for (const [lines, path, expected] of lists) {
    const config = { path: "", text: "", cwd: "/p", others: [{ ...ignore, text: lines }] };
    const found = await clang.format({ path, language: "c", text }, { config });
    assert.equal(found, expected, `${lines} ${path}`);
  }
});
