import assert from "node:assert/strict";
import {
  chmod,
  chown,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../config/tool_error.ts";
import { replaceFile } from "./replace_file.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const isRoot = Deno.build.os !== "windows" && Deno.uid() === 0;

/** Runs `use` in a folder that holds a.py with "old"; nothing but what it names may be left in it. */
async function inFolder(
  use: (folder: string, file: string) => Promise<void>,
  left: string[] = ["a.py"],
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "devmcp-replace-"));
  try {
    const file = join(folder, "a.py");
    await writeFile(file, "old");
    await use(folder, file);
    assert.deepEqual((await readdir(folder)).sort(), left);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function messageOf(work: Promise<void>): Promise<string> {
  const error = await work.then(() => undefined, (error) => error);
  assert(error instanceof ToolError, `not a ToolError: ${error}`);
  assert(error.hint, "no hint");
  return error.message;
}

Deno.test("replaceFile() replaces the content and keeps the mode", () =>
  inFolder(async (_, file) => {
    for (const mode of [0o600, 0o644, 0o755, 0o2775]) {
      await chmod(file, mode);
      await replaceFile(file, bytesOf(`mode ${mode}`), {});
      assert.equal(await readFile(file, "utf8"), `mode ${mode}`);
      assert.equal((await stat(file)).mode & 0o7777, mode);
    }
    await replaceFile(file, bytesOf(""));
    assert.equal((await stat(file)).size, 0);
  }));

Deno.test({
  name: "replaceFile() keeps the owner when it may",
  ignore: !isRoot,
  fn: () =>
    inFolder(async (_, file) => {
      await chown(file, 65534, 65533);
      await replaceFile(file, bytesOf("new"));
      const { uid, gid } = await stat(file);
      assert.deepEqual([uid, gid], [65534, 65533]);
    }),
});

Deno.test("replaceFile() writes what a link leads to; the link stays", () =>
  inFolder(async (folder, file) => {
    await mkdir(join(folder, "deep"));
    await symlink("../a.py", join(folder, "deep", "link.py"));
    await replaceFile(join(folder, "deep", "link.py"), bytesOf("new"));
    assert.equal(await readFile(file, "utf8"), "new");
    assert((await lstat(join(folder, "deep", "link.py"))).isSymbolicLink());
    assert.deepEqual(await readdir(join(folder, "deep")), ["link.py"]);
  }, ["a.py", "deep"]));

Deno.test("replaceFile() never loses somebody else's edit", () =>
  inFolder(async (_, file) => {
    await replaceFile(file, bytesOf("new"), { expect: bytesOf("old") });
    await writeFile(file, "theirs");
    const message = await messageOf(replaceFile(file, bytesOf("x"), { expect: bytesOf("new") }));
    assert.match(message, /^Cannot write ".*a\.py": it was changed in the meantime$/);
    assert.equal(await readFile(file, "utf8"), "theirs");
  }));

Deno.test("replaceFile() refuses", async (t) => {
  await t.step("a missing file", () =>
    inFolder(async (folder) => {
      const message = await messageOf(replaceFile(join(folder, "no.py"), bytesOf("x")));
      assert.match(message, /no such file/);
    }));
  await t.step("a dangling link", () =>
    inFolder(async (folder) => {
      await symlink("nowhere.py", join(folder, "link.py"));
      assert.match(
        await messageOf(replaceFile(join(folder, "link.py"), bytesOf("x"))),
        /no such file/,
      );
    }, ["a.py", "link.py"]));
  await t.step("a folder", () =>
    inFolder(async (folder) => {
      assert.match(await messageOf(replaceFile(folder, bytesOf("x"))), /it is a folder/);
    }));
  await t.step("a read-only file", () =>
    inFolder(async (_, file) => {
      await chmod(file, 0o444);
      assert.match(await messageOf(replaceFile(file, bytesOf("x"))), /it is read-only$/);
      assert.equal(await readFile(file, "utf8"), "old");
    }));
  await t.step("a file with hard links", () =>
    inFolder(async (folder, file) => {
      await link(file, join(folder, "b.py"));
      assert.match(await messageOf(replaceFile(file, bytesOf("x"))), /it has 2 hard links$/);
      assert.equal(await readFile(file, "utf8"), "old");
    }, ["a.py", "b.py"]));
  await t.step("a device", async () => {
    if (Deno.build.os === "windows") return;
    assert.match(await messageOf(replaceFile("/dev/null", bytesOf("x"))), /not a regular file/);
  });
});

/** Runs a program of ours with this module's replaceFile, as `prefix` says. */
async function runScript(script: string, prefix: string[] = []): Promise<string> {
  const url = JSON.stringify(new URL("./replace_file.ts", import.meta.url).href);
  const code = `import { replaceFile } from ${url};\n${script}`;
  const [program = "", ...args] = [...prefix, Deno.execPath(), "eval", "--no-check", code];
  const { stdout, stderr } = await new Deno.Command(program, { args }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

const attempt = (file: string, bytes: number) =>
  `await replaceFile(${JSON.stringify(file)}, new Uint8Array(${bytes}).fill(120))
    .then(() => console.log("written"), (error) => console.log(error.message));`;

/** Mounts a file system of 64 KiB where this is allowed. */
async function mountSmall(folder: string): Promise<boolean> {
  if (Deno.build.os !== "linux" || !isRoot) return false;
  const args = ["-t", "tmpfs", "-o", "size=64k", "none", folder];
  return await new Deno.Command("mount", { args }).output().then(
    ({ success }) => success,
    () => false,
  );
}

Deno.test("replaceFile() leaves the file alone on a full disk", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "devmcp-full-"));
  const mounted = await mountSmall(folder);
  await t.step({
    name: "a small file system",
    ignore: !mounted,
    async fn() {
      const file = join(folder, "a.py");
      await writeFile(file, "old".repeat(10_000));
      const message = await messageOf(replaceFile(file, new Uint8Array(60_000)));
      assert.match(message, /no space left on the disk$/);
      assert.equal(await readFile(file, "utf8"), "old".repeat(10_000));
      assert.deepEqual(await readdir(folder), ["a.py"]);
    },
  });
  if (mounted) await new Deno.Command("umount", { args: [folder] }).output();
  await rm(folder, { recursive: true });
});

Deno.test({
  name: "replaceFile() leaves the file alone when it grows beyond a limit",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (_, file) => {
      const limited = ["sh", "-c", 'trap "" XFSZ; ulimit -f 64; exec "$@"', "sh"];
      assert.match(await runScript(attempt(file, 1_000_000), limited), /larger than allowed here/);
      assert.equal(await readFile(file, "utf8"), "old");
    }),
});

Deno.test({
  name: "replaceFile() says when the folder allows no new file",
  ignore: isRoot || Deno.build.os === "windows", // Root may write anywhere.
  fn: () =>
    inFolder(async (folder, file) => {
      await chmod(folder, 0o555);
      assert.match(
        await messageOf(replaceFile(file, bytesOf("x"))),
        /its folder allows no new file$/,
      );
      await chmod(folder, 0o755);
    }),
});

Deno.test("replaceFile() leaves no temporary file when the process exits in the middle", () =>
  inFolder(async (folder, file) => {
    const output = await runScript(`
      const folder = ${JSON.stringify(folder)};
      replaceFile(${JSON.stringify(file)}, new Uint8Array(50e6));
      while (![...Deno.readDirSync(folder)].some((entry) => entry.name.endsWith(".tmp"))) {
        await new Promise((resolve) => setTimeout(resolve));
      }
      console.log("in the middle");
      Deno.exit();`);
    assert.match(output, /in the middle/);
    assert.equal(await readFile(file, "utf8"), "old");
  }));

Deno.test("replaceFile() shows readers the old or the new content, never a mixture", () =>
  inFolder(async (_, file) => {
    const texts = ["a".repeat(200_000), "b".repeat(300_000)];
    await writeFile(file, texts[0] ?? "");
    let writing = true;
    const writer = (async () => {
      for (let turn = 1; turn <= 30; turn++) {
        await replaceFile(file, bytesOf(texts[turn % 2] ?? ""));
      }
      writing = false;
    })();
    while (writing) assert(texts.includes(await readFile(file, "utf8")));
    await writer;
  }));
