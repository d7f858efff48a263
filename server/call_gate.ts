import type { Principal } from "./caller.ts";

/** Why a call is not taken; the client may try again after so long. */
export class BusyError extends Error {
  override name = "BusyError";
  constructor(
    message: string,
    readonly reason: "busy" | "rate",
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}

/** Lets so many calls run at once and so many wait; the rest is refused. */
export interface CallGate {
  /** Whether a call of this principal would be refused now; nothing is taken. */
  refusal(principal: Principal): BusyError | undefined;
  /**
   * Runs `work` when it is its turn.
   * @throws {BusyError} at once where it cannot wait either
   * @throws the reason of `signal` when aborted while it waits
   */
  run<T>(principal: Principal, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** Refuses all further calls, and resolves when the last has ended. */
  drain(): Promise<void>;
}
