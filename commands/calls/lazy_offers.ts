import type { Offers } from "../../prompts/offers.ts";

/** How long a watcher waits for somebody to ask, so that a client's first calls come first. */
const WATCH_AFTER_MS = 100;

/**
 * Offers that are opened when they are first asked for, and are watched from then on, or soon after
 * somebody wanted to.
 */
export function lazyOffers(open: () => Promise<Offers>, afterMs = WATCH_AFTER_MS): Offers {
  let opened: Promise<Offers> | undefined;
  let listed: Promise<unknown> | undefined;
  const asked = Promise.withResolvers<Offers>();
  asked.promise.catch(() => {}); // whoever asks is told
  const offers = () => {
    opened ??= open();
    asked.resolve(opened);
    return opened;
  };
  return {
    list: async () => {
      const all = (await offers()).list();
      listed ??= all;
      return await all;
    },
    find: async (name) => await (await offers()).find(name),
    watch: (listener) => {
      let isWanted = true;
      const timer = setTimeout(offers, afterMs);
      Deno.unrefTimer(timer);
      const end = asked.promise.then(async (found) => {
        // It tells of what differs from the list: from the one that a client may have seen already.
        await (listed ??= found.list());
        return isWanted ? found.watch(listener) : undefined;
      }).catch(() => undefined);
      return () => {
        isWanted = false;
        clearTimeout(timer);
        void end.then((stop) => stop?.());
      };
    },
    close: () => void opened?.then((found) => found.close(), () => {}),
  };
}
