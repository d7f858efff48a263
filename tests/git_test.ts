/** What git says has changed is reviewed, formatted and measured; in the compiled binary. */
import assert from "node:assert/strict";
import { chmod, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { canariesOf, makeHostile } from "../workspace/hostile_repository_fixture.ts";
import {
  type Repository,
  TEST_ENVIRONMENT,
  withRepository,
} from "../workspace/repository_fixture.ts";
import { BINARY, devmcp, type Run } from "./devmcp.ts";

/** devmcp in a repository, with nothing of who runs the tests. */
function run({ folder }: Pick<Repository, "folder">, ...args: string[]): Promise<Run> {
  return devmcp(args, { cwd: folder, env: TEST_ENVIRONMENT });
}

/** `a.py:1 F401` of each finding, in order. */
async function found(repository: Pick<Repository, "folder">, ...args: string[]): Promise<string[]> {
  const { stdout, stderr } = await run(repository, "review", "--json", ...args);
  assert.ok(stdout, stderr);
  const { files } = JSON.parse(stdout);
  return files.flatMap((file: { path: string; issues: { line: number; rule: string }[] }) =>
    file.issues.map(({ line, rule }) => `${file.path}:${line} ${rule}`)
  ).sort();
}

const OLD = "import os\n\n\ndef f():\n    return 1\n";
const ONLY = ["--select", "F"];

Deno.test("review --staged reads the index; --changed-lines tells what the commit brings", async () => {
  await withRepository(async (repository) => {
    const { git, commit, write } = repository;
    await commit({ "a.py": OLD, "b.py": OLD });
    await write({ "a.py": OLD.replace("1", "x") });
    await git("add", "a.py");
    await write({ "a.py": "no code at all\n", "b.py": OLD.replace("1", "y") });
    assert.deepEqual(await found(repository, "--staged", ...ONLY), ["a.py:1 F401", "a.py:5 F821"]);
    const lines = ["--staged", "--changed-lines"];
    assert.deepEqual(await found(repository, ...lines, ...ONLY), ["a.py:5 F821"]);
    assert.deepEqual(await found(repository, "--diff", "--changed-lines", ...ONLY, "--", "b.py"), [
      "b.py:5 F821",
    ]);
    const { code, stderr } = await run(repository, "review", ...lines, ...ONLY, "b.py");
    assert.deepEqual([code, stderr], [0, "devmcp: nothing has changed that devmcp can review\n"]);
    await git("rm", "--quiet", "-r", "--force", ".");
    assert.equal((await run(repository, "review", ...lines)).code, 0);
  });
});

Deno.test("review --staged works from a subfolder, before the first commit, in a work tree", async () => {
  await withRepository(async (repository) => {
    const { git, write, at } = repository;
    await write({ "sub/x/a.py": "import os\n", "b.py": "import os\n" });
    await git("add", "--all");
    assert.deepEqual(await found(at("sub"), "--staged"), ["../b.py:1 F401", "x/a.py:1 F401"]);
    assert.deepEqual(await found(at("sub"), "--staged", "."), ["x/a.py:1 F401"]);
    await rm(join(repository.folder, "sub/x"), { recursive: true });
    assert.deepEqual(await found(at("sub"), "--staged", "x"), ["x/a.py:1 F401"]);
    await repository.git("commit", "--quiet", "--no-verify", "-m", "x");
    await git("worktree", "add", "--quiet", "tree");
    await at("tree").write({ "c.py": "import sys\n" });
    await at("tree").git("add", "c.py");
    assert.deepEqual(await found(at("tree"), "--staged"), ["c.py:1 F401"]);
  });
});

Deno.test("review --staged leaves out what the configuration of the work tree excludes", async () => {
  await withRepository(async (repository) => {
    await repository.commit({ "ruff.toml": 'extend-exclude = ["gen", "x_*.py"]\n' });
    const files = ["a.py", "gen/deep/b.py", "x_c.py", "node_modules/d.py"];
    await repository.write(Object.fromEntries(files.map((name) => [name, "import os\n"])));
    await repository.write({ "uv.lock": "x = 1\n", "tool": "#!/usr/bin/env python3\nimport os\n" });
    await repository.git("add", "--all");
    assert.deepEqual(await found(repository, "--staged"), ["a.py:1 F401", "tool:2 F401"]);
    assert.deepEqual(await found(repository, "--staged", "x_c.py"), ["x_c.py:1 F401"]);
  });
});

Deno.test("review --staged goes on beside what is in the middle of a merge", async () => {
  await withRepository(async (repository) => {
    const { git, commit } = repository;
    await commit({ "a.py": "a = 1\n" });
    await git("checkout", "--quiet", "-b", "topic");
    await commit({ "a.py": "a = 2\n", "b.py": "import os\n" });
    await git("checkout", "--quiet", "main");
    await commit({ "a.py": "a = 3\n" });
    await assert.rejects(git("merge", "topic"));
    for (const which of ["--staged", "--diff"]) {
      const { code, stdout, stderr } = await run(repository, "review", which, "--json");
      const { files, problems } = JSON.parse(stdout);
      assert.deepEqual(files.map(({ path }: { path: string }) => path), ["b.py"]);
      assert.deepEqual(problems.map(({ path }: { path: string }) => path), ["a.py"]);
      assert.match(stderr, /^devmcp: a\.py: it is unmerged: in the middle of a merge \(.+\)\n$/);
      assert.equal(code, 2);
    }
  });
});

const NO_CHANGES: [place: string, args: string[], message: RegExp][] = [
  ["..", ["--staged"], /it is in no git repository/],
  [".git", ["--staged"], /the repository is bare/],
  [".", ["--diff", "nope"], /Cannot compare with "nope": no such revision/],
  [".", ["--diff", "a..b"], /it is a range/],
  [".", ["--diff=--output=x"], /it is no revision/],
  [".", ["--staged", "nope.py"], /no such file or folder/],
  [".", ["--staged", "-"], /Cannot read "-" from git/],
  [".", ["--staged", "--diff"], /cannot be used with/],
];

Deno.test("what cannot be compared is one line, a hint, and exit code 2", async () => {
  await withRepository(async (repository) => {
    await repository.commit({ "a.py": "1\n" });
    for (const [place, args, message] of NO_CHANGES) {
      const { code, stdout, stderr } = await run(repository.at(place), "review", ...args);
      assert.match(stderr, message);
      assert.ok(stderr.startsWith("devmcp: Cannot ") && stderr.split("\n").length <= 3, stderr);
      assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    }
    const options = { cwd: repository.folder, env: { PATH: "/nonexistent" } };
    const { code, stderr } = await devmcp(["review", "--staged"], options);
    assert.match(stderr, /: there is no git\n {2}hint: install git\n$/);
    assert.equal(code, 2);
  });
});

const NAMES = ["-d.py", " a b.py", "new\nline.py", 'q"uote.py', "ü.py", "\x1b[31m.py"];

Deno.test("review --staged shows files of any name, and nothing that acts on a terminal", async () => {
  await withRepository(async (repository) => {
    await repository.write(Object.fromEntries(NAMES.map((name) => [name, "import os\n"])));
    await repository.write({ "l.py": "->/etc/passwd" });
    await repository.git("add", "--all");
    const { stdout } = await run(repository, "review", "--staged", "--json");
    const paths = JSON.parse(stdout).files.map(({ path }: { path: string }) => path);
    assert.deepEqual(paths.sort(), [...NAMES].sort());
    assert.ok(!(await run(repository, "review", "--staged")).stdout.includes("\x1b"));
    const named = await run(repository, "review", "--staged", "--json", "--", "-d.py");
    assert.equal(JSON.parse(named.stdout).files.length, 1);
  });
});

const UGLY = "x  =  1\n";

Deno.test("format --staged checks the index, --changed formats what differs", async () => {
  await withRepository(async (repository) => {
    const { folder, git, commit, write } = repository;
    await commit({ "a.py": "x = 1\n", "b.py": UGLY, "c.py": "x = 1\n" });
    await write({ "a.py": UGLY });
    await git("add", "a.py");
    await write({ "a.py": "x = 1\n", "c.py": UGLY });
    const { code, stdout } = await run(repository, "format", "--staged");
    assert.deepEqual([code, stdout], [1, "would reformat a.py (1 line)\n"]);
    assert.equal(
      (await run(repository, "format", "--changed")).stdout,
      "reformatted c.py (1 line)\n",
    );
    const text = (name: string) => readFile(join(folder, name), "utf8");
    assert.deepEqual(await Promise.all(["a.py", "b.py", "c.py"].map(text)), [
      "x = 1\n",
      UGLY,
      "x = 1\n",
    ]);
  });
});

Deno.test("complexity --changed-lines measures the functions that have changed", async () => {
  await withRepository(async (repository) => {
    const text = "def f():\n    return 1\n\n\ndef g():\n    return 2\n";
    await repository.commit({ "a.py": text, "b.py": text });
    await repository.write({ "a.py": text.replace("2", "3") });
    const { stdout } = await run(repository, "complexity", "--json", "--changed-lines");
    const { files } = JSON.parse(stdout);
    const names = files.map((file: { functions: { name: string }[] }) =>
      file.functions.map(({ name }) => name)
    );
    assert.deepEqual(names, [["g"]]);
  });
});

/** Commits as a person does, with hooks. */
async function commitWithHooks({ git }: Repository, ...args: string[]): Promise<string> {
  return await git("commit", "--quiet", "-m", "x", ...args)
    .then(() => "committed", (error: Error) => error.message);
}

Deno.test("hook install stops commits with findings on changed lines, however they are made", async () => {
  await withRepository(async (repository) => {
    const { folder, git, commit, write, at } = repository;
    await commit({ "a.py": OLD, "b.py": OLD, "sub/c.py": "c = 1\n" });
    const installed = await run(at("sub"), "hook", "install");
    assert.deepEqual([installed.code, installed.stdout], [0, ""]);
    assert.match(installed.stderr, /\.git\/hooks\/pre-commit: installed; it runs devmcp review/);
    assert.equal((await run(repository, "hook", "status")).code, 0);
    // An old finding on another line is no obstacle; one on a changed line is.
    await write({ "a.py": OLD.replace("1", "2") });
    assert.equal(await commitWithHooks(repository, "--all"), "committed");
    await write({ "a.py": OLD.replace("1", "x"), "b.py": OLD.replace("1", "2") });
    assert.match(await commitWithHooks(repository, "--all"), /a\.py:5:12: critical F821/);
    assert.match(await commitWithHooks(repository, "a.py"), /F821/);
    assert.equal(await commitWithHooks(repository, "b.py"), "committed");
    await git("worktree", "add", "--quiet", "tree");
    await at("tree").write({ "n.py": "y\n" });
    await at("tree").git("add", "n.py");
    assert.match(await commitWithHooks(at("tree")), /n\.py:1:1: critical F821/);
    await at("sub").write({ "c.py": "z\n" });
    await at("sub").git("add", "c.py");
    assert.match(await commitWithHooks(at("sub")), /sub\/c\.py:1:1: critical F821/);
    assert.equal(await commitWithHooks(at("sub"), "--no-verify"), "committed");
    assert.equal((await run(repository, "hook", "uninstall")).code, 0);
    assert.equal((await run(repository, "hook", "status")).code, 1);
    await write({ "d.py": "z\n" });
    await git("add", "d.py");
    assert.equal(await commitWithHooks(repository), "committed");
    assert.deepEqual(await git("ls-files", join(folder, "d.py")), "d.py\n");
  });
});

Deno.test("hook install touches no hook of others, and says how to chain it", async () => {
  await withRepository(async (repository) => {
    const { folder, git, write } = repository;
    const path = join(folder, ".git/hooks/pre-commit");
    const table: [string, RegExp][] = [
      [
        "#!/bin/sh\nnpm test\n",
        /not of devmcp\n {2}hint: add this line to it: devmcp review .* \|\| exit\n/,
      ],
      [
        "# https://pre-commit.com\n",
        /of the program pre-commit\n {2}hint: .*\.pre-commit-config\.yaml/,
      ],
    ];
    for (const [content, message] of table) {
      await write({ ".git/hooks/pre-commit": content });
      const install = await run(repository, "hook", "install");
      assert.match(install.stderr, message);
      assert.equal(install.code, 2);
      assert.equal((await run(repository, "hook", "uninstall")).code, 2);
      assert.equal(await readFile(path, "utf8"), content);
    }
    await rm(path);
    await git("config", "core.hooksPath", ".husky");
    const { code, stderr } = await run(repository, "hook", "install");
    assert.match(stderr, /core\.hooksPath is "\.husky"/);
    assert.equal(code, 2);
    await assert.rejects(readFile(join(folder, ".husky/pre-commit")), { code: "ENOENT" });
    await git("config", "--unset", "core.hooksPath");
    await run(repository, "hook", "install");
    await write({ ".git/hooks/pre-commit": `${await readFile(path, "utf8")}echo more\n` });
    const edited = await run(repository, "hook", "install");
    assert.match(edited.stderr, /pre-commit" was edited/);
    assert.match(await readFile(path, "utf8"), /echo more/);
  });
});

Deno.test("no program that a hostile repository names is run, by no command and no hook", async () => {
  await withRepository(async (repository) => {
    const { folder, git } = repository;
    await makeHostile(repository);
    await git("config", "--unset-all", "core.hooksPath").catch(() => {});
    const commands = [
      ...[["review", "--staged"], ["review", "--diff"], ["review", "--changed-lines"]],
      ...[["review", "--diff", "main..."], ["format", "--staged"], ["format", "--changed"]],
      ...[["complexity", "--diff"], ["hook", "install"], ["hook", "status"]],
    ];
    for (const args of commands) {
      const { code, stderr } = await run(repository, ...args);
      assert.ok(code < 2, `${args.join(" ")}: ${stderr}`);
      assert.deepEqual(await canariesOf(repository), [], args.join(" "));
    }
    // As git runs it.
    const env = { ...TEST_ENVIRONMENT, GIT_DIR: ".git", GIT_INDEX_FILE: ".git/index" };
    const hook = join(folder, ".git/hooks/pre-commit");
    const { code } = await new Deno.Command(hook, { cwd: folder, env, clearEnv: true }).output();
    assert.ok(code < 2);
    await run(repository, "hook", "uninstall");
    assert.deepEqual(await canariesOf(repository), []);
  });
});

Deno.test("the hook finds a devmcp that has moved on the PATH, else says so", async () => {
  await withRepository(async (repository) => {
    const { folder, git, write } = repository;
    const own = join(folder, ".git/own");
    await mkdir(own);
    await Deno.link(BINARY, join(own, "devmcp")).catch(() =>
      Deno.copyFile(BINARY, join(own, "devmcp"))
    );
    const options = { args: ["hook", "install"], cwd: folder, env: TEST_ENVIRONMENT };
    await new Deno.Command(join(own, "devmcp"), options).output();
    await write({ "a.py": "y\n" });
    await git("add", "a.py");
    await rename(join(own, "devmcp"), join(own, "gone"));
    assert.match(await commitWithHooks(repository), /it is not where it was/);
    await chmod(join(own, "gone"), 0o755);
    await git("config", "user.name", "x");
    const path = `${own}/bin:${TEST_ENVIRONMENT.PATH}`;
    await mkdir(join(own, "bin"));
    await rename(join(own, "gone"), join(own, "bin/devmcp"));
    const commit = { args: ["commit", "-m", "x"], cwd: folder, clearEnv: true };
    const env = { ...TEST_ENVIRONMENT, PATH: path };
    const { code, stdout, stderr } = await new Deno.Command("git", { ...commit, env }).output();
    const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
    assert.match(said, /F821/);
    assert.equal(code, 1);
  });
});
