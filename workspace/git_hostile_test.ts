import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { GitError } from "../config/git.ts";
import { createGit } from "../sandbox/run_git.ts";
import { openBlobs } from "./git_blobs.ts";
import { findChanges } from "./git_changes.ts";
import { findHook } from "./git_hook.ts";
import { canariesOf, makeHostile } from "./hostile_repository_fixture.ts";
import { type Repository, testEnvironment, withRepository } from "./repository_fixture.ts";

function gitIn({ folder }: Repository) {
  return createGit({ cwd: folder, env: testEnvironment });
}

Deno.test("a hostile configuration has programs run by git itself: the canaries can sing", async () => {
  await withRepository(async (repository) => {
    await makeHostile(repository);
    const attempt = (...args: string[]) => repository.git(...args).catch(() => {});
    await attempt("diff", "HEAD");
    await attempt("status");
    await repository.git("config", "--remove-section", "filter.evil");
    await repository.git("config", "--remove-section", "filter.evil2");
    await attempt("diff", "--cached");
    await attempt("diff", "--cached", "--no-ext-diff");
    const sung = await canariesOf(repository);
    const wanted = ["core.fsmonitor", "post-index-change", "filter.evil.clean"];
    for (const name of [...wanted, "diff.evil.command", "diff.evil.textconv"]) {
      assert.ok(sung.includes(name), `${name} is not among ${sung}`);
    }
  });
});

Deno.test("findChanges() and findHook() run nothing that a repository's configuration names", async () => {
  await withRepository(async (repository) => {
    const { folder } = repository;
    await makeHostile(repository);
    const git = gitIn(repository);
    const staged = await findChanges(git, folder, { staged: true });
    assert.deepEqual(staged.files.map(({ path }) => path), ["a.py", "b.md"]);
    const changed = await findChanges(git, folder, { staged: false });
    assert.deepEqual(
      changed.files.map(({ path, change }) => [path, change.lines]),
      ["a.py", "b.md"].map((path) => [path, [{ first: 1, last: 2 }]]),
    );
    await findHook(git, folder);
    assert.deepEqual(await canariesOf(repository), []);
  });
});

Deno.test("openBlobs() fetches nothing that a partial clone lacks", async () => {
  await withRepository(async (repository) => {
    await makeHostile(repository);
    const [file] =
      (await findChanges(gitIn(repository), repository.folder, { staged: true })).files;
    const oid = file!.oid!;
    await rm(join(repository.folder, ".git/objects", oid.slice(0, 2)), { recursive: true });
    const blobs = openBlobs(gitIn(repository));
    await assert.rejects(blobs.read(oid), GitError);
    blobs.close();
    assert.deepEqual(await canariesOf(repository), []);
  });
});

Deno.test("findChanges() refuses a filter that it cannot turn off", async () => {
  await withRepository(async (repository) => {
    const { folder, git, commit } = repository;
    await commit({ "a.py": "1\n" });
    await git("config", "filter.a=b.clean", "touch /nonexistent/x");
    await assert.rejects(
      findChanges(gitIn(repository), folder, { staged: false }),
      /the filter "a=b" cannot be turned off/,
    );
    // The index needs none.
    await findChanges(gitIn(repository), folder, { staged: true });
  });
});
