import assert from "node:assert/strict";
import * as fc from "fast-check";
import { readEditorconfig } from "./editorconfig.ts";

const read = (text: string, path: string, languages?: string[]) =>
  Object.fromEntries(
    readEditorconfig({ path: ".editorconfig", text, root: "/p", cwd: "/p" }, path, languages),
  );

Deno.test("readEditorconfig() gives the last word of all sections that match", () => {
  const text =
    "root = true\n; comment\n[*]\nA = 1\nb=2 # why\n[*.sh]\nB : Three\nnonsense\n[x.py]\na=9\n";
  assert.deepEqual(read(text, "src/a.sh"), { a: "1", b: "three" });
});

Deno.test("readEditorconfig() matches patterns as EditorConfig does", () => {
  for (
    const [pattern, path, holds] of [
      ["*.sh", "a/b/c.sh", true],
      ["{a,b}.sh", "x/b.sh", true],
      ["src/*.sh", "src/a.sh", true],
      ["/src/*.sh", "/p/src/a.sh", true],
      ["src/*.sh", "src/deep/a.sh", false],
      ["src/**.sh", "src/deep/a.sh", true],
      ["**/deep/*.sh", "src/deep/a.sh", true],
      ["src/*.sh", "/elsewhere/src/a.sh", false],
      ["[[shell]]", "a", false],
    ] as const
  ) {
    assert.deepEqual(read(`[${pattern}]\nk=v\n`, path), holds ? { k: "v" } : {}, pattern);
  }
  assert.deepEqual(read("[[shell]]\nk=v\n", "a", ["shell"]), { k: "v" });
});

Deno.test("readEditorconfig() adds what files further up say", () => {
  const config = {
    path: "s/.editorconfig",
    root: "/p/s",
    cwd: "/p",
    text: "[*.sh]\na = 2\nb = unset\n",
    above: { path: ".editorconfig", root: "/p", cwd: "/p", text: "[s/*]\na = 1\nb = 1\nc = 1\n" },
  };
  assert.deepEqual(Object.fromEntries(readEditorconfig(config, "s/x.sh")), { a: "2", c: "1" });
});

Deno.test("readEditorconfig() takes any text", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (text, path) => {
    read(`[*]\n${text}`, path);
    read(`[${text}]`, path);
  }));
});
