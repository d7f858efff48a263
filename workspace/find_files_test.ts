import assert from "node:assert/strict";
import { chmod, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LanguageId } from "../analysis/languages.ts";
import { ToolError } from "../config/tool_error.ts";
import { findFiles, type FindOptions } from "./find_files.ts";
import { withFolder } from "./testing_folder.ts";

const isRoot = Deno.build.os === "windows" || Deno.uid() === 0;

function options(cwd: string, more: Partial<FindOptions> = {}): FindOptions {
  const onProblem = (path: string, message: string) => assert.fail(`${path}: ${message}`);
  return { cwd, languages: new Set<LanguageId>(["python"]), onProblem, ...more };
}

const find = (args: string[], cwd: string, more?: Partial<FindOptions>) =>
  Array.fromAsync(findFiles(args, options(cwd, more)), ({ path }) => path);

/** Makes the files, empty, and compares what the arguments find. */
function table(
  files: string[],
  cases: [args: string[], expected: string[]][],
  contents: Record<string, string | Uint8Array> = {},
): Promise<void> {
  const all = { ...Object.fromEntries(files.map((file) => [file, ""])), ...contents };
  return withFolder(all, async (folder) => {
    for (const [args, expected] of cases) {
      assert.deepEqual(await find(args, folder), expected, JSON.stringify(args));
    }
  });
}

Deno.test("findFiles() takes files, folders and globs, each file once", () =>
  table(
    [
      "b.py",
      "a.py",
      "data.txt",
      "pkg/z.py",
      "pkg/sub/y.py",
      "pkg/sub/x.txt",
      ".hidden.py",
      "empty/x.txt",
    ],
    [
      [["."], [".hidden.py", "a.py", "b.py", "pkg/sub/y.py", "pkg/z.py"]],
      [["a.py"], ["a.py"]],
      [["./a.py", "a.py", "pkg/../a.py"], ["a.py"]],
      [["data.txt"], ["data.txt"]],
      [["b.py", "."], ["b.py", ".hidden.py", "a.py", "pkg/sub/y.py", "pkg/z.py"]],
      [["pkg/", "pkg/sub"], ["pkg/sub/y.py", "pkg/z.py"]],
      [["empty"], []],
      [["*.py"], ["a.py", "b.py"]],
      [["**/*.py"], ["a.py", "b.py", "pkg/sub/y.py", "pkg/z.py"]],
      [["pkg/**/*.py"], ["pkg/sub/y.py", "pkg/z.py"]],
      [["./pkg/*"], ["pkg/sub/y.py", "pkg/z.py"]],
      [["{a,b}.py"], ["a.py", "b.py"]],
      [["[ab].py", "a.py"], ["a.py", "b.py"]],
      [["pkg/?.py", "*.py"], ["pkg/z.py", "a.py", "b.py"]],
    ],
  ));

Deno.test("findFiles() takes a name that exists for itself, not for a glob", () =>
  table(["[ab].py", "a.py", "d*/x.py", "dd/y.py", "!n.py"], [
    [["[ab].py"], ["[ab].py"]],
    [["d*"], ["d*/x.py"]],
    [["!n.py"], ["!n.py"]],
  ]));

Deno.test("findFiles() honours .gitignore, nested and negated, and .git/info/exclude", () =>
  table(
    [
      "gen/a.py",
      "keep/gen/a.py",
      "logs/a.py",
      "logs/b.py",
      "secret.py",
      "pkg/x.py",
      "pkg/y.py",
      "pkg/only/x.py",
    ],
    [
      [["."], ["keep/gen/a.py", "logs/b.py", "pkg/only/x.py", "pkg/y.py"]],
      [["pkg"], ["pkg/only/x.py", "pkg/y.py"]],
      [["pkg/only"], ["pkg/only/x.py"]],
      [["gen"], ["gen/a.py"]],
      [["secret.py", "pkg/x.py"], ["secret.py", "pkg/x.py"]],
      [["**/x.py"], ["pkg/only/x.py"]],
    ],
    {
      ".git/info/exclude": "secret.py\n",
      ".gitignore": "gen/\n/logs/a.py\n/pkg/y.py\n",
      "keep/.gitignore": "!gen/\n",
      "pkg/.gitignore": "x.py\n!y.py\n",
      "pkg/only/.gitignore": "!x.py\n",
    },
  ));

Deno.test("findFiles() applies the rules above a folder only inside a repository", () =>
  table(["sub/a.py"], [[["sub"], ["sub/a.py"]], [["."], []]], { ".gitignore": "a.py\n" }));

Deno.test("findFiles() leaves out environments, caches, vendored and binary files", () =>
  table(
    [
      "src/a.py",
      "node_modules/a.py",
      "src/site-packages/a.py",
      ".venv/a.py",
      "vendor/a.py",
      "build/a.py",
      "__pycache__/a.py",
      "env/lib/a.py",
    ],
    [
      [["."], ["build/a.py", "env2/a.py", "src/a.py", "wide.py"]],
      [["vendor", "env"], ["vendor/a.py", "env/lib/a.py"]],
      [["binary.py"], ["binary.py"]],
    ],
    {
      "env/pyvenv.cfg": "home = /usr",
      "env2/a.py": "",
      "binary.py": new Uint8Array([1, 2, 0, 3]),
      "wide.py": new Uint8Array([0xff, 0xfe, 0x78, 0]),
    },
  ));

Deno.test("findFiles() writes paths as a person would", () =>
  withFolder({ "work/a.py": "", "other/b.py": "" }, async (folder) => {
    const cwd = join(folder, "work");
    assert.deepEqual(await find([join(folder, "work")], cwd), ["a.py"]);
    assert.deepEqual(await find(["../other"], cwd), [join("..", "other", "b.py")]);
    assert.deepEqual(await find([join(folder, "other")], cwd), [join(folder, "other", "b.py")]);
    assert.deepEqual(await find([".."], cwd), [join("..", "other", "b.py"), "a.py"]);
    assert.deepEqual(await find(["../o*/*.py"], cwd), [join("..", "other", "b.py")]);
  }));

Deno.test("findFiles() follows links that are named, not those it meets", () =>
  withFolder({ "real/a.py": "", "x.py": "" }, async (folder) => {
    await symlink("real", join(folder, "link"));
    await symlink("..", join(folder, "real", "loop"));
    await symlink("x.py", join(folder, "y.py"));
    await symlink("gone.py", join(folder, "z.py"));
    assert.deepEqual(await find(["."], folder), ["real/a.py", "x.py"]);
    assert.deepEqual(await find(["link"], folder), ["link/a.py"]);
    assert.deepEqual(await find(["link", "real", "y.py", "."], folder), ["link/a.py", "y.py"]);
    await assert.rejects(find(["z.py"], folder), /Cannot find "z.py": no such file or folder/);
  }));

Deno.test("findFiles() checks every argument before the first file", async (t) => {
  const cases: [string, RegExp][] = [
    ["nope.py", /^Cannot find "nope.py": no such file or folder$/],
    ["a.py/x", /^Cannot find "a.py\/x": no such file or folder$/],
    ["*.txt", /^Cannot find "\*.txt": no file matches$/],
    ["no/**/*.py", /^Cannot find "no\/\*\*\/\*.py": no file matches$/],
    ["", /^Cannot find "": no such file or folder$/],
    ["a\0b", /^Cannot find "a\\u0000b": no such file or folder$/],
    ["a[b", /^Cannot find "a\[b": no such file or folder$/],
    ["x".repeat(5000), /the path is too long$/],
    ["*".repeat(70_000), /^Cannot (?:find|read) /],
  ];
  await withFolder({ "a.py": "" }, async (folder) => {
    for (const [arg, message] of cases) {
      await t.step(arg.slice(0, 20), async () => {
        const found: string[] = [];
        const error = await (async () => {
          for await (const { path } of findFiles([".", arg], options(folder))) found.push(path);
        })().catch((error) => error);
        assert(error instanceof ToolError, `not a ToolError: ${error}`);
        assert.match(error.message, message);
        assert.deepEqual(found, []);
      });
    }
  });
});

Deno.test("findFiles() asks exclude about files and folders, as they are written", () =>
  withFolder(
    { "a.py": "", "pkg/b.py": "", "pkg/sub/c.py": "", "skip/d.py": "" },
    async (folder) => {
      const asked: [string, boolean][] = [];
      const exclude = (path: string, language?: string) => {
        asked.push([path, language === undefined]);
        return Promise.resolve(path === "skip" || path === "pkg/b.py");
      };
      assert.deepEqual(await find(["."], folder, { exclude }), ["a.py", "pkg/sub/c.py"]);
      assert.deepEqual(asked, [
        ["a.py", false],
        ["pkg", true],
        ["pkg/b.py", false],
        ["pkg/sub", true],
        ["pkg/sub/c.py", false],
        ["skip", true],
      ]);
      assert.deepEqual(await find(["pkg/b.py"], folder, { exclude }), ["pkg/b.py"]);
    },
  ));

Deno.test("findFiles() asks excludeNamed about what arguments name, and about nothing else", () =>
  withFolder({ "a.py": "", "pkg/b.py": "", "gen/c.py": "" }, async (folder) => {
    const asked: string[] = [];
    const excludeNamed = (path: string) => {
      asked.push(path);
      return path.startsWith("gen");
    };
    const args = ["a.py", "gen/c.py", "gen", "pkg", "pk*"];
    assert.deepEqual(await find(args, folder, { excludeNamed }), ["a.py", "pkg/b.py"]);
    assert.deepEqual(asked.sort(), ["a.py", "gen", "gen/c.py", "pkg"]);
  }));

Deno.test("findFiles() tells of a folder that vanishes, and goes on", () =>
  withFolder({ "a.py": "", "b/x.py": "", "c.py": "" }, async (folder) => {
    const problems: string[] = [];
    const found: string[] = [];
    const onProblem = (path: string, message: string) => problems.push(`${path}: ${message}`);
    for await (const { path } of findFiles(["."], options(folder, { onProblem }))) {
      found.push(path);
      await rm(join(folder, "b"), { recursive: true, force: true });
    }
    assert.deepEqual(found, ["a.py", "c.py"]);
    assert.deepEqual(problems, ["b: no such file or folder"]);
  }));

Deno.test({
  name: "findFiles() tells of a folder it may not read, and goes on",
  ignore: isRoot,
  fn: () =>
    withFolder({ "a/x.py": "", "b.py": "" }, async (folder) => {
      await chmod(join(folder, "a"), 0);
      const problems: string[] = [];
      const onProblem = (path: string, message: string) => problems.push(`${path}: ${message}`);
      assert.deepEqual(await find(["."], folder, { onProblem }), ["b.py"]);
      assert.deepEqual(problems, ["a: permission denied"]);
      await chmod(join(folder, "a"), 0o755);
    }),
});

Deno.test({
  name: "findFiles() is not held up by pipes",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder({ "a.py": "" }, async (folder) => {
      const args = [join(folder, "pipe.py"), join(folder, ".gitignore")];
      await new Deno.Command("mkfifo", { args }).output();
      const problems: string[] = [];
      const onProblem = (path: string) => problems.push(path);
      assert.deepEqual(await find(["."], folder, { onProblem }), ["a.py"]);
      assert.deepEqual(problems.length, 1);
    }),
});

Deno.test("findFiles() walks 1,900 folders deep", () =>
  withFolder({}, async (folder) => {
    // Made from the inside out: a path may not be longer than 4,096 bytes.
    let inner = join(folder, "0");
    await mkdir(inner);
    await writeFile(join(inner, "a.py"), "");
    const depth = Math.floor((4000 - folder.length) / 2);
    for (let level = 1; level < depth; level++) {
      const outer = join(folder, `o${level}`);
      await mkdir(outer);
      await rename(inner, join(outer, "d"));
      inner = outer;
    }
    const [found, ...more] = await find(["."], folder);
    assert.equal(found?.split("/").length, depth + 1);
    assert.deepEqual(more, []);
  }));

Deno.test("findFiles() stops at an abort", () =>
  withFolder({ "a/x.py": "", "b/y.py": "" }, async (folder) => {
    const controller = new AbortController();
    await assert.rejects(
      (async () => {
        for await (const _ of findFiles(["."], options(folder, { signal: controller.signal }))) {
          controller.abort(new Error("Ctrl-C"));
        }
      })(),
      { message: "Ctrl-C" },
    );
  }));

Deno.test("findFiles() tells languages by name and first line, and leaves out what programs write", () =>
  withFolder({
    "a.js": "",
    "a.min.js": "",
    "b.py": "",
    "c.js": "// @generated by x\n",
    "d.js": "\n\n\n\n\n// @generated by x\n",
    "e.json": "{}",
    "e-lock.json": "{}",
    "package-lock.json": "{}",
    "deno.lock": "{}",
    "run": "#!/usr/bin/env node\n",
    "run.txt": "#!/usr/bin/env node\n",
    "text": "hello\n",
  }, async (folder) => {
    const languages = new Set<LanguageId>(["javascript", "json"]);
    const found = await Array.fromAsync(findFiles(["."], options(folder, { languages })));
    assert.deepEqual(found, [
      { path: "a.js", language: "javascript" },
      { path: "d.js", language: "javascript" },
      { path: "e.json", language: "json" },
      { path: "run", language: "javascript" },
    ]);
    assert.deepEqual(await find(["a.min.js"], folder, { languages }), ["a.min.js"]);
  }));

Deno.test("findFiles() leaves out what .gitattributes calls generated or vendored", () =>
  withFolder({
    ".git/HEAD": "",
    ".gitattributes": "gen/** linguist-generated\n*.pb.py linguist-generated=true text\n" +
      "lib/*.py linguist-vendored\nlib/ours.py -linguist-vendored\nother.py text\n",
    "a.pb.py": "",
    "gen/a.py": "",
    "gen/.gitattributes": "kept.py linguist-generated=false\n",
    "gen/kept.py": "",
    "lib/ours.py": "",
    "lib/theirs.py": "",
    "other.py": "",
  }, async (folder) => {
    assert.deepEqual(await find(["."], folder), ["gen/kept.py", "lib/ours.py", "other.py"]);
    assert.deepEqual(await find(["lib"], folder), ["lib/ours.py"]);
    assert.deepEqual(await find(["gen/a.py"], folder), ["gen/a.py"]);
  }));
