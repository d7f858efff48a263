import assert from "node:assert/strict";
import { join } from "node:path";
import { watchFolder, type WatchOptions } from "./watch_folder.ts";

/** Counts looks, and waits for the next one. */
function lookout() {
  let [count, next] = [0, Promise.withResolvers<void>()];
  return {
    look: () => {
      count++;
      next.resolve();
      next = Promise.withResolvers();
    },
    next: () => next.promise,
    get count() {
      return count;
    },
  };
}

/** Timers that are kept from ending a process do not keep a test's either. */
async function whileAlive(test: () => Promise<void>): Promise<void> {
  const alive = setInterval(() => {}, 1000);
  try {
    await test();
  } finally {
    clearInterval(alive);
  }
}

async function withWatch(
  options: WatchOptions,
  test: (folder: string, seen: ReturnType<typeof lookout>) => Promise<void>,
): Promise<void> {
  const parent = await Deno.makeTempDir();
  const folder = join(parent, "prompts");
  const seen = lookout();
  const stop = watchFolder(folder, seen.look, { gatherMs: 5, fastMs: 5, ...options });
  try {
    await whileAlive(() => test(folder, seen));
  } finally {
    stop();
    await Deno.remove(parent, { recursive: true });
  }
}

/** Opens watchers, and tells when it has. */
function opener() {
  const seen = lookout();
  const open = (folder: string) => {
    const watcher = Deno.watchFs(folder, { recursive: false });
    seen.look();
    return watcher;
  };
  return { open, opened: seen };
}

Deno.test("watchFolder() looks at once, and when a file has changed in a folder made later", async () => {
  const { open, opened } = opener();
  await withWatch({ slowMs: 1e9, open }, async (folder, seen) => {
    assert.equal(seen.count, 1);
    const watched = opened.next();
    await Deno.mkdir(folder);
    await watched;
    const told = seen.next();
    await Deno.writeTextFile(join(folder, "a.md"), "a");
    await told;
  });
});

Deno.test("watchFolder() goes on when the folder was removed and made again", async () => {
  const { open, opened } = opener();
  await withWatch({ slowMs: 1e9, open }, async (folder, seen) => {
    for (let i = 0; i < 3; i++) {
      const watched = opened.next();
      await Deno.mkdir(folder);
      await watched;
      const told = seen.next();
      await Deno.remove(folder);
      await told;
    }
  });
});

Deno.test("watchFolder() looks by itself where the system cannot tell", async () => {
  const open = () => {
    throw new Error("no space left for watches");
  };
  await withWatch({ open }, async (_, seen) => {
    for (let i = 0; i < 3; i++) await seen.next();
    assert.equal(seen.count, 4);
  });
});
