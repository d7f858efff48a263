import type { ChatModel } from "../chat_model.ts";
import { createCircuitBreaker } from "./circuit_breaker.ts";
import { raceEndpoints, type Seat } from "./endpoint_race.ts";
import { shareCorrection } from "../context/token_estimate.ts";

export interface EndpointPoolOptions {
  /** Of one request, all attempts together. */
  timeoutMs: number;
  /** Milliseconds of a steady clock. @default performance.now */
  now?(): number;
}

/**
 * Several endpoints as one model. A request goes to the least busy one that works, and to the next as
 * well when that one is at fault or says nothing for its share of the time: the first to speak is
 * listened to. One that failed lately is asked only when no other is left, or when its cool-down is over.
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
    chat: (request) => raceEndpoints(seats, request, { timeoutMs, now }),
  };
  shareCorrection(models[0], pool);
  return pool;
}
