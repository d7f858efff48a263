import type { Contents } from "./resources/provider.ts";
import { formatResourceUri } from "./resources/resource_uri.ts";

export interface ResultLimits {
  /** In the list of one client. @default 50 */
  results?: number;
  /** Of all clients. @default 1000 */
  total?: number;
  /** Bytes of all. @default 16 MiB */
  bytes?: number;
  /** Bytes of one. @default 1 MiB */
  bytesOfOne?: number;
}

const MEBIBYTE = 1024 * 1024;

/** A result that is kept. */
export interface Result {
  tool: string;
  text: string;
  mimeType: string;
  size: number;
  at: Date;
  /** Later ones have higher numbers. */
  number: number;
  /** Whose requests may read it. */
  principal: string;
  /** Whose list it is in; undefined: nobody's. */
  owner?: string;
}

/** The results that are kept, in the order of use, so that the first is the one to go. */
export class KeptResults {
  readonly #results = new Map<string, Result>();
  /** Those of each list, in the same order. */
  readonly #lists = new Map<string, Set<string>>();
  readonly #limits: Required<ResultLimits>;
  #bytes = 0;
  #number = 0;

  constructor(limits: ResultLimits) {
    const { results = 50, total = 1000, bytes = 16 * MEBIBYTE, bytesOfOne = MEBIBYTE } = limits;
    this.#limits = { results, total, bytes, bytesOfOne };
  }

  add(given: Omit<Result, "number">): string | undefined {
    const result = { ...given, number: this.#number++ };
    if (result.size > Math.min(this.#limits.bytesOfOne, this.#limits.bytes)) return;
    const id = crypto.getRandomValues(new Uint8Array(16)).toHex();
    this.#results.set(id, result);
    this.#bytes += result.size;
    if (result.owner !== undefined) this.#list(result.owner, id);
    this.#trim();
    return id;
  }

  /** One client that calls much takes nothing from the others. */
  #list(owner: string, id: string): void {
    const own = this.#lists.get(owner) ?? new Set();
    this.#lists.set(owner, own.add(id));
    const [first] = own;
    if (own.size > this.#limits.results) this.#delete(first!);
  }

  #trim(): void {
    for (const [id] of this.#results) {
      if (this.#results.size <= this.#limits.total && this.#bytes <= this.#limits.bytes) return;
      this.#delete(id);
    }
  }

  #delete(id: string): void {
    const { size, owner = "" } = this.#results.get(id)!;
    this.#bytes -= size;
    this.#results.delete(id);
    const own = this.#lists.get(owner);
    own?.delete(id);
    if (own?.size === 0) this.#lists.delete(owner);
  }

  /** The newest first. */
  of(owner: string | undefined): [string, Result][] {
    const own = [...this.#lists.get(owner ?? "") ?? []];
    return own.map((id): [string, Result] => [id, this.#results.get(id)!])
      .sort(([, a], [, b]) => b.number - a.number);
  }

  read(id: string, principal: string): Contents | undefined {
    const result = this.#results.get(id);
    if (result?.principal !== principal) return;
    this.#results.delete(id);
    this.#results.set(id, result);
    const own = this.#lists.get(result.owner ?? "");
    if (own?.delete(id)) own.add(id);
    return [{ uri: resultUri(id), mimeType: result.mimeType, text: result.text }];
  }
}

export function resultUri(id: string): string {
  return formatResourceUri({ scheme: "results", name: id });
}
