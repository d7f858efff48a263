import type { Offer } from "./offer.ts";
import {
  type KnownOffer,
  OfferReader,
  type OfferReaderOptions,
  type OffersChange,
} from "./offer_reader.ts";
import { watchFolder } from "./watch_folder.ts";

export type { OffersChange } from "./offer_reader.ts";

/** What MCP clients are offered of Markdown files: those that come with devmcp, and the user's own. */
export interface Offers {
  /** In order of their names; files that cannot be used are left out. */
  list(): Promise<Offer[]>;
  /**
   * Undefined where there is none of that name.
   * @throws {ToolError} for a file that cannot be used
   */
  find(name: string): Promise<Offer | undefined>;
  /** Tells the names of those that have come, gone or changed, until the returned function is called. */
  watch(listener: (change: OffersChange) => void): () => void;
  /** Ends all watching. */
  close(): void;
}

export interface OffersOptions extends OfferReaderOptions {
  /** @default {@link watchFolder} */
  watchFiles?: typeof watchFolder;
}

/** Finds the offers. Files are looked at when asked, and read anew only when they have changed. */
export function createOffers(options: OffersOptions): Offers {
  const { folder, watchFiles = watchFolder } = options;
  const reader = new OfferReader(options);
  const listeners = new Set<(change: OffersChange) => void>();
  let stop: (() => void) | undefined;
  reader.changed = (change) => listeners.forEach((listener) => listener(change));
  const unwatch = () => {
    stop?.();
    stop = undefined;
  };
  return {
    list: async () => [...(await reader.look()).values()].flatMap(offerOf),
    find: async (name) => {
      const known = (await reader.look()).get(name);
      if (known && "error" in known) throw known.error;
      return known?.offer;
    },
    watch: (listener) => {
      // Two may come with the same function.
      const own = (change: OffersChange) => listener(change);
      listeners.add(own);
      if (folder !== undefined) stop ??= watchFiles(folder, () => void reader.look());
      return () => {
        listeners.delete(own);
        if (listeners.size === 0) unwatch();
      };
    },
    close: () => {
      listeners.clear();
      unwatch();
    },
  };
}

function offerOf(known: KnownOffer): Offer[] {
  return "offer" in known ? [known.offer] : [];
}
