import assert from "node:assert/strict";
import { join } from "node:path";
import { eventsIn } from "./inotify.ts";
import { type FolderWatch, watchFolders, WatchLimitError } from "./watch_folders.ts";

const isLinux = Deno.build.os === "linux";

async function watching(
  test: (folder: string, watch: FolderWatch) => Promise<void>,
  options?: Parameters<typeof watchFolders>[0],
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const watch = watchFolders(options);
  // Its changes end then, and a test that waits for more fails.
  const deadline = setTimeout(() => watch.close(), 30_000);
  try {
    watch.add(folder);
    await test(folder, watch);
  } finally {
    clearTimeout(deadline);
    watch.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** Reads changes until one of them is of this path. */
async function until(changes: AsyncGenerator<string[] | "lost">, path: string): Promise<string[]> {
  const all: string[] = [];
  for (;;) {
    const { value } = await changes.next();
    assert(value && value !== "lost");
    all.push(...value);
    if (value.includes(path)) return all;
  }
}

for (
  const [name, options] of [
    ["inotify", {}],
    ["Deno.watchFs", { open: () => undefined }],
  ] as const
) {
  Deno.test(`watchFolders() by ${name} tells of files that are made, written, renamed and removed`, async () => {
    await watching(async (folder, watch) => {
      const changes = watch.changes(), a = join(folder, "a"), b = join(folder, "b");
      await Deno.writeTextFile(a, "1");
      await until(changes, a);
      await Deno.writeTextFile(a, "2");
      await until(changes, a);
      await Deno.rename(a, b);
      await until(changes, b);
      await Deno.remove(b);
      await until(changes, b);
    }, options);
  });

  Deno.test(`watchFolders() by ${name} tells nothing of folders inside that are not added`, async () => {
    await watching(async (folder, watch) => {
      await Deno.mkdir(join(folder, "node_modules"));
      const changes = watch.changes(), end = join(folder, "end");
      await until(changes, join(folder, "node_modules"));
      await Deno.writeTextFile(join(folder, "node_modules", "a"), "1");
      await Deno.writeTextFile(end, "1");
      const told = await until(changes, end);
      assert(!told.includes(join(folder, "node_modules", "a")));
    }, options);
  });

  Deno.test(`watchFolders() by ${name} leaves out a folder that is not there`, () => {
    const watch = watchFolders(options);
    try {
      watch.add("/no/such/folder");
    } finally {
      watch.close();
    }
  });
}

/** Without giving this thread a chance to read what changes. */
function writeAtOnce(paths: Iterable<string>): void {
  for (const path of paths) Deno.writeTextFileSync(path, "1");
}

/** By turns: the kernel tells the same change twice in a row once. */
function touchAtOnce(paths: string[], times: number): void {
  for (let index = 0; index < times; index++) {
    Deno.chmodSync(paths[index % paths.length]!, 0o600);
  }
}

Deno.test({
  name: "watchFolders() loses nothing while this thread works",
  ignore: !isLinux,
  fn: () =>
    watching(async (folder, watch) => {
      const changes = watch.changes();
      const wanted = new Set(Array.from({ length: 2000 }, (_, index) => join(folder, `f${index}`)));
      writeAtOnce(wanted);
      while (wanted.size > 0) {
        const { value } = await changes.next();
        assert(value && value !== "lost");
        for (const path of value) wanted.delete(path);
      }
    }),
});

Deno.test({
  name: "watchFolders() stops watching what is not kept, and follows a folder that was renamed",
  ignore: !isLinux,
  fn: () =>
    watching(async (folder, watch) => {
      const changes = watch.changes(), old = join(folder, "old"), now = join(folder, "now");
      await Deno.mkdir(old);
      watch.add(old);
      await Deno.rename(old, now);
      watch.add(now);
      watch.keep(new Set([folder, now]));
      await Deno.writeTextFile(join(now, "a"), "1");
      const told = await until(changes, join(now, "a"));
      assert(!told.includes(join(old, "a")));
      watch.keep(new Set([folder]));
      await Deno.writeTextFile(join(now, "b"), "1");
      await Deno.writeTextFile(join(folder, "end"), "1");
      assert(!(await until(changes, join(folder, "end"))).includes(join(now, "b")));
    }),
});

Deno.test({
  name: "watchFolders() says when more has changed than the kernel holds",
  ignore: !isLinux,
  fn: () =>
    watching(async (folder, watch) => {
      const changes = watch.changes();
      const files = ["a", "b"].map((name) => join(folder, name));
      writeAtOnce(files);
      const most = await Deno.readTextFile("/proc/sys/fs/inotify/max_queued_events");
      touchAtOnce(files, Number(most) + 1);
      for (;;) {
        const { value } = await changes.next();
        assert(value);
        if (value === "lost") break;
      }
    }),
});

Deno.test("watchFolders() ends its changes when it is closed", async () => {
  await watching(async (_folder, watch) => {
    const next = watch.changes().next();
    watch.close();
    assert.equal((await next).done, true);
  });
});

Deno.test("watchFolders() says which limit is reached", () => {
  const inotify = {
    add: () => false,
    keep() {},
    next: () => Promise.resolve(undefined),
    close() {},
  };
  const watch = watchFolders({ open: () => inotify });
  assert.throws(() => watch.add("/"), (error) => {
    assert(error instanceof WatchLimitError);
    assert.match(error.message, /^Cannot watch more folders: /);
    assert.match(error.hint ?? "", /max_user_watches/);
    return true;
  });
  assert.throws(() => watchFolders({ open: () => "full" }), /Cannot watch more folders/);
});

Deno.test("eventsIn() reads events, and leaves out names that are not UTF-8", () => {
  const event = (watch: number, mask: number, name: number[]) => {
    const bytes = new Uint8Array(16 + name.length), view = new DataView(bytes.buffer);
    view.setInt32(0, watch, true);
    view.setUint32(4, mask, true);
    view.setUint32(12, name.length, true);
    bytes.set(name, 16);
    return [...bytes];
  };
  const bytes = [...event(1, 2, [97, 0, 0, 0]), ...event(2, 0x400, []), ...event(3, 2, [0xe9, 0])];
  assert.deepEqual([...eventsIn(new Uint8Array(bytes))], [
    { watch: 1, mask: 2, name: "a" },
    { watch: 2, mask: 0x400, name: "" },
    { watch: 3, mask: 2, name: "" },
  ]);
  assert.deepEqual([...eventsIn(new Uint8Array(bytes).subarray(0, 30))].length, 1);
});
