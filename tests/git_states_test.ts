/** `--staged` and `--diff` in repositories that are in a state of their own. */
import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Repository,
  TEST_ENVIRONMENT,
  withRepository,
} from "../workspace/repository_fixture.ts";
import { BINARY, devmcp } from "./devmcp.ts";

/** Rule and place of each finding, the exit code, and what is said. */
async function found(
  { folder }: Pick<Repository, "folder">,
  args: string[],
  env: Record<string, string> = {},
): Promise<[code: number, findings: string[], stderr: string]> {
  const options = { cwd: folder, env: { ...TEST_ENVIRONMENT, ...env } };
  const { code, stdout, stderr } = await devmcp(["review", "--json", ...args], options);
  const { files = [] } = stdout ? JSON.parse(stdout) : {};
  const findings = files.flatMap(
    ({ path, issues }: { path: string; issues: { line: number; rule: string }[] }) =>
      issues.map(({ line, rule }) => `${path}:${line} ${rule}`),
  );
  return [code, findings, stderr];
}

const NOTHING = "devmcp: nothing has changed that devmcp can review\n";
const WAYS = [["--staged"], ["--diff"], ["--staged", "--changed-lines"], ["--changed-lines"]];

Deno.test("a diff that deletes everything is nothing to review, and no failure", async () => {
  await withRepository(async (repository) => {
    await repository.commit({ "a.py": "import os\n", "sub/b.py": "import os\n" });
    await repository.git("rm", "--quiet", "-r", ".");
    for (const way of WAYS) assert.deepEqual(await found(repository, way), [0, [], NOTHING]);
    for (
      const args of [["format", "--staged"], ["format", "--changed"], ["complexity", "--diff"]]
    ) {
      const { code } = await devmcp(args, { cwd: repository.folder, env: TEST_ENVIRONMENT });
      assert.equal(code, 0, args.join(" "));
    }
  });
});

Deno.test("a submodule that is gone, or broken, keeps nothing else from being reviewed", async () => {
  await withRepository(async (repository) => {
    const { folder, git, write, commit, at } = repository;
    await commit({ "a.py": "A = 1\n" });
    await git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./", "sub");
    await commit();
    await write({ "a.py": "import os\n" });
    await rm(join(folder, "sub"), { recursive: true });
    const wanted = [0, ["a.py:1 F401"], ""];
    assert.deepEqual(await found(repository, ["--diff"]), wanted);
    await rm(join(folder, ".git/modules"), { recursive: true });
    await write({ "sub/.git": "gitdir: ../.git/modules/sub\n", "sub/s.py": "import re\n" });
    assert.deepEqual(await found(repository, ["--diff"]), wanted);
    await git("add", "a.py");
    assert.deepEqual(await found(repository, ["--staged"]), wanted);
    const [code, , stderr] = await found(at("sub"), ["--diff"]);
    assert.match(
      stderr,
      /^devmcp: Cannot see what has changed in .*: it is in no git repository\n/,
    );
    assert.equal(code, 2);
  });
});

Deno.test("a symbolic link out of the tree is followed by no review of what has changed", async () => {
  await withRepository(async (repository) => {
    const { folder, git, write, at } = repository;
    await write({ "outside/o.py": "import os\n" });
    await at("inside").write({ "a.py": "import re\n", "l.py": "->../outside/o.py" });
    await at("inside").write({ "d": "->../outside" });
    await git("-C", "inside", "init", "--quiet");
    await at("inside").git("add", "--all");
    const wanted = [0, ["a.py:1 F401"], ""];
    for (const way of [["--staged"], ["--diff"], ["."]]) {
      assert.deepEqual(await found(at("inside"), way), wanted, way.join(" "));
    }
    // A file that has become a link since it was committed, too.
    await at("inside").git("commit", "--quiet", "-m", "x");
    await rm(join(folder, "inside/a.py"));
    await at("inside").write({ "a.py": "->../outside/o.py" });
    assert.deepEqual(await found(at("inside"), ["--diff"]), [0, [], NOTHING]);
    assert.deepEqual((await found(at("inside"), ["--fix"]))[1], []);
    assert.equal(await Deno.readTextFile(join(folder, "outside/o.py")), "import os\n");
  });
});

Deno.test("the hook's variables lead to the repository, wherever it is run", async () => {
  await withRepository(async (repository) => {
    const { folder, git, write, commit } = repository;
    await commit({ "a.py": "A = 1\n", "b.py": "B = 1\n", "sub/c.py": "C = 1\n" });
    await write({ "a.py": "import os\n", "b.py": "import re\n" });
    // As `git commit a.py` has it: an index of its own.
    await git("add", "a.py");
    await Deno.copyFile(join(folder, ".git/index"), join(folder, ".git/other"));
    await git("add", "b.py");
    const env = { GIT_DIR: join(folder, ".git"), GIT_WORK_TREE: folder };
    const all = ["a.py:1 F401", "b.py:1 F401"];
    assert.deepEqual((await found(repository, ["--staged"], env))[1], all);
    const other = { ...env, GIT_INDEX_FILE: join(folder, ".git/other") };
    assert.deepEqual((await found(repository, ["--staged"], other))[1], ["a.py:1 F401"]);
    const elsewhere = { folder: join(folder, "sub") };
    const above = all.map((one) => `../${one}`);
    assert.deepEqual((await found(elsewhere, ["--staged"], env))[1], above);
    const relative = { GIT_DIR: ".git", GIT_INDEX_FILE: ".git/other", GIT_PREFIX: "sub/" };
    assert.deepEqual((await found(repository, ["--staged"], relative))[1], ["a.py:1 F401"]);
    const nowhere = await found(repository, ["--staged"], { GIT_DIR: "/nonexistent" });
    assert.match(
      nowhere[2],
      /^devmcp: Cannot see what has changed .*: it is in no git repository\n/,
    );
    assert.equal(nowhere[0], 2);
  });
});

Deno.test("rebases, cherry-picks, amended and sparse commits are reviewed as they stand", async () => {
  await withRepository(async (repository) => {
    const { folder, git, write, commit } = repository;
    await commit({ "a.py": "A = 1\n", "far/b.py": "B = 1\n", "c.py": "C = 1\n" });
    await git("checkout", "--quiet", "-b", "topic");
    await commit({ "a.py": "A = 2\n", "c.py": "import os\n" });
    await git("checkout", "--quiet", "main");
    await commit({ "a.py": "A = 3\n" });
    for (const steps of [["cherry-pick", "topic"], ["rebase", "main", "topic"]]) {
      await assert.rejects(git(...steps));
      const [code, findings, stderr] = await found(repository, ["--staged", "--changed-lines"]);
      assert.deepEqual([code, findings], [2, ["c.py:1 F401"]]);
      assert.match(stderr, /^devmcp: a\.py: it is unmerged/);
      await write({ "a.py": "A = 4\n" });
      await git("add", "a.py");
      assert.deepEqual(await found(repository, ["--staged"]), [0, ["c.py:1 F401"], ""]);
      await git(steps[0]!, "--abort");
    }
    await git("checkout", "--quiet", "main");
    await git("sparse-checkout", "set", "--no-cone", "/a.py", "/c.py");
    await write({ "a.py": "import sys\n" });
    assert.deepEqual(await found(repository, ["--diff"]), [0, ["a.py:1 F401"], ""]);
    await write({ ".git/hooks/pre-commit": `#!/bin/sh\nexec "${BINARY}" review --staged\n` });
    await Deno.chmod(join(folder, ".git/hooks/pre-commit"), 0o755);
    await write({ "a.py": "x\n" });
    await assert.rejects(git("commit", "--all", "--amend", "--no-edit"), /F821/);
    await write({ "a.py": "X = 1\n" });
    await git("commit", "--quiet", "--all", "--amend", "--no-edit");
  });
});
