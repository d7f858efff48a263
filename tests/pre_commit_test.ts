/** The hooks of .pre-commit-hooks.yaml, with the real program pre-commit. */
import assert from "node:assert/strict";
import { copyFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { languageOfName } from "../analysis/languages.ts";
import { languagesFor } from "../analysis/reviewed_languages.ts";
import { installPythonPeers, PRE_COMMIT } from "../scripts/python_peers.ts";
import {
  type Repository,
  TEST_ENVIRONMENT,
  withRepository,
} from "../workspace/repository_fixture.ts";
import { BINARY } from "./devmcp.ts";

const ROOT = new URL("../", import.meta.url);

/** Wants PyPI the first time. */
const { bin } = await installPythonPeers(new URL(".tools/pre-commit/", ROOT), [PRE_COMMIT]);

interface World extends Repository {
  preCommit(...args: string[]): Promise<[code: number, said: string]>;
  /** Commits with hooks. */
  commitWith(...args: string[]): Promise<[code: number, said: string]>;
}

/** A repository that takes its hooks from another one, as users do. */
async function withHooks(config: string, use: (world: World) => Promise<void>): Promise<void> {
  await withRepository(async (repository) => {
    const { folder, git, write, commit, at } = repository;
    const hooks = at(".git/hooks-source");
    await hooks.write({ "README.md": "x\n" });
    await copyFile(
      new URL(".pre-commit-hooks.yaml", ROOT),
      join(hooks.folder, ".pre-commit-hooks.yaml"),
    );
    await hooks.git("init", "--quiet");
    await hooks.commit();
    const rev = (await hooks.git("rev-parse", "HEAD")).trim();
    await write({ ".git/bin/.keep": "", ".git/home/.keep": "" });
    await symlink(BINARY, join(folder, ".git/bin/devmcp"));
    const env = {
      ...TEST_ENVIRONMENT,
      PATH: [join(folder, ".git/bin"), bin, TEST_ENVIRONMENT.PATH].join(":"),
      PRE_COMMIT_HOME: join(folder, ".git/pre-commit-home"),
      // What is cached there is not for `git add`.
      HOME: join(folder, ".git/home"),
      NO_COLOR: "1",
    };
    const run = async (program: string, args: string[]): Promise<[number, string]> => {
      const options = { args, cwd: folder, env, clearEnv: true };
      const { code, stdout, stderr } = await new Deno.Command(program, options).output();
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return [code, text(stdout) + text(stderr)];
    };
    const repo = `repos:\n  - repo: ${hooks.folder}\n    rev: ${rev}\n    hooks:\n${config}`;
    await commit({ ".pre-commit-config.yaml": repo });
    const preCommit = (...args: string[]) => run(join(bin, "pre-commit"), args);
    const commitWith = (...args: string[]) => run("git", ["commit", "-m", "x", ...args]);
    await use({ ...repository, preCommit, commitWith });
    assert.equal(await git("stash", "list"), "");
  });
}

const BOTH = "      - id: devmcp-review\n      - id: devmcp-format\n";

Deno.test("pre-commit finds, stops, fixes and passes", async () => {
  await withHooks(BOTH, async ({ git, write, preCommit, commitWith }) => {
    const [installed, how] = await preCommit("install");
    assert.equal(installed, 0, how);
    await write({ "a.py": "x  = y\n", "package-lock.json": '{"a":  1}\n' });
    await git("add", "--all");
    const [code, said] = await commitWith();
    assert.equal(code, 1, said);
    assert.match(said, /devmcp review\.+Failed\n[^]*a\.py:1:6: critical F821/);
    assert.match(
      said,
      /devmcp format\.+Failed\n[^]*files were modified by this hook[^]*reformatted a\.py/,
    );
    assert.equal(await git("diff", "--name-only"), "a.py\n");
    await write({ "a.py": "x = 1\n" });
    await git("add", "--all");
    const [done, passed] = await commitWith();
    assert.match(passed, /devmcp review\.+Passed\ndevmcp format\.+Passed\n/);
    assert.equal(done, 0, passed);
  });
});

const NOTEBOOK = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });

const EVERY_LANGUAGE: Record<string, string> = {
  "-dash.py": "X = 1\n",
  "sp ace.py": "X = 1\n",
  "a.pyi": "x: int\n",
  "a.js": "export const a = 1;\n",
  "a.ts": "export const a = 1;\n",
  "a.tsx": "export const a = <a />;\n",
  "a.jsx": "export const a = <a />;\n",
  "a.json": "{}\n",
  "a.css": "a {\n  color: red;\n}\n",
  "a.go": "package a\n",
  "a.ipynb": NOTEBOOK,
  "a.rs": "fn main() {}\n",
  "A.java": "class A {}\n",
  "a.c": "int a;\n",
  "a.h": "int a;\n",
  "a.cpp": "int a;\n",
  "a.cs": "class A {}\n",
  "a.rb": "a = 1\n",
  "a.php": "<?php\n$a = 1;\n",
  "a.sh": "#!/bin/sh\necho a\n",
  "a.zsh": "#!/bin/zsh\necho a\n",
  "a.kt": "fun main() {}\n",
  "a.md": "# A\n\nText.\n",
  "a.sql": "SELECT 1;\n",
  "a.yaml": "a: 1\n",
  "a.toml": "a = 1\n",
  "poetry.lock": "a  =  1\n",
  "a.txt": "text\n",
};

Deno.test("pre-commit gives the hooks no file that devmcp does not know", async () => {
  await withHooks(BOTH, async ({ git, write, preCommit }) => {
    await write(EVERY_LANGUAGE);
    await git("add", "--all");
    const [, said] = await preCommit("run", "--all-files", "--verbose");
    assert.doesNotMatch(said, /Cannot|exit code: 2|poetry\.lock|a\.txt|a\.zsh/);
    const files = [...Object.keys(EVERY_LANGUAGE), ".pre-commit-config.yaml"]
      .filter((name) => !/\.(lock|zsh|txt)$/.test(name)).map((name) => languageOfName(name)!);
    const [, reviewed] = /Reviewed (\d+) files/.exec(said) ?? [];
    assert.equal(Number(reviewed), files.filter((id) => languagesFor("review").has(id)).length);
    const formatted = [...said.matchAll(/(\d+) files? (?:already |re)formatted/g)]
      .reduce((sum, [, count]) => sum + Number(count), 0);
    assert.equal(formatted, files.filter((id) => languagesFor("format").has(id)).length);
  });
});

Deno.test("pre-commit needs no repository of devmcp, as docs/git.md has it", async () => {
  const docs = await Deno.readTextFile(new URL("docs/git.md", ROOT));
  const [, example] = /^( {4}repos:\n {6}- repo: local\n(?: {8}.*\n)+)/m.exec(docs) ?? [];
  await withHooks(BOTH, async ({ git, write, commit, preCommit, commitWith }) => {
    await commit({ ".pre-commit-config.yaml": example!.replaceAll(/^ {4}/gm, "") });
    await commit({ "a.py": "import os\n\nX = 1\n" });
    await preCommit("install");
    await write({ "a.py": "import os\n\nX = 2\n" });
    assert.equal((await commitWith("--all"))[0], 0);
    await write({ "a.py": "import os\n\nX = y\n" });
    const [code, said] = await commitWith("--all");
    assert.match(said, /Failed[^]*a\.py:3:5: critical F821/);
    assert.doesNotMatch(said, /F401/);
    assert.equal(code, 1);
    assert.equal(await git("diff", "--name-only"), "a.py\n");
  });
});

Deno.test("pre-commit can have changed lines reviewed only", async () => {
  const args = `args: [--staged, --changed-lines, --fail-on, minor, "--"]`;
  await withHooks(`      - id: devmcp-review\n        ${args}\n`, async (world) => {
    const { git, write, commit, preCommit } = world;
    await commit({ "a.py": "import os\n\nX = 1\n" });
    await write({ "a.py": "import os\n\nX = 2\n" });
    await git("add", "--all");
    assert.match((await preCommit("run"))[1], /Passed/);
    await write({ "a.py": "import os\n\nX = y\n" });
    await git("add", "--all");
    const [, said] = await preCommit("run");
    assert.match(said, /Failed[^]*a\.py:3:5: critical F821/);
    assert.doesNotMatch(said, /F401/);
  });
});
