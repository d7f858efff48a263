import { messageOf } from "../config/message_of.ts";
import { offered, type PromptTable } from "./mod.ts";
import type { Offer } from "./offer.ts";
import { parseOffer } from "./parse_offer.ts";
import { readUserFile, unusable } from "./read_user_file.ts";
import { listUserFiles, type UserFile } from "./user_files.ts";
import { watchFolder } from "./watch_folder.ts";

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

/** The offers before and after, by name, of those that differ. */
export type OffersChange = { before?: Offer; after?: Offer }[];

export interface OffersOptions {
  /** The user's own files, `‹name›.md`; it need not exist. */
  folder?: string;
  /** Names of files that are for something else. @default none */
  reserved?: (name: string) => boolean;
  /** Told once of each file that cannot be used, and again when it has changed. */
  warn?: (message: string) => void;
  /** @default those that come with devmcp */
  embedded?: PromptTable;
  /** @default {@link watchFolder} */
  watchFiles?: typeof watchFolder;
}

/** A file as it was read last. */
type Known = { mark: string } & ({ offer: Offer } | { error: unknown });

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

function offerOf(known: Known): Offer[] {
  return "offer" in known ? [known.offer] : [];
}

class OfferReader {
  readonly #options: OffersOptions;
  #embedded?: Promise<Map<string, Known>>;
  #files = new Map<string, Known>();
  #seen?: Map<string, Known>;
  /** The look that has not begun to look yet, which later callers share. */
  #next?: Promise<Map<string, Known>>;
  #running: Promise<unknown> = Promise.resolve();
  changed: (change: OffersChange) => void = () => {};

  constructor(options: OffersOptions) {
    this.#options = options;
  }

  /** All there are now, sorted by name. One looks at a time, so that no older answer is the later one. */
  look(): Promise<Map<string, Known>> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.#look();
    });
    this.#running = this.#next.catch(() => {});
    return this.#next;
  }

  async #look(): Promise<Map<string, Known>> {
    const embedded = await (this.#embedded ??= this.#readEmbedded());
    this.#files = await this.#readFiles();
    const all = [...embedded, ...this.#files].sort(([a], [b]) => a < b ? -1 : 1);
    const now = new Map(all.map(([name]) => [name, this.#pick(name, embedded)]));
    const change = this.#seen ? differences(this.#seen, now) : [];
    this.#seen = now;
    if (change.length > 0) this.changed(change);
    return now;
  }

  #pick(name: string, embedded: Map<string, Known>): Known {
    return this.#files.get(name) ?? embedded.get(name)!;
  }

  async #readEmbedded(): Promise<Map<string, Known>> {
    const table = this.#options.embedded ?? offered;
    const read = async ([name, load]: [string, () => Promise<{ default: string }>]) =>
      [name, { mark: "", offer: parseOffer(name, (await load()).default) }] as const;
    return new Map(await Promise.all([...table].map(read)));
  }

  async #readFiles(): Promise<Map<string, Known>> {
    const { folder, reserved = () => false } = this.#options;
    const files = folder === undefined ? [] : await listUserFiles(folder);
    const found = new Map<string, Known>();
    for (const file of files.filter(({ name }) => !reserved(name))) {
      const before = this.#files.get(file.name);
      const known = before?.mark === file.mark ? before : await this.#readFile(file);
      if (known) found.set(file.name, known);
    }
    return found;
  }

  async #readFile({ name, path, modified, mark }: UserFile): Promise<Known | undefined> {
    try {
      // Whoever asks need not learn where the user's folders are.
      const text = await readUserFile(path, `${name}.md`);
      if (text === undefined) return;
      return { mark, offer: { ...parseFile(name, text), modified } };
    } catch (error) {
      this.#options.warn?.(`${messageOf(error)} (in ${this.#options.folder})`);
      return { mark, error };
    }
  }
}

function parseFile(name: string, text: string): Offer {
  try {
    return parseOffer(name, text);
  } catch (error) {
    if (error instanceof SyntaxError) throw unusable(`${name}.md`, error.message, error);
    throw error;
  }
}

function differences(before: Map<string, Known>, after: Map<string, Known>): OffersChange {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).map((name) => ({
    before: offersIn(before, name),
    after: offersIn(after, name),
  })).filter((change) => change.before !== change.after);
}

function offersIn(known: Map<string, Known>, name: string): Offer | undefined {
  const found = known.get(name);
  return found && "offer" in found ? found.offer : undefined;
}
