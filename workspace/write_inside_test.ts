import assert from "node:assert/strict";
import {
  chmod,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { withFolder } from "./testing_folder.ts";
import { openWorkspace } from "./workspace.ts";

const plan = (root: string, path: string, text = "new\n") =>
  openWorkspace(root).planWrite(path, text);

async function write(root: string, path: string, text = "new\n"): Promise<void> {
  await (await plan(root, path, text)).write();
}

Deno.test("planWrite() makes a file with its folders, and nothing before it writes", async () => {
  await withFolder({}, async (root) => {
    const planned = await plan(root, "src/deep/a.py", "x = 1\n");
    assert.deepEqual(await readdir(root), []);
    assert.deepEqual([planned.isNew, planned.before, planned.bytes], [true, "", 6]);
    await planned.write();
    assert.equal(await readFile(join(root, "src/deep/a.py"), "utf8"), "x = 1\n");
    assert.deepEqual(await readdir(join(root, "src/deep")), ["a.py"]);
  });
});

Deno.test("planWrite() keeps mode, byte order mark, encoding and line endings", async () => {
  const latin = Uint8Array.from([..."# coding: latin-1\nx = '\xe4'\n"].map((c) => c.charCodeAt(0)));
  const files = {
    "run.sh": "old\n",
    "bom.py": "\ufeffold\n",
    "latin.py": latin,
    "dos.txt": "a\r\nb\r\n",
  };
  await withFolder(files, async (root) => {
    await chmod(join(root, "run.sh"), 0o750);
    await write(root, "run.sh");
    assert.equal((await stat(join(root, "run.sh"))).mode & 0o777, 0o750);
    await write(root, "bom.py");
    assert.equal(await readFile(join(root, "bom.py"), "utf8"), "\ufeffnew\n");
    await write(root, "latin.py", "# coding: latin-1\nx = 'ö'\n");
    assert.equal((await readFile(join(root, "latin.py"))).at(-3), 0xf6);
    await assert.rejects(
      () => write(root, "latin.py", "# coding: latin-1\nx = '€'\n"),
      /U\+20AC on line 2/,
    );
    await write(root, "latin.py", "x = '€'\n");
    assert.equal(await readFile(join(root, "latin.py"), "utf8"), "x = '€'\n");
    await write(root, "dos.txt", "c\nd\n");
    assert.equal(await readFile(join(root, "dos.txt"), "utf8"), "c\r\nd\r\n");
  });
});

Deno.test("planWrite() refuses what decides what may run", async () => {
  await withFolder({ ".git/config": "", "sub/.mcp.json": "{}" }, async (root) => {
    await symlink(join(root, ".git/config"), join(root, "notes.txt"));
    await symlink(join(root, ".git"), join(root, "folder"));
    const paths = [
      ".git/config",
      ".git/hooks/pre-commit",
      "sub/.git/hooks/x",
      ".GIT/config",
      ".git./config",
      ".g\u200cit/config",
      "git~1/config",
      "notes.txt",
      "folder/hooks/pre-commit",
      "src/../.git/config",
      "devmcp.yaml",
      "sub/devmcp.yaml",
      "DEVMCP.yaml",
      ".mcp.json",
      "sub/.mcp.json",
      join(root, ".mcp.json"),
      ".vscode/tasks.json",
      "sub/.claude/settings.json",
      ".cursor/mcp.json",
      ".husky/pre-commit",
      ".envrc",
    ];
    for (const path of paths) {
      await assert.rejects(() => plan(root, path), /decides what may run here/, path);
    }
    await write(root, ".gitignore");
    await write(root, "src/git.py");
  });
});

Deno.test("planWrite() never leaves the workspace", async () => {
  await withFolder({ "in/a.py": "", "out/b.py": "theirs" }, async (folder) => {
    const root = join(folder, "in"), out = join(folder, "out");
    await symlink(out, join(root, "away"));
    await symlink(join(out, "b.py"), join(root, "b.py"));
    await symlink(join(out, "new.py"), join(root, "dangling.py"));
    const paths = [
      "../out/b.py",
      "away/b.py",
      "away/new.py",
      "away/deep/new.py",
      "b.py",
      join(out, "c.py"),
    ];
    for (const path of paths) {
      await assert.rejects(() => plan(root, path), /outside the workspace/, path);
    }
    await assert.rejects(() => plan(root, "dangling.py"), /a symbolic link to nothing/);
    await assert.rejects(() => plan(root, ""), /it is not a path/);
    await assert.rejects(() => plan(root, "a\0b"), /it is not a path/);
    await assert.rejects(() => plan("/", "/proc/self/oom_adj"), /outside the workspace/);
    await assert.rejects(() => plan(root, "a.py/b.py").then((one) => one.write()), /Cannot write/);
    assert.deepEqual(await readdir(out), ["b.py"]);
    assert.equal(await readFile(join(out, "b.py"), "utf8"), "theirs");
  });
});

Deno.test("planWrite() refuses hard links, read-only files, folders and what is no text", async () => {
  const files = { "a.py": "", "b.py": "", "c.bin": new Uint8Array([0, 1, 2]), "d/x": "" };
  await withFolder(files, async (root) => {
    await link(join(root, "a.py"), join(root, "other.py"));
    await chmod(join(root, "b.py"), 0o444);
    await assert.rejects(() => plan(root, "a.py"), /hard links/);
    await assert.rejects(() => plan(root, "b.py"), /read-only/);
    await assert.rejects(() => plan(root, "c.bin"), /binary data/);
    await assert.rejects(() => plan(root, "d"), /it is a folder/);
    await assert.rejects(() => plan(root, "new.py", "a\ud800"), /Cannot write U\+D800/);
    await assert.rejects(
      () => plan(root, "new.py", "# coding: latin-1\nö"),
      /would not read as the same text/,
    );
    await assert.rejects(() => plan(root, "new.py", "a\0"), /binary data/);
    await assert.rejects(() => plan(root, "new.py", "x".repeat(9_000_000)), /larger than 8 MiB/);
  });
});

Deno.test("planWrite() writes through a link that stays inside", async () => {
  await withFolder({ "real.py": "old" }, async (root) => {
    await symlink("real.py", join(root, "link.py"));
    await write(root, "link.py");
    assert.equal(await readFile(join(root, "real.py"), "utf8"), "new\n");
    assert.ok((await lstat(join(root, "link.py"))).isSymbolicLink());
  });
});

Deno.test("planWrite() writes over nothing that came or changed meanwhile", async () => {
  await withFolder({ "a.py": "old" }, async (root) => {
    const [changed, made] = [await plan(root, "a.py"), await plan(root, "b.py")];
    await writeFile(join(root, "a.py"), "edited");
    await writeFile(join(root, "b.py"), "mine");
    await assert.rejects(() => changed.write(), /changed in the meantime/);
    await assert.rejects(() => made.write(), /it is there already/);
    assert.equal(await readFile(join(root, "a.py"), "utf8"), "edited");
    assert.equal(await readFile(join(root, "b.py"), "utf8"), "mine");
    assert.deepEqual((await readdir(root)).sort(), ["a.py", "b.py"]);
  });
});

Deno.test("planWrite() loses the race against one who exchanges a folder for a link", async () => {
  await withFolder({ "in/src/a.py": "old", "out/a.py": "theirs" }, async (folder) => {
    const root = join(folder, "in"), out = join(folder, "out");
    for (const path of ["src/a.py", "src/new.py", "src/deep/new.py"]) {
      const planned = await plan(root, path);
      await rename(join(root, "src"), join(root, "kept"));
      await symlink(out, join(root, "src"));
      await assert.rejects(() => planned.write(), Error, path);
      await Deno.remove(join(root, "src"));
      await rename(join(root, "kept"), join(root, "src"));
    }
    assert.equal(await readFile(join(out, "a.py"), "utf8"), "theirs");
    assert.deepEqual(
      (await readdir(out, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
        .map(({ name }) => name),
      ["a.py"],
    );
    await mkdir(join(root, "after"));
  });
});
