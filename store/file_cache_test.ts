import { deepEqual, equal, ok } from "node:assert/strict";
import { createFileCache } from "./file_cache.ts";

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const parent = await Deno.makeTempDir();
  try {
    await test(`${parent}/cache`);
  } finally {
    await Deno.remove(parent, { recursive: true });
  }
}

/** The files of a folder, sorted by name. */
function filesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}`).sort();
}

function bytesIn(folder: string): number {
  return filesIn(folder).reduce((sum, path) => sum + Deno.lstatSync(path).size, 0);
}

const ROOM = 1_000_000;
const posix = Deno.build.os !== "windows";

Deno.test("createFileCache() keeps values between processes, whatever key and value", async () => {
  await inFolder(async (folder) => {
    const cache = createFileCache({ folder, maxBytes: ROOM });
    const values: [string, string][] = [
      ["a", "1"],
      ["../../a\0\n", "ü\r\n\u{1f600}\0"],
      ["", ""],
      ["\uFEFF", "\uFEFFmark"],
    ];
    equal(await cache.get("a"), undefined);
    for (const [key, value] of values) await cache.set(key, value);
    const other = createFileCache({ folder, maxBytes: ROOM });
    for (const [key, value] of values) equal(await other.get(key), value, JSON.stringify(key));
    await cache.set("a", "2");
    equal(await other.get("a"), "2");
    equal(filesIn(folder).length, values.length);
  });
});

Deno.test("createFileCache() is for its owner only", { ignore: !posix }, async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(folder, { mode: 0o755 });
    await createFileCache({ folder, maxBytes: ROOM }).set("a", "1");
    const [file] = filesIn(folder);
    equal((await Deno.stat(folder)).mode! & 0o777, 0o700);
    equal((await Deno.stat(file!)).mode! & 0o777, 0o600);
  });
});

Deno.test("createFileCache() of no bytes keeps nothing", async () => {
  await inFolder(async (folder) => {
    const cache = createFileCache({ folder, maxBytes: 0 });
    await cache.set("a", "1");
    equal(await cache.get("a"), undefined);
    equal(await Deno.stat(folder).catch(() => "none"), "none");
  });
});

Deno.test("createFileCache() takes a corrupt entry for a missing one, and mends it", async () => {
  await inFolder(async (folder) => {
    const cache = createFileCache({ folder, maxBytes: ROOM });
    await cache.set("a", "the value");
    const [file] = filesIn(folder);
    const whole = await Deno.readFile(file!);
    const flipped = whole.with(whole.length - 1, 0xff);
    for (const bytes of [new Uint8Array(), whole.subarray(0, 70), flipped]) {
      await Deno.writeFile(file!, bytes);
      equal(await cache.get("a"), undefined);
      await cache.set("a", "the value");
      equal(await cache.get("a"), "the value");
    }
    await Deno.truncate(file!, 100_000_000_000); // a sparse file, of 100 GB
    equal(await cache.get("a"), undefined);
  });
});

Deno.test("createFileCache() gives no entry under another key's name", async () => {
  await inFolder(async (folder) => {
    const cache = createFileCache({ folder, maxBytes: ROOM });
    await cache.set("a", "of a");
    const [a] = filesIn(folder);
    await cache.set("b", "of b");
    const b = filesIn(folder).find((path) => path !== a)!;
    await Deno.copyFile(a!, b);
    equal(await cache.get("b"), undefined);
  });
});

Deno.test(
  "createFileCache() follows no link that lies in the folder",
  { ignore: !posix },
  async () => {
    await inFolder(async (folder) => {
      const cache = createFileCache({ folder, maxBytes: ROOM });
      await cache.set("a", "1");
      const [file] = filesIn(folder);
      const outside = `${folder}/../outside`;
      await Deno.rename(file!, outside);
      const before = await Deno.readTextFile(outside);
      await Deno.symlink("../outside", file!);
      equal(await cache.get("a"), undefined);
      await cache.set("a", "2");
      equal(await cache.get("a"), "2");
      ok((await Deno.lstat(file!)).isFile);
      equal(await Deno.readTextFile(outside), before);
    });
  },
);

Deno.test("createFileCache() waits for no pipe and minds no folder in an entry's place", {
  ignore: !posix,
}, async () => {
  await inFolder(async (folder) => {
    const cache = createFileCache({ folder, maxBytes: ROOM });
    await cache.set("a", "1");
    const [file] = filesIn(folder);
    await Deno.remove(file!);
    await Deno.mkdir(`${file}/inside`, { recursive: true });
    equal(await cache.get("a"), undefined);
    await cache.set("a", "2");
    equal(await cache.get("a"), undefined);
    deepEqual(filesIn(folder), [file]);
  });
});

Deno.test("createFileCache() stays within its bytes; what was not used for longest goes", async () => {
  await inFolder(async (folder) => {
    const maxBytes = 20_000;
    const cache = createFileCache({ folder, maxBytes });
    await cache.set("kept", "x".repeat(900));
    for (let n = 0; n < 60; n++) {
      await cache.set(`${n}`, "x".repeat(900));
      ok(bytesIn(folder) <= maxBytes, `${bytesIn(folder)} bytes after ${n}`);
      // File systems may tell times in steps of some milliseconds.
      await new Promise((resolve) => setTimeout(resolve, 5));
      equal((await cache.get("kept"))?.length, 900, `used, but gone after ${n}`);
    }
    equal((await cache.get("59"))?.length, 900);
    equal(await cache.get("0"), undefined);
    await cache.set("huge", "x".repeat(maxBytes));
    equal(await cache.get("huge"), undefined);
  });
});

Deno.test("createFileCache() leaves files alone that are not its own", async () => {
  await inFolder(async (folder) => {
    await Deno.mkdir(folder);
    await Deno.writeTextFile(`${folder}/notes.txt`, "x".repeat(50_000));
    const old = `${folder}/${crypto.randomUUID()}.tmp`;
    await Deno.writeTextFile(old, "half");
    await Deno.utime(old, 0, 0);
    const cache = createFileCache({ folder, maxBytes: 2_000 });
    for (let n = 0; n < 9; n++) await cache.set(`${n}`, "x".repeat(900));
    equal((await Deno.stat(`${folder}/notes.txt`)).size, 50_000);
    equal(await Deno.stat(old).catch(() => "removed"), "removed");
  });
});

Deno.test("createFileCache() throws nothing where it cannot write", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(folder, "a file where the folder should be");
    const cache = createFileCache({ folder, maxBytes: ROOM });
    await cache.set("a", "1");
    equal(await cache.get("a"), undefined);
    await Deno.remove(folder);
    await cache.set("a", "1");
    equal(await cache.get("a"), "1");
    await Deno.remove(folder, { recursive: true });
    await cache.set("a", "2");
    await cache.set("a", "2");
    equal(await cache.get("a"), "2");
  });
});

const WRITER = `
  import { createFileCache } from ${JSON.stringify(new URL("file_cache.ts", import.meta.url).href)};
  const [folder, name] = Deno.args;
  const cache = createFileCache({ folder, maxBytes: 60_000 });
  for (let n = 0;; n++) {
    const key = String(n % 40);
    const value = await cache.get(key);
    if (value !== undefined && !/^(\\w)\\1*$/.test(value)) throw new Error("torn: " + value);
    await cache.set(key, name.repeat(500 + 40 * (n % 40)));
    if (n === 200) console.log("busy");
  }
`;

Deno.test("createFileCache() survives processes that write side by side and are killed", async () => {
  await inFolder(async (folder) => {
    const script = `${folder}_writer.ts`;
    await Deno.writeTextFile(script, WRITER);
    const cache = createFileCache({ folder, maxBytes: 60_000 });
    for (let round = 0; round < 2; round++) {
      const writers = ["a", "b"].map((name) =>
        new Deno.Command(Deno.execPath(), {
          args: ["run", "-A", "--no-check", script, folder, name],
          stdout: "piped",
          stderr: "inherit",
        }).spawn()
      );
      for (const writer of writers) {
        const output = writer.stdout.getReader();
        const { done } = await output.read();
        ok(!done, "a writer ended before its time");
        output.releaseLock();
      }
      for (const writer of writers) writer.kill("SIGKILL");
      await Promise.all(writers.flatMap(({ status, stdout }) => [status, stdout.cancel()]));
      for (let n = 0; n < 40; n++) {
        const value = await cache.get(`${n}`);
        ok(value === undefined || /^(a+|b+)$/.test(value), `entry ${n} is torn`);
      }
      ok(bytesIn(folder) <= 60_000 * 1.3, `${bytesIn(folder)} bytes`);
    }
  });
});
