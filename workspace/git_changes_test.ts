import assert from "node:assert/strict";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { GitError } from "../config/git.ts";
import { createGit } from "../sandbox/run_git.ts";
import { openBlobs } from "./git_blobs.ts";
import { type ChangedFile, findChanges, knownTop } from "./git_changes.ts";
import type { Compared } from "./git_compare.ts";
import { type Repository, testEnvironment, withRepository } from "./repository_fixture.ts";

const STAGED: Compared = { staged: true };
const WORK_TREE: Compared = { staged: false };

type Variables = Record<string, string>;

function gitIn(folder: string, variables: Variables = {}) {
  const env = (name: string) => variables[name] ?? testEnvironment(name);
  return createGit({ cwd: folder, env });
}

/** What is found with and without asking git for the top is the same. */
async function changesIn(folder: string, compared: Compared, variables?: Variables) {
  const changes = await findChanges(gitIn(folder, variables), folder, compared);
  const top = variables?.GIT_WORK_TREE ? undefined : knownTop(folder);
  assert.deepEqual(
    await findChanges(gitIn(folder, variables), folder, { ...compared, top }),
    changes,
  );
  return changes;
}

/** `path`, `+` for a new file, and the changed lines: `a.py 2-3 7`, `b.py + 1`. */
async function shown(
  { folder }: Pick<Repository, "folder">,
  compared: Compared,
  variables?: Variables,
): Promise<string[]> {
  return (await changesIn(folder, compared, variables)).files.map(show);
}

function show({ path, change: { isNew, lines } }: ChangedFile): string {
  const ranges = lines.map(({ first, last }) => first === last ? `${first}` : `${first}-${last}`);
  return [path, ...isNew ? ["+"] : [], ...ranges].join(" ");
}

async function stagedContents(folder: string): Promise<string[]> {
  const { files } = await changesIn(folder, STAGED);
  const blobs = openBlobs(gitIn(folder));
  const contents = await Promise.all(files.map(({ oid }) => blobs.read(oid!)));
  blobs.close();
  return contents.map((content) => new TextDecoder().decode(content));
}

Deno.test("findChanges() tells the index from the work tree", async () => {
  await withRepository(async (repository) => {
    const { folder, git, write, commit } = repository;
    await commit({ "a.py": "1\n2\n3\n", "b.py": "1\n" });
    await write({ "a.py": "1\nstaged\n3\n" });
    await git("add", "a.py");
    await write({ "a.py": "1\n2\n3\nlater\n", "b.py": "1\n2\n", "untracked.py": "1\n" });
    assert.deepEqual(await shown(repository, STAGED), ["a.py 2"]);
    assert.deepEqual(await shown(repository, WORK_TREE), ["a.py 4", "b.py 2"]);
    assert.deepEqual(await stagedContents(folder), ["1\nstaged\n3\n"]);
    await git("add", "--intent-to-add", "untracked.py");
    assert.deepEqual((await shown(repository, WORK_TREE)).at(-1), "untracked.py + 1");
    assert.deepEqual(await shown(repository, STAGED), ["a.py 2"]);
  });
});

for (const format of ["sha1", "sha256"]) {
  Deno.test(`findChanges() takes all for new before the first commit (${format})`, async () => {
    await withRepository(async (repository) => {
      await repository.write({ "a.py": "1\n2\n" });
      await repository.git("add", "a.py");
      assert.deepEqual(await shown(repository, STAGED), ["a.py + 1-2"]);
      assert.deepEqual(await shown(repository, WORK_TREE), ["a.py + 1-2"]);
      assert.deepEqual(await stagedContents(repository.folder), ["1\n2\n"]);
    }, `--object-format=${format}`);
  });
}

const TEN = Array.from({ length: 10 }, (_, n) => `line ${n}\n`).join("");

Deno.test("findChanges() follows renames; what is copied, or becomes a file, is new", async () => {
  await withRepository(async (repository) => {
    const { folder, git, write, commit } = repository;
    await commit({ "a.py": TEN, "gone.py": "1\n", "l.py": "->a.py", "f.py": "1\n" });
    await git("mv", "a.py", "b.py");
    await Promise.all(["gone.py", "l.py", "f.py"].map((name) => rm(join(folder, name))));
    await write({ "b.py": `${TEN}more\n`, "l.py": TEN, "f.py": "->b.py", "m.py": "->/etc/passwd" });
    await git("config", "diff.renames", "copies");
    await git("add", "--all");
    const expected = ["b.py 11", "l.py + 1-10"];
    assert.deepEqual(await shown(repository, STAGED), expected);
    assert.deepEqual(await shown(repository, WORK_TREE), expected);
  });
});

Deno.test("findChanges() finds nothing where all is deleted, or only the mode has changed", async () => {
  await withRepository(async (repository) => {
    const { folder, git, commit } = repository;
    await commit({ "a.py": "1\n", "b/c.py": "1\n" });
    await git("update-index", "--chmod=+x", "a.py");
    assert.deepEqual(await shown(repository, STAGED), ["a.py"]);
    await git("rm", "--quiet", "-r", "--force", ".");
    assert.deepEqual(await shown(repository, STAGED), []);
    assert.deepEqual(await shown({ folder }, WORK_TREE), []);
  });
});

Deno.test("findChanges() leaves no line out where they are only removed", async () => {
  await withRepository(async (repository) => {
    await repository.commit({ "a.py": TEN });
    await repository.write({ "a.py": TEN.replace("line 3\n", "") });
    assert.deepEqual(await shown(repository, WORK_TREE), ["a.py"]);
  });
});

const NAMES = ["-d.py", " a b.py", "new\nline.py", 'q"uote.py', "ta\tb.py", "ü.py", "\x1b[31m.py"];

Deno.test("findChanges() knows files by any name", async () => {
  await withRepository(async (repository) => {
    const { folder, git, commit } = repository;
    await git("config", "core.quotePath", "true");
    await commit(Object.fromEntries(NAMES.map((name) => [name, "1\n"])));
    await repository.write(Object.fromEntries(NAMES.map((name) => [name, "1\n2\n"])));
    await git("add", "--all");
    const { files } = await changesIn(folder, STAGED);
    assert.deepEqual(files.map(({ path }) => path).sort(), [...NAMES].sort());
    for (const file of files) assert.equal(show(file), `${file.path} 2`);
  });
});

Deno.test("findChanges() writes what is no UTF-8 so that it can be seen", async () => {
  await withRepository(async (repository) => {
    const { folder, git } = repository;
    await repository.write({ x: "1\n" });
    const oid = (await git("hash-object", "-w", "x")).trim();
    const input = new Blob([`100644 ${oid}\tcaf`, new Uint8Array([0xe9]), "/ü.py\0"]).stream();
    const child = new Deno.Command("git", {
      args: ["update-index", "-z", "--index-info"],
      cwd: folder,
      stdin: "piped",
    }).spawn();
    await input.pipeTo(child.stdin);
    await child.status;
    const [file] = (await changesIn(folder, STAGED)).files;
    assert.deepEqual([file?.path, file?.isText], ["caf\\xe9/ü.py", false]);
  });
});

Deno.test("findChanges() writes paths as they are seen from a subfolder", async () => {
  await withRepository(async ({ folder, git, write, commit }) => {
    await commit({ "a.py": "1\n", "sub/deep/b.py": "1\n" });
    await write({ "a.py": "2\n", "sub/deep/b.py": "2\n" });
    await git("config", "diff.relative", "true");
    await git("add", "--all");
    const sub = { folder: join(folder, "sub") };
    assert.deepEqual(await shown(sub, STAGED), ["../a.py 1", "deep/b.py 1"]);
    assert.deepEqual(await shown(sub, WORK_TREE), ["../a.py 1", "deep/b.py 1"]);
  });
});

Deno.test("findChanges() compares with a revision, and with where a branch began", async () => {
  await withRepository(async (repository) => {
    const { git, commit } = repository;
    await commit({ "a.py": "1\n", "m.py": "1\n" });
    await git("checkout", "--quiet", "-b", "topic");
    await commit({ "t.py": "1\n" });
    await git("checkout", "--quiet", "main");
    await commit({ "m.py": "2\n" });
    await git("checkout", "--quiet", "topic");
    await repository.write({ "a.py": "2\n" });
    const against = (revision: string) => shown(repository, { staged: false, revision });
    assert.deepEqual(await against("main"), ["a.py 1", "m.py 1", "t.py + 1"]);
    assert.deepEqual(await against("main..."), ["a.py 1", "t.py + 1"]);
    assert.deepEqual(await against("main...HEAD"), ["a.py 1", "t.py + 1"]);
    assert.deepEqual(await against("HEAD~1"), ["a.py 1", "t.py + 1"]);
    const compared = { staged: false, revision: "main", lines: false };
    assert.deepEqual(await shown(repository, compared), ["a.py", "m.py", "t.py +"]);
  });
});

const NO_REVISIONS: [string, RegExp][] = [
  ["nope", /bad revision/],
  ["nope...", /bad revision|bad object|unknown revision/],
  ["main..HEAD", /it is a range/],
  ["a...b", /it is a range/],
  ["--output=x", /it is no revision/],
  ["-1", /it is no revision/],
  ["^main", /it is no revision/],
  ["main\nx", /it is no revision/],
  ["", /it is no revision/],
  ["...", /it is a range/],
  ["HEAD:a.py", /bad revision|not a commit/],
];

Deno.test("findChanges() refuses what is no revision, and takes none for an option", async () => {
  await withRepository(async (repository) => {
    await repository.commit({ "a.py": "1\n" });
    for (const [revision, message] of NO_REVISIONS) {
      await assert.rejects(
        shown(repository, { staged: false, revision }),
        (error: Error) => message.test(error.message),
        revision,
      );
    }
    assert.equal(await repository.git("status", "--short"), "");
  });
});

Deno.test("findChanges() tells unmerged files from the others", async () => {
  await withRepository(async (repository) => {
    const { folder, git, commit, write } = repository;
    await commit({ "a.py": "1\n", "b.py": "1\n" });
    await git("checkout", "--quiet", "-b", "topic");
    await commit({ "a.py": "2\n", "c.py": "1\n" });
    await git("checkout", "--quiet", "main");
    await commit({ "a.py": "3\n" });
    await assert.rejects(git("merge", "topic"));
    await write({ "b.py": "2\n" });
    await git("add", "b.py");
    for (const compared of [STAGED, WORK_TREE]) {
      const { files, unmerged } = await changesIn(folder, compared);
      assert.deepEqual([files.map(show), unmerged.map(({ path }) => path)], [
        ["b.py 1", "c.py + 1"],
        ["a.py"],
      ]);
    }
  });
});

Deno.test("findChanges() works in work trees, submodules and shallow clones", async () => {
  await withRepository(async (repository) => {
    const { git, commit, at } = repository;
    await commit({ "a.py": "1\n" });
    await commit({ "a.py": "2\n" });
    await git("worktree", "add", "--quiet", "tree");
    await git("clone", "--quiet", "--depth=1", `file://${repository.folder}`, "shallow");
    await git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "./", "sub");
    for (const place of ["tree", "shallow", "sub"].map(at)) {
      await place.write({ "a.py": "2\n3\n" });
      assert.deepEqual(await shown(place, WORK_TREE), ["a.py 2"]);
      await place.git("add", "a.py");
      assert.deepEqual(await shown(place, STAGED), ["a.py 2"]);
    }
    await assert.rejects(shown(at("shallow"), { staged: false, revision: "HEAD~1" }), GitError);
    // The submodule's own state is its own matter, also when it is gone.
    assert.deepEqual(await shown(repository, STAGED), [".gitmodules + 1-3"]);
    await rm(join(repository.folder, "sub"), { recursive: true });
    await rm(join(repository.folder, ".git", "modules"), { recursive: true });
    assert.deepEqual(await shown(repository, STAGED), [".gitmodules + 1-3"]);
    assert.deepEqual(await shown(repository, WORK_TREE), [".gitmodules + 1-3"]);
    await repository.write({ "sub/b.py": "1\n" });
    assert.deepEqual(await shown(repository, WORK_TREE), [".gitmodules + 1-3"]);
  });
});

Deno.test("findChanges() says where there is no work tree", async () => {
  await withRepository(async ({ folder }) => {
    await assert.rejects(
      shown({ folder: join(folder, ".git") }, STAGED),
      /bare repository|work tree/,
    );
    await assert.rejects(shown({ folder: "/" }, STAGED), /not a git repository/);
  });
  await withRepository(async (repository) => {
    await assert.rejects(shown(repository, STAGED), /bare repository|work tree/);
  }, "--bare");
});

Deno.test("findChanges() gives git's reason where a repository is broken", async () => {
  await withRepository(async ({ folder }) => {
    await rm(join(folder, ".git/HEAD"));
    const changes = findChanges(gitIn(folder), folder, { ...STAGED, top: knownTop(folder) });
    await assert.rejects(changes, /not a git repository/);
  });
});

Deno.test("findChanges() heeds the repository and index that a hook is told of", async () => {
  await withRepository(async (repository) => {
    const { folder, git, commit, write } = repository;
    await commit({ "a.py": "1\n", "b.py": "1\n" });
    await write({ "a.py": "2\n" });
    await git("read-tree", "--index-output=.git/other", "HEAD");
    await git("add", "a.py");
    const told = { GIT_DIR: ".git", GIT_INDEX_FILE: ".git/other" };
    assert.deepEqual(await shown(repository, STAGED, told), []);
    assert.deepEqual(await shown(repository, STAGED, { GIT_DIR: ".git" }), ["a.py 1"]);
    const elsewhere = join(folder, "elsewhere");
    await mkdir(elsewhere);
    const both = { GIT_DIR: join(folder, ".git"), GIT_WORK_TREE: folder };
    assert.deepEqual(await shown({ folder: elsewhere }, STAGED, both), ["../a.py 1"]);
  });
});

Deno.test("findChanges() neither waits for the index nor writes it", async () => {
  await withRepository(async (repository) => {
    const { folder, commit, write } = repository;
    await commit({ "a.py": "1\n" });
    await write({ "a.py": "1\n", ".git/index.lock": "" });
    const before = await Deno.readFile(join(folder, ".git/index"));
    assert.deepEqual(await shown(repository, WORK_TREE), []);
    assert.deepEqual(await shown(repository, STAGED), []);
    assert.deepEqual(await Deno.readFile(join(folder, ".git/index")), before);
  });
});

Deno.test("findChanges() counts the lines of the index, whatever endings the work tree has", async () => {
  await withRepository(async (repository) => {
    const { folder, git, write, commit } = repository;
    await git("config", "core.autocrlf", "true");
    await commit({ "a.py": "1\r\n2\r\n" });
    await write({ "a.py": "1\r\n2\r\n3\r\n" });
    assert.deepEqual(await shown(repository, WORK_TREE), ["a.py 3"]);
    await git("add", "a.py");
    assert.deepEqual(await shown(repository, STAGED), ["a.py 3"]);
    assert.deepEqual(await stagedContents(folder), ["1\n2\n3\n"]);
  });
});
