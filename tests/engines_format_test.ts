/** One file of each language that an engine lays out, through the whole program. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { devmcp, inFolder } from "./devmcp.ts";

/** Files as they are, the configuration beside them, and what becomes of them. */
const FORMATTED: Record<string, { text: string; formatted: string; config?: [string, string] }> = {
  "a.go": {
    text: 'package main\nfunc main(){println( "é" )}\n',
    formatted: 'package main\n\nfunc main() { println("é") }\n',
  },
  "a.sh": {
    text: "if true\nthen\necho é\nfi\n",
    formatted: "if true; then\n  echo é\nfi\n",
    config: [".editorconfig", "[*.sh]\nindent_style = space\nindent_size = 2\n"],
  },
  "a.c": {
    text: "int f(char *a){return 0;}\n",
    formatted: "int f(char* a) { return 0; }\n",
    config: [".clang-format", "BasedOnStyle: Google\n"],
  },
  "a.cpp": {
    text: "template<class T>class A{};\r\n",
    formatted: "template <class T> class A {};\r\n",
  },
  "a.sql": {
    text: "select a::int from b;",
    formatted: "SELECT\n  a::int\nFROM\n  b;\n",
    config: [".sql-formatter.json", '{"language": "postgresql", "keywordCase": "upper"}'],
  },
};

for (const [name, { text, formatted, config }] of Object.entries(FORMATTED)) {
  Deno.test(`format lays ${name} out: check, diff, standard input and in place`, async () => {
    const files = { [`sub/${name}`]: text, ...config ? { [config[0]]: config[1] } : {} };
    await inFolder(files, async (cwd) => {
      const path = join(cwd, "sub", name);
      await Deno.chmod(path, 0o755);
      const check = await devmcp(["format", "--check", "sub"], { cwd });
      assert.deepEqual([check.code, await Deno.readTextFile(path)], [1, text], check.stderr);
      const diff = await devmcp(["format", "--diff", "sub"], { cwd });
      assert.equal(diff.code, 1);
      const [firstLine = ""] = formatted.split(/\r?\n/).filter((line) => !text.includes(line));
      assert.ok(diff.stdout.includes(`+${firstLine}`), diff.stdout);
      const named = ["format", "-", "--stdin-filename", `sub/${name}`];
      const piped = await devmcp(named, { cwd, stdin: text });
      assert.deepEqual([piped.code, piped.stdout], [0, formatted], piped.stderr);
      const run = await devmcp(["format", "."], { cwd });
      assert.deepEqual([run.code, await Deno.readTextFile(path)], [0, formatted], run.stderr);
      assert.equal((await Deno.stat(path)).mode! & 0o777, 0o755);
      assert.equal((await devmcp(["format", "--check", "."], { cwd })).code, 0);
    });
  });
}

Deno.test("format leaves what does not parse as it is, and goes on with the rest", async () => {
  const broken = {
    "bad.go": "package a\nfunc {\n",
    "bad.sh": "if true; then\n",
    "bad.sql": "select (a from b",
    "deep.c": `int a = ${"(".repeat(20_000)}1${")".repeat(20_000)};\n`,
  };
  await inFolder({ ...broken, "good.go": "package  a\n", "good.c": "int  a;\n" }, async (cwd) => {
    const run = await devmcp(["format", "."], { cwd });
    assert.equal(run.code, 2);
    for (const [name, text] of Object.entries(broken)) {
      assert.equal(await Deno.readTextFile(join(cwd, name)), text);
      assert.match(run.stderr, new RegExp(`${name}: Cannot format the code: `));
    }
    assert.equal(await Deno.readTextFile(join(cwd, "good.go")), "package a\n");
    assert.equal(await Deno.readTextFile(join(cwd, "good.c")), "int a;\n");
  });
});

Deno.test("a broken configuration file is one line that names it, and exit 2", async () => {
  for (
    const [name, config, text, file, command] of [
      [".clang-format", "IndentWidht: 8\n", "int a;\n", "a.c", "format"],
      [".sql-formatter.json", '{"language": "x"}', "select 1;\n", "a.sql", "format"],
      [".sql-formatter.json", "{", "select 1;\n", "a.sql", "review"],
      [".editorconfig", "[*]\nkeep_padding = true\n", "a\n", "a.sh", "format"],
      [".markdownlint.json", '{"extends": "x"}', "# a\n", "a.md", "review"],
      [".markdownlint.yaml", "a: [", "# a\n", "a.md", "review"],
    ] as const
  ) {
    await inFolder({ [name]: config, [file]: text }, async (cwd) => {
      const run = await devmcp([command, file], { cwd });
      assert.deepEqual([run.code, run.stdout], [2, ""], `${name} ${run.stdout}`);
      const lines = run.stderr.split("\n").filter((line) => line.includes("Cannot use "));
      assert.equal(lines.length, 1, run.stderr);
      assert.ok(lines[0]!.includes(name), lines[0]);
      assert.equal(await Deno.readTextFile(join(cwd, file)), text);
    });
  }
});
