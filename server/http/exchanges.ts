import type { RequestId } from "@modelcontextprotocol/server";
import { atMost } from "../../config/at_most.ts";
import { firstChunks, type Patience } from "./first_chunks.ts";
import { isStream } from "./is_stream.ts";
import { joinBytes } from "../../config/join_bytes.ts";
import type { Peer } from "./peer.ts";
import { endedByStop, STOPPED } from "./refusals.ts";
import { type WatchedStream, watchStream } from "./watch_stream.ts";

export interface ExchangeOptions {
  /** Of the request, to answer it with an error when the server stops first. */
  id: RequestId | null;
  /** A stream that stays open until somebody ends it: nothing to wait for. */
  isEndless?: boolean;
  /** Called when the client leaves before the end of the answer. */
  onLeft?(): void;
  /** Called when the answer has ended, however it did. */
  onEnd?(): void;
  /** Whose connection ends when it takes nothing any more. */
  peer: Peer;
}

interface Exchange extends ExchangeOptions {
  stopped: PromiseWithResolvers<Response>;
  isStopped?: boolean;
  stream?: WatchedStream;
}

/** An answer that is there sooner is sent in one piece; under load, each waits for its turn. */
const SHORT: Patience = { quietMs: 100, saidMs: 5 };
const NONE: Patience = { quietMs: 0, saidMs: 0 };
const encoder = new TextEncoder();

/** The requests under way, so that a server that stops can wait for them, and leaves none unanswered. */
export class Exchanges {
  readonly #all = new Set<Exchange>();
  readonly #stallMs: number;
  #onChange?: () => void;

  constructor(stallMs: number) {
    this.#stallMs = stallMs;
  }

  /** How many there are that have an end. */
  get calls(): number {
    return [...this.#all].filter(({ isEndless }) => !isEndless).length;
  }

  /** Answers with what `work` gives, or with an error when the server stops before. */
  async answer(options: ExchangeOptions, work: Promise<Response>): Promise<Response> {
    const exchange: Exchange = { ...options, stopped: Promise.withResolvers() };
    this.#all.add(exchange);
    try {
      const response = await Promise.race([work, exchange.stopped.promise]);
      if (isStream(response)) return await this.#watch(exchange, response);
      this.#end(exchange);
      return response;
    } catch (error) {
      this.#end(exchange);
      throw error;
    }
  }

  async #watch(exchange: Exchange, response: Response): Promise<Response> {
    const start = await Promise.race([
      firstChunks(response.body!, exchange.isEndless ? NONE : SHORT),
      exchange.stopped.promise,
    ]);
    if (start instanceof Response) {
      this.#end(exchange);
      return start;
    }
    if (!start.next) {
      this.#end(exchange);
      return new Response(joinBytes(start.chunks), response);
    }
    exchange.stream = watchStream(start, {
      onEnd: (left) => {
        if (left) exchange.onLeft?.();
        this.#end(exchange);
      },
      onStall: exchange.peer.drop,
      stallMs: this.#stallMs,
    });
    if (exchange.isStopped) exchange.stream.end(encoder.encode(lastEvent(exchange)));
    return new Response(exchange.stream.body, response);
  }

  #end(exchange: Exchange): void {
    this.#all.delete(exchange);
    exchange.peer.answered();
    exchange.onEnd?.();
    this.#onChange?.();
  }

  /** Resolves when no calls are left, or after `ms`. */
  async drain(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onChange = () => {
      if (this.calls === 0) resolve();
    };
    this.#onChange();
    await atMost(ms, promise);
  }

  /** Answers all calls that are left with an error. */
  stopCalls(): void {
    for (const exchange of this.#all) if (!exchange.isEndless) stop(exchange);
  }

  /** Ends all streams that are left. */
  stopStreams(): void {
    for (const { stream } of this.#all) stream?.end();
  }
}

function stop(exchange: Exchange): void {
  exchange.isStopped = true;
  exchange.stopped.resolve(endedByStop(exchange.id));
  exchange.stream?.end(encoder.encode(lastEvent(exchange)));
}

function lastEvent({ id }: Exchange): string {
  return `event: message\ndata: ${JSON.stringify({ jsonrpc: "2.0", id, error: STOPPED })}\n\n`;
}
