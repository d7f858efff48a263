/** The second review of a file gives what the first did, whatever happens to the cache. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { BINARY, devmcp, inFolder } from "./devmcp.ts";

const FILES: Record<string, string> = {
  ...Object.fromEntries(
    Array.from(
      { length: 6 },
      (_, n) => [`src/${n}.py`, `import os\n\n\ndef f(a=[]):\n    return ${n}\n`],
    ),
  ),
  "b.js": "let b = 2;\nif (b == 2) debugger;\n",
  "c.md": "# a\n\n\n\n- b\n* c\n",
  "bad.py": "# coding: nonsense\n",
};
const CACHE = ".cache/devmcp/reviews";

async function run(cwd: string, ...args: string[]) {
  const env = { XDG_CACHE_HOME: join(cwd, ".cache") };
  return await devmcp(["review", "--json", ...args], { cwd, env });
}
const put = (cwd: string, name: string, text: string) => Deno.writeTextFile(join(cwd, name), text);

Deno.test("a warm review says what a cold one does, and sees what has changed", async () => {
  await inFolder(FILES, async (cwd) => {
    const plain = await run(cwd, "--no-cache");
    assert.equal(plain.code, 2);
    for (let n = 0; n < 3; n++) assert.deepEqual(await run(cwd), plain);
    for (const args of [["--select", "F"], ["--style-guide", "google"]]) {
      const wanted = await run(cwd, "--no-cache", ...args);
      assert.deepEqual([await run(cwd, ...args), await run(cwd, ...args)], [wanted, wanted]);
    }
    const { mtime, atime } = await Deno.stat(join(cwd, "src/1.py"));
    await put(cwd, "src/1.py", FILES["src/1.py"]!.replace("os", "re"));
    await Deno.utime(join(cwd, "src/1.py"), atime!, mtime!);
    assert.match((await run(cwd)).stdout, /`re` imported but unused/);
    await put(cwd, "ruff.toml", 'lint.select = ["D100"]\n');
    const other = await run(cwd);
    assert.deepEqual(other, await run(cwd, "--no-cache"));
    assert.ok(!other.stdout.includes("F401"));
    await put(cwd, "biome.json", '{"linter": {"enabled": false}}');
    assert.ok(!(await run(cwd)).stdout.includes("noDoubleEquals"));
  });
});

Deno.test("a cache that is broken, read-only or not ours changes nothing", async () => {
  await inFolder(FILES, async (cwd) => {
    const plain = await run(cwd, "--no-cache"), folder = join(cwd, CACHE);
    let seed = 5;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < 6; round++) {
      assert.deepEqual(await run(cwd), plain);
      for (
        const name of ["reviews.db", "reviews.db-wal", "reviews.db-shm"].slice(0, 1 + round % 3)
      ) {
        const path = join(folder, name), bytes = await Deno.readFile(path).catch(() => undefined);
        const size = bytes?.length ?? 5000;
        const broken = round % 2 ? bytes?.slice(0, random(size)) : bytes;
        for (let flip = 0; broken?.length && flip < 30; flip++) {
          broken[random(broken.length)]! ^= 1 << random(8);
        }
        await Deno.writeFile(path, broken ?? new Uint8Array(size).fill(7));
      }
      assert.deepEqual(await run(cwd), plain);
    }
    await Deno.remove(folder, { recursive: true });
    await Deno.mkdir(folder);
    await Deno.chmod(folder, 0o777);
    assert.deepEqual(await run(cwd), plain);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
    await Deno.remove(folder);
    await Deno.writeTextFile(folder, "not a folder");
    assert.deepEqual(await run(cwd), plain);
  });
});

Deno.test("reviews side by side and killed ones leave the cache as good as new", async () => {
  await inFolder(FILES, async (cwd) => {
    const plain = await run(cwd, "--no-cache");
    const env = { XDG_CACHE_HOME: join(cwd, ".cache") };
    for (let round = 0; round < 5; round++) {
      const child = new Deno.Command(BINARY, {
        args: ["review", "--json"],
        cwd,
        env,
        stdout: "null",
        stderr: "null",
      }).spawn();
      const timer = setTimeout(() => child.kill("SIGKILL"), 150 + 120 * round);
      await child.status;
      clearTimeout(timer);
    }
    for (const found of await Promise.all([1, 2, 3, 4].map(() => run(cwd)))) {
      assert.deepEqual(found, plain);
    }
  });
});

Deno.test("devmcp cache tells what is kept, and removes it", async () => {
  await inFolder(FILES, async (cwd) => {
    const env = { XDG_CACHE_HOME: join(cwd, ".cache") };
    await run(cwd);
    const info = async () =>
      JSON.parse((await devmcp(["cache", "info", "--json"], { env })).stdout);
    const { entries, usable, bytes, max_bytes } = await info();
    assert.deepEqual([entries, usable, bytes < max_bytes], [8, true, true]);
    assert.match((await devmcp(["cache", "info"], { env })).stdout, /8 reviewed files, /);
    assert.equal((await devmcp(["cache", "clear"], { env })).code, 0);
    assert.equal((await info()).entries, 0);
    await run(cwd, "--no-cache");
    assert.equal((await info()).entries, 0);
  });
});
