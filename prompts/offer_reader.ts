import { messageOf } from "../config/message_of.ts";
import { offered, type PromptTable } from "./mod.ts";
import type { Offer } from "./offer.ts";
import { parseOffer } from "./parse_offer.ts";
import { readUserFile, unusable } from "./read_user_file.ts";
import { listUserFiles, MOST_FILES, type UserFile } from "./user_files.ts";

export interface OfferReaderOptions {
  /** The user's own files, `‹name›.md`; it need not exist. */
  folder?: string;
  /** Names of files that are for something else. @default none */
  reserved?: (name: string) => boolean;
  /** Told once of each file that cannot be used, and again when it has changed. */
  warn?: (message: string) => void;
  /** @default those that come with devmcp */
  embedded?: PromptTable;
}

/** A file as it was read last. */
export type KnownOffer = { mark: string } & ({ offer: Offer } | { error: unknown });

/** The offers before and after, by name, of those that differ. */
export type OffersChange = { before?: Offer; after?: Offer }[];

/** Reads the files of offers, again only those that have changed. */
export class OfferReader {
  readonly #options: OfferReaderOptions;
  #embedded?: Promise<Map<string, KnownOffer>>;
  #files = new Map<string, KnownOffer>();
  /** Files that were told of, as their names cannot be used. */
  readonly #leftOut = new Set<string>();
  #seen?: Map<string, KnownOffer>;
  /** The look that has not begun to look yet, which later callers share. */
  #next?: Promise<Map<string, KnownOffer>>;
  #running: Promise<unknown> = Promise.resolve();
  /** Told what differs from the look before. */
  changed: (change: OffersChange) => void = () => {};

  constructor(options: OfferReaderOptions) {
    this.#options = options;
  }

  /** All there are now, sorted by name. One looks at a time, so that no older answer is the later one. */
  look(): Promise<Map<string, KnownOffer>> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.#look();
    });
    this.#running = this.#next.catch(() => {});
    return this.#next;
  }

  async #look(): Promise<Map<string, KnownOffer>> {
    const embedded = await (this.#embedded ??= this.#readEmbedded());
    this.#files = await this.#readFiles();
    const all = [...embedded, ...this.#files].sort(([a], [b]) => a < b ? -1 : 1);
    const now = new Map(all.map(([name]) => [name, this.#pick(name, embedded)]));
    const change = this.#seen ? differences(this.#seen, now) : [];
    this.#seen = now;
    if (change.length > 0) this.changed(change);
    return now;
  }

  #pick(name: string, embedded: Map<string, KnownOffer>): KnownOffer {
    return this.#files.get(name) ?? embedded.get(name)!;
  }

  async #readEmbedded(): Promise<Map<string, KnownOffer>> {
    const table = this.#options.embedded ?? offered;
    const read = async ([name, load]: [string, () => Promise<{ default: string }>]) =>
      [name, { mark: "", offer: parseOffer(name, (await load()).default) }] as const;
    return new Map(await Promise.all([...table].map(read)));
  }

  async #readFiles(): Promise<Map<string, KnownOffer>> {
    const { folder, reserved = () => false } = this.#options;
    const files = folder === undefined ? [] : await listUserFiles(
      folder,
      (file, why) => this.#leaveOut(file, why),
    );
    const found = new Map<string, KnownOffer>();
    for (const file of files.filter(({ name }) => !reserved(name))) {
      const before = this.#files.get(file.name);
      const known = before?.mark === file.mark ? before : await this.#readFile(file);
      if (known) found.set(file.name, known);
    }
    return found;
  }

  #leaveOut(file: string, why: string): void {
    if (this.#leftOut.has(file) || this.#leftOut.size >= MOST_FILES) return;
    this.#leftOut.add(file);
    this.#warn(unusable(file, why));
  }

  #warn(error: unknown): void {
    this.#options.warn?.(`${messageOf(error)} (in ${this.#options.folder})`);
  }

  async #readFile({ name, path, modified, mark }: UserFile): Promise<KnownOffer | undefined> {
    try {
      // Whoever asks need not learn where the user's folders are.
      const text = await readUserFile(path, `${name}.md`);
      if (text === undefined) return;
      return { mark, offer: { ...parseFile(name, text), modified } };
    } catch (error) {
      this.#warn(error);
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

function differences(
  before: Map<string, KnownOffer>,
  after: Map<string, KnownOffer>,
): OffersChange {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).map((name) => ({
    before: offersIn(before, name),
    after: offersIn(after, name),
  })).filter((change) => change.before !== change.after);
}

function offersIn(known: Map<string, KnownOffer>, name: string): Offer | undefined {
  const found = known.get(name);
  return found && "offer" in found ? found.offer : undefined;
}
