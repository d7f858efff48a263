import type { Principal } from "./caller.ts";
import type { Lane } from "./limits/lane_of.ts";

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

/** Lets so many calls of each lane run at once and so many wait; the rest is refused. */
export interface CallGate {
  /** The lane of a call of a tool, whether there is one of that name or not. */
  laneOf(name: string, args?: Record<string, unknown>): Lane;
  /** Whether a call of this principal would be refused now; nothing is taken. @default "quick" */
  refusal(principal: Principal, lane?: Lane): BusyError | undefined;
  /** Counts a call that is over already, as {@link run} would; see {@link refusal} before. */
  count(principal: Principal): void;
  /**
   * Runs `work` when it is its turn.
   * @param lane defaults to `quick`
   * @throws {BusyError} at once where it cannot wait either; later where it gives way to a
   * principal that has fewer waiting
   * @throws the reason of `signal` when aborted while it waits
   */
  run<T>(
    principal: Principal,
    signal: AbortSignal,
    work: () => Promise<T>,
    lane?: Lane,
  ): Promise<T>;
}
