import type { ModelAnswers, ToolCallOutcome } from "../../server/call_tool.ts";
import type { LogLevel } from "../../config/choices.ts";
import type { ModelEvent } from "../observed_models.ts";

/**
 * What a worker is sent: first where calls are claimed, then calls, and that the result of one is no
 * longer wanted.
 */
export type CallMessage = { claims: Claims } | { order: CallOrder } | { abort: number };

/** A call's place among the claims. */
export interface Ticket {
  slot: number;
  /** Of this call alone, above 0. */
  number: number;
}

export interface CallOrder extends Ticket {
  name: string;
  args: Record<string, unknown>;
  /** The folder that is the call's workspace. */
  root: string;
  /** Present where the client's model may be asked. */
  clientModel?: ModelAnswers;
  /** Whether calls to models are to be told. */
  observed: boolean;
}

/**
 * What a worker sends while it works, and once when it has finished; null: it was aborted. After the
 * last it begins no other: it has nothing left to make calls with.
 */
export type CallReport =
  | { progress: [done: number, total: number, message?: string] }
  | { log: [level: LogLevel, message: string] }
  | { model: ModelEvent }
  | { outcome: ToolCallOutcome | null; isLast?: boolean };

/** The numbers of the calls that nobody has claimed, seen by both threads at once. */
export type Claims = Int32Array<SharedArrayBuffer>;

export function createClaims(slots: number): Claims {
  return new Int32Array(new SharedArrayBuffer(slots * Int32Array.BYTES_PER_ELEMENT));
}

/** Who claims a call first has it: its worker, to make it, or the pool, to take it back. */
export function claim(claims: Claims, { slot, number }: Ticket): boolean {
  return Atomics.compareExchange(claims, slot, number, 0) === number;
}
