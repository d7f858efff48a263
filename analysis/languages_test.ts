import assert from "node:assert/strict";
import { type Language, LANGUAGE_IDS, languageOf, LANGUAGES } from "./languages.ts";

const FILES: [path: string, start: string, language: string | undefined][] = [
  ["a.py", "", "python"],
  ["a.pyi", "", "stub"],
  ["src/A.PY", "", "python"],
  ["a.ipynb", "", "notebook"],
  ["x/y.tsx", "", "tsx"],
  ["a.d.ts", "", "typescript"],
  ["Rakefile", "", "ruby"],
  [".clang-format", "", "yaml"],
  ["run", "#!/bin/sh\n", "shell"],
  ["run", "#!/usr/bin/env python3.12\n", "python"],
  ["run", "#!/usr/bin/env -S deno run -A\r\n", "typescript"],
  ["run", "#!/usr/bin/env FOO=1 node\n", "javascript"],
  ["run", "\uFEFF#! /usr/bin/ruby -w\n", "ruby"],
  ["run", "#!/usr/bin/perl\n", undefined],
  ["run", "print(1)\n", undefined],
  ["run.txt", "#!/bin/sh\n", undefined],
  [".py", "", undefined],
  ["a.constructor", "", undefined],
  ["a.py/b", "", undefined],
];

for (const [path, start, language] of FILES) {
  Deno.test(`languageOf() of ${path} ${JSON.stringify(start)} is ${language}`, () => {
    assert.equal(languageOf(path, start), language);
  });
}

Deno.test("LANGUAGES name each ending, name and interpreter once", () => {
  const languages: Language[] = LANGUAGE_IDS.map((id) => LANGUAGES[id]);
  for (const key of ["extensions", "names", "interpreters"] as const) {
    const all = languages.flatMap((language) => language[key] ?? []);
    assert.equal(all.length, new Set(all).size, key);
  }
});
