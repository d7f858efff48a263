import { oneLine } from "../../config/one_line.ts";
import type { ChatModel, ChatReply, ChatRequest } from "../chat_model.ts";
import type { BreakerCall, CircuitBreaker } from "./circuit_breaker.ts";
import { ModelError } from "../model_error.ts";

/** An endpoint and how it does. */
export interface Seat {
  model: ChatModel;
  /** Calls under way. */
  busy: number;
  breaker: CircuitBreaker;
}

export interface RaceOptions {
  /** Of all calls together. */
  timeoutMs: number;
  /** Milliseconds of a steady clock. */
  now(): number;
}

/**
 * Asks the best endpoint; the next one too whenever one fails, and whenever all are silent for their
 * share of the time. Who speaks first, or answers as a whole, is listened to and the others are stopped.
 * Should it break off, those left are asked, also the ones that were stopped: one call more than there
 * are endpoints at most.
 *
 * Silence alone is no fault. It is one when an endpoint asked later is quicker, else each call would
 * wait for the slow one anew, and when the time is over.
 *
 * @throws {ModelError} when no endpoint answers; of a request that none can answer, at once
 * @throws the reason of `request.signal` once that is aborted
 */
export function raceEndpoints(
  seats: readonly Seat[],
  request: ChatRequest,
  options: RaceOptions,
): Promise<ChatReply> {
  return new Race(seats, request, options).run();
}

/** A call under way. */
interface Attempt {
  seat: Seat;
  startedAt: number;
  entry: BreakerCall;
  stop: AbortController;
  hasSpoken: boolean;
}

class Race {
  readonly #request: ChatRequest;
  readonly #now: () => number;
  readonly #timeoutMs: number;
  readonly #endsAt: number;
  readonly #left: Set<Seat>;
  readonly #underWay = new Set<Attempt>();
  readonly #failures: ModelError[] = [];
  readonly #reply = Promise.withResolvers<ChatReply>();
  #callsLeft: number;
  #silence?: ReturnType<typeof setTimeout>;

  constructor(seats: readonly Seat[], request: ChatRequest, { timeoutMs, now }: RaceOptions) {
    this.#request = request;
    this.#now = now;
    this.#timeoutMs = timeoutMs;
    this.#endsAt = now() + timeoutMs;
    this.#left = new Set(seats);
    this.#callsLeft = seats.length + 1;
  }

  async run(): Promise<ChatReply> {
    const { signal } = this.#request;
    signal?.throwIfAborted();
    const abort = () => this.#reply.reject(signal!.reason);
    signal?.addEventListener("abort", abort, { once: true });
    const whole = setTimeout(() => this.#expire(), this.#timeoutMs);
    try {
      this.#askNext();
      return await this.#reply.promise;
    } finally {
      clearTimeout(whole);
      clearTimeout(this.#silence);
      signal?.removeEventListener("abort", abort);
      for (const attempt of this.#underWay) this.#drop(attempt);
    }
  }

  get #canAsk(): boolean {
    return this.#left.size > 0 && this.#callsLeft > 0;
  }

  #askNext(): void {
    clearTimeout(this.#silence);
    if (!this.#canAsk) return;
    const shareMs = (this.#endsAt - this.#now()) / (this.#left.size + 1);
    this.#silence = setTimeout(() => this.#askNext(), shareMs);
    this.#callsLeft--;
    this.#ask(this.#begin(takeBest(this.#left))).catch(this.#reply.reject);
  }

  #begin(seat: Seat): Attempt {
    seat.busy++;
    const attempt = {
      seat,
      startedAt: this.#now(),
      entry: seat.breaker.enter(),
      stop: new AbortController(),
      hasSpoken: false,
    };
    this.#underWay.add(attempt);
    return attempt;
  }

  async #ask(attempt: Attempt): Promise<void> {
    const onToken = (text: string) => this.#hear(attempt, text);
    try {
      const request = { ...this.#request, signal: attempt.stop.signal, onToken };
      this.#finish(attempt, await attempt.seat.model.chat(request));
    } catch (error) {
      this.#fail(attempt, error);
    }
  }

  /** A backend that goes on after its end must not speak into another one's reply. */
  #hear(attempt: Attempt, text: string): void {
    if (!this.#underWay.has(attempt)) return;
    attempt.hasSpoken = true;
    this.#stopOthers(attempt);
    this.#request.onToken?.(text);
  }

  #finish(attempt: Attempt, reply: ChatReply): void {
    if (!this.#underWay.has(attempt)) return;
    this.#stopOthers(attempt);
    attempt.entry.succeed();
    this.#reply.resolve(reply);
  }

  #stopOthers(winner: Attempt): void {
    clearTimeout(this.#silence);
    let wasEarlier = true;
    for (const attempt of this.#underWay) {
      if (attempt === winner) {
        wasEarlier = false;
        continue;
      }
      if (wasEarlier) this.#blame(attempt);
      this.#drop(attempt);
      this.#left.add(attempt.seat);
    }
  }

  #fail(attempt: Attempt, error: unknown): void {
    if (!this.#underWay.has(attempt)) return;
    if (!(error instanceof ModelError && error.isServerFault)) return this.#reply.reject(error);
    this.#blame(attempt);
    this.#drop(attempt);
    this.#failures.push(error);
    if (attempt.hasSpoken && this.#canAsk) startOver(this.#request, error);
    this.#askNext();
    if (this.#underWay.size === 0) this.#reply.reject(summarize(this.#failures));
  }

  /** The time is over. */
  #expire(): void {
    for (const attempt of this.#underWay) {
      this.#blame(attempt);
      this.#failures.push(tooSlow(attempt.seat.model));
    }
    this.#reply.reject(summarize(this.#failures));
  }

  #blame({ entry, startedAt }: Attempt): void {
    entry.fail(this.#now() - startedAt);
  }

  #drop(attempt: Attempt): void {
    this.#underWay.delete(attempt);
    attempt.entry.release();
    attempt.seat.busy--;
    attempt.stop.abort();
  }
}

/** Those that work by how busy they are, then the others by when they may work again. */
function takeBest(seats: Set<Seat>): Seat {
  const [best] = [...seats].map((seat) => ({ seat, merit: meritOf(seat) }))
    .sort((a, b) => a.merit[0] - b.merit[0] || a.merit[1] - b.merit[1]);
  seats.delete(best!.seat);
  return best!.seat;
}

function meritOf({ breaker, busy }: Seat): [rank: number, value: number] {
  return breaker.state() === "open" ? [1, breaker.dueAt] : [0, busy];
}

/** @throws {ModelError} the failure, when the caller has seen a part of the reply and cannot start over */
function startOver({ onToken, onRestart }: ChatRequest, failure: ModelError): void {
  if (!onToken) return;
  if (!onRestart) throw failure;
  onRestart();
}

function tooSlow({ model, endpoint }: ChatModel): ModelError {
  const message = `Cannot get a reply of "${oneLine(model)}" at ${oneLine(endpoint)}: ` +
    "no answer in time";
  return new ModelError("timeout", message, {
    hint: "raise model.timeout_seconds, or use a smaller model",
  });
}

/** All failures as one, of the last one's kind. */
function summarize(failures: ModelError[]): ModelError {
  const last = failures.at(-1)!;
  if (failures.length === 1) return last;
  const causes = [...new Set(failures.map(({ message }) => oneLine(message, 150)))].join("; ");
  return new ModelError(
    last.fault,
    `Cannot get a reply from any of ${failures.length} endpoints: ${causes}`,
    { hint: failures.find(({ hint }) => hint)?.hint, cause: last },
  );
}
