import type { Offers } from "../prompts/offers.ts";

/** Offers that are opened when they are first asked for, or watched. */
export function lazyOffers(open: () => Promise<Offers>): Offers {
  let opened: Promise<Offers> | undefined;
  const offers = () => opened ??= open();
  return {
    list: async () => await (await offers()).list(),
    find: async (name) => await (await offers()).find(name),
    watch: (listener) => {
      let isWanted = true;
      const end = offers().then((found) => isWanted ? found.watch(listener) : undefined);
      return () => {
        isWanted = false;
        void end.then((stop) => stop?.());
      };
    },
    close: () => void opened?.then((found) => found.close()),
  };
}
