import assert from "node:assert/strict";
import type { Offers } from "../../prompts/offers.ts";
import { lazyOffers } from "./lazy_offers.ts";

/** A turn of the event loop. */
const turn = () => new Promise<void>((resolve) => setTimeout(resolve));

function fakeOffers(afterMs?: number) {
  const counts = { opened: 0, watching: 0, closed: 0 };
  let isListed = false;
  const offers: Offers = {
    list: async () => {
      await turn();
      isListed = true;
      return [];
    },
    find: () => Promise.resolve(undefined),
    watch: () => {
      assert.ok(isListed, "what is there is known before it is watched");
      counts.watching++;
      return () => void counts.watching--;
    },
    close: () => void counts.closed++,
  };
  const open = () => {
    counts.opened++;
    return Promise.resolve(offers);
  };
  return { counts, lazy: lazyOffers(open, afterMs) };
}

Deno.test("lazyOffers() opens once, when first asked", async () => {
  const { counts, lazy } = fakeOffers();
  lazy.close();
  assert.deepEqual(counts, { opened: 0, watching: 0, closed: 0 });
  await Promise.all([lazy.list(), lazy.find("x")]);
  lazy.close();
  await lazy.list();
  assert.deepEqual(counts, { opened: 1, watching: 0, closed: 1 });
});

Deno.test("lazyOffers() stops watching, also when it has not begun", async () => {
  const { counts, lazy } = fakeOffers();
  lazy.watch(() => {})();
  await lazy.list();
  assert.equal(counts.watching, 0);
  const stop = lazy.watch(() => {});
  await lazy.list();
  await turn();
  assert.equal(counts.watching, 1);
  stop();
  await turn();
  assert.equal(counts.watching, 0);
});

Deno.test("lazyOffers() watches without being asked, soon", async () => {
  const { counts, lazy } = fakeOffers(0);
  const stop = lazy.watch(() => {});
  assert.equal(counts.opened, 0);
  await turn();
  await lazy.list();
  await turn();
  assert.deepEqual(counts, { opened: 1, watching: 1, closed: 0 });
  stop();
});

Deno.test("lazyOffers() watches from the list that was given, so that no change falls between", async () => {
  let lists = 0;
  const watched = Promise.withResolvers<number>();
  const offers: Offers = {
    list: () => Promise.resolve([]).finally(() => lists++),
    find: () => Promise.resolve(undefined),
    watch: () => (watched.resolve(lists), () => {}),
    close: () => {},
  };
  const lazy = lazyOffers(() => Promise.resolve(offers), 0);
  await lazy.list();
  const stop = lazy.watch(() => {});
  assert.equal(await watched.promise, 1);
  stop();
});

Deno.test("lazyOffers() tells who asks that they cannot be opened, and nobody else", async () => {
  const lazy = lazyOffers(() => Promise.reject(new Error("no such folder")));
  await assert.rejects(lazy.list(), /no such folder/);
  lazy.close();
  // An unhandled rejection ends the process after a turn of the event loop.
  await turn();
  lazy.watch(() => {})();
});
