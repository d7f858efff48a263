import assert from "node:assert/strict";
import { chmod, lstat, readFile, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { createGit } from "../sandbox/run_git.ts";
import { findHook, removeHook, writeHook } from "./git_hook.ts";
import { hookScript, isEditedScript, isOwnScript } from "./hook_script.ts";
import { type Repository, testEnvironment, withRepository } from "./repository_fixture.ts";

function find({ folder }: Pick<Repository, "folder">) {
  return findHook(createGit({ cwd: folder, env: testEnvironment }), folder);
}

const SCRIPT = hookScript("/bin/devmcp", []);

Deno.test("isOwnScript() knows ours, whatever program it runs, and no edited one", () => {
  fc.assert(fc.property(fc.string(), fc.array(fc.string()), (command, args) => {
    const script = hookScript(command, args);
    assert.ok(isOwnScript(script) && !isEditedScript(script));
    assert.ok(!isOwnScript(`${script}x`) && isEditedScript(`${script}x`));
  }));
  for (const text of ["", "#!/bin/sh\n", "#!/bin/sh\n# devmcp hook 0: x\n", `\n${SCRIPT}`]) {
    assert.ok(!isOwnScript(text));
  }
});

Deno.test("hookScript() runs the program, else the one on the PATH, and quotes its path", async () => {
  await withRepository(async ({ folder, write }) => {
    const command = join(folder, `it's "$HOME" \`x\``, "devmcp");
    await write({
      [command.slice(folder.length + 1)]: '#!/bin/sh\necho here "$@"\n',
      "bin/devmcp": '#!/bin/sh\necho there "$@"\n',
      hook: hookScript(command, ["a b"]),
    });
    for (const path of [command, join(folder, "bin/devmcp")]) await chmod(path, 0o755);
    const run = async (PATH: string) => {
      const options = { args: [join(folder, "hook")], clearEnv: true, env: { PATH } };
      const { code, stdout, stderr } = await new Deno.Command("/bin/sh", options).output();
      return [code, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr)];
    };
    const args = "review --staged --changed-lines --model off";
    assert.deepEqual(await run("/nonexistent"), [0, `here a b ${args}\n`]);
    await rm(command);
    assert.deepEqual(await run(join(folder, "bin")), [0, `there ${args}\n`]);
    const [code, said] = await run("/nonexistent");
    assert.equal(code, 1);
    assert.match(String(said), /not where it was/);
  });
});

Deno.test("writeHook() makes the hook, replaces ours, and removeHook() removes it", async () => {
  await withRepository(async (repository) => {
    const { folder } = repository;
    await rm(join(folder, ".git/hooks"), { recursive: true, force: true });
    const absent = await find(repository);
    assert.deepEqual([absent.state, absent.hooksPath], ["absent", undefined]);
    assert.equal(absent.path, join(folder, ".git/hooks/pre-commit"));
    await writeHook(absent, SCRIPT);
    await assert.rejects(writeHook(absent, SCRIPT), /it is there already/);
    const { mode } = await lstat(absent.path);
    assert.equal(mode & 0o111, 0o111);
    const other = hookScript("/opt/devmcp", []);
    await writeHook(await find(repository), other);
    assert.equal(await readFile(absent.path, "utf8"), other);
    assert.equal((await lstat(absent.path)).mode, mode);
    await removeHook(await find(repository));
    assert.equal((await find(repository)).state, "absent");
  });
});

Deno.test("findHook() tells what is ours from what is not", async () => {
  await withRepository(async (repository) => {
    const { folder, git, write } = repository;
    const table: [string, string][] = [
      [SCRIPT, "ours"],
      [`${SCRIPT}# more\n`, "edited"],
      ["#!/bin/sh\nnpx lint-staged\n", "foreign"],
      ["", "foreign"],
      ["->../../other", "foreign"],
      ["->nowhere", "foreign"],
    ];
    for (const [content, state] of table) {
      await rm(join(folder, ".git/hooks/pre-commit"), { force: true });
      await write({ ".git/hooks/pre-commit": content });
      assert.equal((await find(repository)).state, state, content);
    }
    await git("config", "core.hooksPath", ".husky");
    const { path, hooksPath, state } = await find(repository);
    assert.deepEqual([path, hooksPath, state], [
      join(folder, ".husky/pre-commit"),
      ".husky",
      "absent",
    ]);
    await git("config", "core.hooksPath", ".git/hooks");
    assert.equal((await find(repository)).hooksPath, undefined);
  });
});

Deno.test("findHook() takes no folder for its own that is a symbolic link", async () => {
  await withRepository(async (repository) => {
    const hooks = join(repository.folder, ".git/hooks");
    await rm(hooks, { recursive: true, force: true });
    await symlink("/etc", hooks);
    assert.equal((await find(repository)).state, "foreign");
  });
});

Deno.test("findHook() finds the one hook of all work trees, from any folder", async () => {
  await withRepository(async (repository) => {
    await repository.commit({ "sub/a.py": "1\n" });
    await repository.git("worktree", "add", "--quiet", "tree");
    const path = join(repository.folder, ".git/hooks/pre-commit");
    for (const place of ["sub", "tree", "tree/sub"].map(repository.at)) {
      assert.equal((await find(place)).path, path);
    }
  });
});
