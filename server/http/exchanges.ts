import type { RequestId } from "@modelcontextprotocol/server";
import { firstChunks } from "./first_chunks.ts";
import { joinBytes } from "./join_bytes.ts";
import { REFUSED, rpcError } from "./rpc_error.ts";
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
  /** Ends a connection that takes nothing any more. */
  drop(): void;
}

interface Exchange extends ExchangeOptions {
  stopped: PromiseWithResolvers<Response>;
  stream?: WatchedStream;
}

/** An answer that comes sooner is sent in one piece. */
const SHORT_MS = 5;
const STOPPING = "Cannot answer: the server is stopping; try again on the next one";
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
    const start = await firstChunks(response.body!, exchange.isEndless ? 0 : SHORT_MS);
    if (!start.next) {
      this.#end(exchange);
      return new Response(joinBytes(start.chunks), response);
    }
    exchange.stream = watchStream(start, {
      onEnd: (left) => {
        if (left) exchange.onLeft?.();
        this.#end(exchange);
      },
      onStall: exchange.drop,
      stallMs: this.#stallMs,
    });
    return new Response(exchange.stream.body, response);
  }

  #end(exchange: Exchange): void {
    this.#all.delete(exchange);
    exchange.onEnd?.();
    this.#onChange?.();
  }

  /** Resolves when no calls are left, or after `ms`. */
  async drain(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#onChange = () => {
      if (this.calls === 0) resolve();
    };
    this.#onChange();
    await promise;
    clearTimeout(timer);
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

function stop({ id, stream, stopped }: Exchange): void {
  if (!stream) return stopped.resolve(rpcError(503, REFUSED, STOPPING, { id, headers: LATER }));
  const error = { code: REFUSED, message: STOPPING };
  const message = JSON.stringify({ jsonrpc: "2.0", id, error });
  stream.end(encoder.encode(`event: message\ndata: ${message}\n\n`));
}

const LATER = { "retry-after": "5", connection: "close" };

function isStream({ body, headers }: Response): boolean {
  return body !== null && headers.get("content-type") === "text/event-stream";
}
