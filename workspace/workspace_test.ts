import assert from "node:assert/strict";
import { chmod, link, mkdir, rename, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ToolError } from "../config/tool_error.ts";
import { withFolder } from "./testing_folder.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

const onUnix = Deno.build.os !== "windows";
const isRoot = !onUnix || Deno.uid() === 0;

async function refusal(workspace: Workspace, path: string): Promise<ToolError> {
  const error = await workspace.readSource(path).then(
    () => assert.fail(`${path} was read`),
    (error) => error,
  );
  assert(error instanceof ToolError, `not a ToolError: ${error}`);
  assert(!error.message.includes("\n"), error.message);
  return error;
}

Deno.test("openWorkspace() reads sources, relative to its root or absolute", () =>
  withFolder({ "a.py": "x = 1\r\n", "sub/b.py": "\uFEFFy = 2\n" }, async (folder) => {
    for (const confined of [false, true]) {
      const workspace = openWorkspace(folder, { confined });
      assert.equal(workspace.root, folder);
      assert.deepEqual(await workspace.readSource("a.py"), {
        text: "x = 1\r\n",
        bom: false,
        encoding: "utf-8",
        bytes: new TextEncoder().encode("x = 1\r\n"),
      });
      assert.equal((await workspace.readSource("sub/../sub/b.py")).bom, true);
      assert.equal((await workspace.readSource(join(folder, "a.py"))).bytes.length, 7);
    }
  }));

Deno.test("openWorkspace() refuses a root that is no folder", () =>
  withFolder({ "a.py": "" }, (folder) => {
    assert.throws(() => openWorkspace(join(folder, "a.py")), /it is not a folder$/);
    assert.throws(
      () => openWorkspace(join(folder, "no")),
      /Cannot open the workspace ".*": no such/,
    );
    return Promise.resolve();
  }));

Deno.test("workspace.readSource() confined stays inside, whatever leads out", () =>
  withFolder({ "work/a.py": "a", "secret.py": "secret", "other/b.py": "b" }, async (folder) => {
    const root = join(folder, "work");
    await symlink("../secret.py", join(root, "out.py"));
    await symlink("../nowhere.py", join(root, "dangling.py"));
    await symlink(join(folder, "other"), join(root, "away"));
    await symlink("a.py", join(root, "in.py"));
    const workspace = openWorkspace(root, { confined: true });
    assert.equal((await workspace.readSource("in.py")).text, "a");
    const outside = [
      "../secret.py",
      "sub/../../secret.py",
      join(folder, "secret.py"),
      "/etc/passwd",
      "/proc/self/environ",
      "/dev/zero",
      "..",
      "../work2/a.py",
      "out.py",
      "away/b.py",
      "../does-not-exist.py",
    ];
    for (const path of outside) {
      const { message, hint } = await refusal(workspace, path);
      assert.equal(message, `Cannot read ${JSON.stringify(path)}: it is outside the workspace`);
      assert(hint?.includes(root), hint);
    }
    assert.match(
      (await refusal(workspace, "dangling.py")).message,
      /no such file in the workspace/,
    );
    const missing = await refusal(workspace, "no.py");
    assert.equal(missing.message, 'Cannot find "no.py": no such file in the workspace');
    assert(missing.hint?.includes(root));
  }));

Deno.test("workspace.readSource() confined knows its root under a linked name", () =>
  withFolder({ "real/a.py": "a", "secret.py": "" }, async (folder) => {
    await symlink("real", join(folder, "link"));
    const workspace = openWorkspace(join(folder, "link"), { confined: true });
    for (const path of ["a.py", join(folder, "link", "a.py"), join(folder, "real", "a.py")]) {
      assert.equal((await workspace.readSource(path)).text, "a");
    }
    await refusal(workspace, join(folder, "secret.py"));
  }));

Deno.test({
  name: "workspace.readSource() confined to / still refuses the kernel's files",
  ignore: !onUnix,
  async fn() {
    const workspace = openWorkspace("/", { confined: true });
    for (const path of ["/dev/null", "/proc/self/status", "proc/version"]) {
      if (Deno.build.os !== "linux" && path.includes("proc")) continue;
      assert.match((await refusal(workspace, path)).message, /outside the workspace/);
    }
  },
});

Deno.test({
  name: "workspace.readSource() refuses pipes, devices and folders at once",
  ignore: !onUnix,
  fn: () =>
    withFolder({ "sub/x.py": "" }, async (folder) => {
      await new Deno.Command("mkfifo", { args: [join(folder, "pipe.py")] }).output();
      for (const confined of [false, true]) {
        const workspace = openWorkspace(folder, { confined });
        assert.match((await refusal(workspace, "pipe.py")).message, /it is not a regular file$/);
        assert.match((await refusal(workspace, "sub")).message, /it is a folder$/);
      }
      const free = openWorkspace(folder);
      assert.match((await refusal(free, "/dev/zero")).message, /it is not a regular file$/);
      assert.match((await refusal(free, "/dev/tty")).message, /it is not a regular file$/);
    }),
});

Deno.test("workspace.readSource() says what is wrong with a path", () =>
  withFolder({ "a.py": "", "b.bin": new Uint8Array([1, 0, 2]) }, async (folder) => {
    await symlink("loop.py", join(folder, "loop.py"));
    await writeFile(join(folder, "large.py"), "");
    await truncate(join(folder, "large.py"), 64 * 1024 * 1024 + 1);
    const cases: [string, RegExp][] = [
      ["", /^Cannot read "": it is not a path$/],
      ["a\0b", /^Cannot read "a\\u0000b": it is not a path$/],
      ["a.py/b", /a part of the path is not a folder$/],
      ["loop.py", /its symbolic links lead in a circle$/],
      ["x".repeat(300), /the path is too long$/],
      ["large.py", /^Cannot read "large.py": it is larger than 64 MiB$/],
      ["b.bin", /^Cannot read "b.bin": binary data/],
    ];
    for (const confined of [false, true]) {
      const workspace = openWorkspace(folder, { confined });
      for (const [path, message] of cases) {
        const error = await refusal(workspace, path);
        assert.match(error.message, message);
        assert(error.hint, `no hint: ${error.message}`);
      }
    }
    assert.match(
      (await refusal(openWorkspace(folder), "no.py")).message,
      /^Cannot read "no.py": no such file or folder$/,
    );
  }));

Deno.test("workspace.readSource() reads a file of exactly 64 MiB", () =>
  withFolder({ "a.py": " ".repeat(64 * 1024 * 1024) }, async (folder) => {
    assert.equal((await openWorkspace(folder).readSource("a.py")).bytes.length, 64 * 1024 * 1024);
  }));

Deno.test({
  name: "workspace.readSource() says when a file may not be read",
  ignore: isRoot,
  fn: () =>
    withFolder({ "a.py": "" }, async (folder) => {
      await chmod(join(folder, "a.py"), 0);
      for (const confined of [false, true]) {
        const { message } = await refusal(openWorkspace(folder, { confined }), "a.py");
        assert.equal(message, 'Cannot read "a.py": permission denied');
      }
    }),
});

Deno.test("workspace.readSource() reads a file with hard links", () =>
  withFolder({ "work/a.py": "a" }, async (folder) => {
    await link(join(folder, "work", "a.py"), join(folder, "b.py"));
    const workspace = openWorkspace(join(folder, "work"), { confined: true });
    assert.equal((await workspace.readSource("a.py")).text, "a");
  }));

Deno.test("workspace.ruffSettings() gives those of the nearest configuration", () =>
  withFolder(
    { "ruff.toml": "line-length = 77\n", "sub/a.py": "", "sub/ruff.toml": "" },
    async (folder) => {
      for (const confined of [false, true]) {
        const workspace = openWorkspace(folder, { confined });
        assert.equal((await workspace.ruffSettings()).options["line-length"], 77);
        assert.equal((await workspace.ruffSettings("sub/a.py")).options["line-length"], undefined);
      }
      const confined = openWorkspace(join(folder, "sub"), { confined: true });
      await assert.rejects(confined.ruffSettings("../ruff.toml"), /it is outside the workspace$/);
    },
  ));

/** Runs `swap` over and over until `work` is done. */
async function during(work: Promise<void>, swap: () => Promise<void>): Promise<void> {
  let running = true;
  const swapping = (async () => {
    while (running) await swap();
  })();
  await work.finally(() => running = false);
  await swapping;
}

Deno.test({
  name: "workspace.readSource() confined never reads outside while folders and links are exchanged",
  ignore: !onUnix,
  fn: () =>
    withFolder({ "work/dir/a.py": "mine", "out/a.py": "secret" }, async (folder) => {
      const root = join(folder, "work");
      const [dir, aside] = [join(root, "dir"), join(root, "aside")];
      const workspace = openWorkspace(root, { confined: true });
      let read = 0;
      const reading = (async () => {
        for (let turn = 0; turn < 2000; turn++) {
          const source = await workspace.readSource("dir/a.py").catch((error) => {
            assert(error instanceof ToolError, `${error}`);
          });
          if (source) assert.equal(source.text, "mine", `turn ${turn}`);
          if (source) read++;
        }
      })();
      await during(reading, async () => {
        await rename(dir, aside);
        await symlink(join(folder, "out"), dir);
        await rm(dir);
        await rename(aside, dir);
      });
      assert(read > 0);
    }),
});

Deno.test({
  name: "workspace.readSource() does not wait for a pipe that takes a file's place",
  ignore: !onUnix,
  fn: () =>
    withFolder({ "a.py": "mine" }, async (folder) => {
      await mkdir(join(folder, "aside"));
      const [file, pipe] = [join(folder, "a.py"), join(folder, "pipe")];
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      const workspace = openWorkspace(folder, { confined: true });
      const reading = (async () => {
        for (let turn = 0; turn < 300; turn++) await workspace.readSource("a.py").catch(() => {});
      })();
      await during(reading, async () => {
        await rename(file, join(folder, "aside", "a.py"));
        await rename(pipe, file);
        await rename(file, pipe);
        await rename(join(folder, "aside", "a.py"), file);
      });
    }),
});
