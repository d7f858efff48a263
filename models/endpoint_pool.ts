import type { ChatModel, ChatReply, ChatRequest } from "./chat_model.ts";
import { type CircuitBreaker, createCircuitBreaker } from "./circuit_breaker.ts";
import { ModelError } from "./model_error.ts";
import { oneLine } from "./one_line.ts";
import { shareCorrection } from "./token_estimate.ts";

export interface EndpointPoolOptions {
  /** Of one request, all attempts together. */
  timeoutMs: number;
  /** Milliseconds of a steady clock. @default performance.now */
  now?(): number;
}

/** An endpoint and how it does. */
interface Seat {
  model: ChatModel;
  /** Calls under way. */
  busy: number;
  breaker: CircuitBreaker;
}

/**
 * Several endpoints as one model. A request goes to the least busy one that works, and on to the next
 * when that one is at fault or says nothing for its share of the time; one that failed lately is asked
 * only when no other is left, or when its cool-down is over. Each is asked once a request at most.
 *
 * A reply of which the caller has seen a part (`onToken`) is not taken over by another endpoint, as the
 * caller would see two beginnings, unless it can start over (`onRestart`).
 */
export function createEndpointPool(
  models: readonly [ChatModel, ...ChatModel[]],
  { timeoutMs, now = () => performance.now() }: EndpointPoolOptions,
): ChatModel {
  // An endpoint that used up its share of the time is at once left alone.
  const coolDownMs = Math.min(1000, timeoutMs / (2 * models.length));
  const seats = models.map((model): Seat => ({
    model,
    busy: 0,
    breaker: createCircuitBreaker({ now, coolDownMs }),
  }));
  const { model, endpoint, kind, profile } = models[0];
  const pool: ChatModel = {
    model,
    endpoint,
    kind,
    profile,
    contextTokens: Math.min(...models.map(({ contextTokens }) => contextTokens)),
    chat: (request) => askInTurn(seats, request, now() + timeoutMs, now),
  };
  shareCorrection(models[0], pool);
  return pool;
}

async function askInTurn(
  seats: readonly Seat[],
  request: ChatRequest,
  endsAt: number,
  now: () => number,
): Promise<ChatReply> {
  const left = new Set(seats);
  const failures: ModelError[] = [];
  while (left.size > 0) {
    request.signal?.throwIfAborted();
    const seat = takeBest(left);
    const attempt = await ask(seat, request, {
      restMs: endsAt - now(),
      shareMs: (endsAt - now()) / (left.size + 1),
      now,
    });
    if ("reply" in attempt) return attempt.reply;
    failures.push(attempt.failure);
    if (endsAt - now() <= 0) break;
    if (left.size > 0 && attempt.hasSpoken) startOver(request, attempt.failure);
  }
  throw summarize(failures);
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

type Attempt = { reply: ChatReply } | { failure: ModelError; hasSpoken: boolean };

interface Limits {
  /** Until the first piece of the reply. */
  shareMs: number;
  restMs: number;
  now(): number;
}

/**
 * One call to one endpoint.
 *
 * @throws what is not the endpoint's fault: the caller's abort, a prompt that is too long
 */
async function ask(seat: Seat, request: ChatRequest, limits: Limits): Promise<Attempt> {
  const startedAt = limits.now();
  const call = startCall(seat.model, request, limits);
  const entry = seat.breaker.enter();
  seat.busy++;
  try {
    const reply = await call.reply;
    entry.succeed();
    return { reply };
  } catch (error) {
    request.signal?.throwIfAborted();
    if (!(error instanceof ModelError && error.isServerFault)) throw error;
    entry.fail(limits.now() - startedAt);
    return { failure: error, hasSpoken: call.hasSpoken() };
  } finally {
    entry.release();
    seat.busy--;
    call.end();
  }
}

/** A call that ends with the caller's abort or its limits even when the backend does not. */
function startCall(model: ChatModel, request: ChatRequest, { shareMs, restMs }: Limits) {
  const stop = new AbortController();
  const giveUp = () => stop.abort(new ModelError("timeout", silenceOf(model), { hint: SLOW_HINT }));
  const abort = () => stop.abort(request.signal?.reason);
  const silence = setTimeout(giveUp, shareMs);
  const whole = setTimeout(giveUp, restMs);
  request.signal?.addEventListener("abort", abort, { once: true });
  let spoken = false;
  const onToken = (text: string) => {
    // A backend that goes on after its end must not speak into another one's reply.
    if (stop.signal.aborted) return;
    clearTimeout(silence);
    spoken = true;
    request.onToken?.(text);
  };
  const stopped = new Promise<never>((_, reject) =>
    stop.signal.addEventListener("abort", () => reject(stop.signal.reason), { once: true })
  );
  const reply = model.chat({ ...request, signal: stop.signal, onToken });
  return {
    reply: Promise.race([reply, stopped]),
    hasSpoken: () => spoken,
    end: () => {
      clearTimeout(silence);
      clearTimeout(whole);
      request.signal?.removeEventListener("abort", abort);
      stop.abort();
    },
  };
}

const SLOW_HINT = "raise model.timeout_seconds, or use a smaller model";

function silenceOf({ model, endpoint }: ChatModel): string {
  return `Cannot get a reply of "${oneLine(model)}" at ${oneLine(endpoint)}: no answer in time`;
}

/** @throws {ModelError} the failure, when the caller has seen a part of the reply and cannot start over */
function startOver({ onToken, onRestart }: ChatRequest, failure: ModelError): void {
  if (!onToken) return;
  if (!onRestart) throw failure;
  onRestart();
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
