import assert from "node:assert/strict";
import { join } from "node:path";
import { openInspectionStore } from "./inspection_store.ts";

async function inFolder(test: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(join(folder, "cache"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Hundreds take a minute. */
const ROUNDS = Number(Deno.env.get("DEVMCP_CORRUPTIONS") ?? 40);

const open = (folder: string, maxBytes = 1e8) => openInspectionStore({ folder, maxBytes });

Deno.test("openInspectionStore() keeps values, for other processes too", () =>
  inFolder((folder) => {
    const store = open(folder)!;
    assert.equal(store.isEmpty(), true);
    store.put([["a", { state: "1:2", hash: "h" }]], [["k", "välue\n\u2028"]]);
    assert.deepEqual(store.file("a"), { state: "1:2", hash: "h" });
    store.close();
    const again = open(folder)!;
    assert.deepEqual([again.isEmpty(), again.has("k"), again.has("l")], [false, true, false]);
    assert.deepEqual([again.get("k"), again.get("l")], ["välue\n\u2028", undefined]);
    assert.deepEqual([again.file("b"), again.info().entries], [undefined, 1]);
    again.close();
    assert.deepEqual([again.get("k"), again.isEmpty()], [undefined, true]);
  }));

Deno.test("openInspectionStore() keeps to its room", () =>
  inFolder(async (folder) => {
    const maxBytes = 1e6, store = open(folder, maxBytes)!;
    for (let n = 0; n < 100; n++) store.put([], [[`${n}`, `${n} `.repeat(10_000)]]);
    assert.ok(store.info().bytes <= maxBytes, `${store.info().bytes}`);
    assert.ok(store.get("99") !== undefined && store.get("0") === undefined);
    store.close();
    assert.ok((await Deno.stat(join(folder, "reviews.db"))).size <= maxBytes);
  }));

Deno.test({
  name: "openInspectionStore() uses no folder that others may write to, and no link",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      await Deno.mkdir(folder);
      await Deno.chmod(folder, 0o777);
      assert.equal(open(folder), undefined);
      await Deno.chmod(folder, 0o755);
      open(folder)!.close();
      assert.equal((await Deno.stat(folder)).mode! & 0o777, 0o700);
      await Deno.symlink(folder, `${folder}2`);
      assert.equal(open(`${folder}2`), undefined);
      await Deno.writeTextFile(`${folder}3`, "");
      assert.equal(open(`${folder}3`), undefined);
    }),
});

Deno.test("openInspectionStore() gives what was kept or nothing, whatever became of its bytes", () =>
  inFolder(async (folder) => {
    const path = join(folder, "reviews.db");
    const values = Array.from(
      { length: 40 },
      (_, n): [string, string] => [`k${n}`, `v${n}`.repeat(99)],
    );
    let seed = 12345;
    const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
    for (let round = 0; round < ROUNDS; round++) {
      const store = open(folder);
      store?.put(values.map(([key]) => [key, { state: key, hash: key }]), values);
      store?.close();
      const bytes = await Deno.readFile(path).catch(() => new Uint8Array(1));
      if (round % 3 === 0) await Deno.truncate(path, random(bytes.length)).catch(() => {});
      else {
        for (let flip = 0; flip < 20; flip++) bytes[random(bytes.length)]! ^= 1 << random(8);
        await Deno.writeFile(path, bytes);
      }
      const broken = open(folder);
      for (const [key, value] of values) {
        const found = broken?.get(key), file = broken?.file(key);
        assert.ok(found === undefined || found === value);
        assert.ok(file === undefined || file.hash === key && file.state === key);
      }
      broken?.close();
    }
    open(folder)?.close();
    const healed = open(folder)!;
    healed.put([], values);
    assert.equal(healed.get("k1"), values[1]![1]);
    healed.close();
  }));

Deno.test({
  name: "openInspectionStore() does without what is no database, and waits for none of it",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const path = join(folder, "reviews.db");
      const odd: [string, () => Promise<unknown>][] = [
        ["a folder", () => Deno.mkdir(path)],
        ["a pipe", () => new Deno.Command("mkfifo", { args: [path] }).output()],
        [
          "a pipe for its log",
          () => new Deno.Command("mkfifo", { args: [`${path}-wal`] }).output(),
        ],
        ["a link", () => Deno.symlink("/dev/zero", path)],
        [
          "a huge file",
          () => Deno.writeFile(path, new Uint8Array(1)).then(() => Deno.truncate(path, 1e11)),
        ],
        [
          "a text",
          () => Deno.writeTextFile(path, "SQLite format 3\0, or so it says\n".repeat(999)),
        ],
      ];
      for (const [what, make] of odd) {
        await Deno.mkdir(folder, { mode: 0o700, recursive: true });
        await make();
        const store = open(folder);
        store?.put([], [["k", "v"]]);
        assert.ok([undefined, "v"].includes(store?.get("k")), what);
        store?.close();
        await Deno.remove(folder, { recursive: true });
      }
    }),
});

Deno.test("openInspectionStore() keeps what is read while others write", () =>
  inFolder((folder) => {
    const [one, two] = [open(folder)!, open(folder)!];
    one.put([["f", { state: "s", hash: "h", value: "short" }]], [["k", "old"]]);
    two.beginReading();
    assert.deepEqual(two.file("f"), { state: "s", hash: "h", value: "short" });
    one.put([["f", { state: "t", hash: "i" }]], [["k", "new"]]);
    assert.equal(two.file("f")?.state, "s");
    two.endReading();
    assert.deepEqual([two.file("f")?.state, two.get("k")], ["t", "new"]);
    two.beginReading();
    two.put([], [["l", "written meanwhile"]]);
    two.endReading();
    two.put([], [["m", "written after"]]);
    assert.deepEqual([two.get("k"), two.get("m")], ["new", "written after"]);
    one.close();
    two.close();
  }));
