import type { RequestId } from "@modelcontextprotocol/server";
import type { Access } from "../authenticate.ts";
import { LOCAL, type Principal } from "../caller.ts";
import type { Exchanges } from "./exchanges.ts";
import type { Incoming } from "./incoming.ts";
import { tooManyStreams } from "./refusals.ts";

export interface OpenStreamsOptions {
  exchanges: Exchanges;
  access?: Access;
  /** Of one key; who needs none may have as many as connections. */
  maxPerClient: number;
}

export interface StreamOptions {
  /** Of the request that opens it. @default null */
  id?: RequestId | null;
  /** Called when the client leaves it. */
  onLeft?(): void;
  /** Called when it has ended, however it did. */
  onEnd?(): void;
}

/** How often the keys of open streams are looked at. */
const KEY_CHECK_MS = 1000;

/** The streams that stay open until somebody ends them; each client may have so many. */
export class OpenStreams {
  readonly #perClient = new Map<string, number>();
  readonly #options: OpenStreamsOptions;

  constructor(options: OpenStreamsOptions) {
    this.#options = options;
  }

  /** Answers with the stream that `open` gives, or with 429. */
  async answer(
    { principal, peer }: Incoming,
    { id = null, onLeft, onEnd }: StreamOptions,
    open: () => Promise<Response>,
  ): Promise<Response> {
    const { exchanges, maxPerClient } = this.#options;
    const count = this.#perClient.get(principal.id) ?? 0;
    if (count >= maxPerClient && principal !== LOCAL) {
      onEnd?.();
      return tooManyStreams(id);
    }
    this.#perClient.set(principal.id, count + 1);
    const stopChecks = this.#checkKey(principal, peer.drop);
    const end = () => {
      stopChecks();
      this.#countDown(principal.id);
      onEnd?.();
    };
    return await exchanges.answer({ id, peer, isEndless: true, onEnd: end, onLeft }, open());
  }

  /** A stream outlives the check of its request: it ends with the key. */
  #checkKey(principal: Principal, drop: () => void): () => void {
    const { access } = this.#options;
    if (!access || principal === LOCAL) return () => {};
    const timer = setInterval(() => access.isGood(principal) || drop(), KEY_CHECK_MS);
    return () => clearInterval(timer);
  }

  #countDown(client: string): void {
    const left = this.#perClient.get(client)! - 1;
    if (left > 0) this.#perClient.set(client, left);
    else this.#perClient.delete(client);
  }
}
