import { BudgetError } from "./turn_state.ts";

/** Tells devmcp's own time from what a turn waits for, and ends a turn that takes too long. */
export interface TurnClock {
  /** Aborted, with a {@link BudgetError}, when the time is over. */
  signal: AbortSignal;
  /** Counts waiting; what is waited for at the same time counts once. */
  waitFor<T>(work: () => Promise<T>): Promise<T>;
  /** The same, and the turn's time stands still meanwhile. */
  waitForPerson<T>(work: () => Promise<T>): Promise<T>;
  /** Until now; milliseconds. */
  times(): { totalMs: number; waitedMs: number };
  /** That the person was waited for until now; milliseconds. */
  pausedMs(): number;
  stop(): void;
}

/** @param turnMs that the turn may take, waiting for the person not included */
export function startTurnClock(turnMs: number): TurnClock {
  const started = performance.now();
  const over = new AbortController();
  const waits = countTime();
  const pauses = countTime();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const arm = () => {
    const spent = performance.now() - started - pauses.total();
    timer = setTimeout(() => over.abort(outOfTime(turnMs)), Math.max(0, turnMs - spent));
  };
  arm();
  return {
    signal: over.signal,
    waitFor: (work) => waits.during(work),
    waitForPerson: (work) => {
      clearTimeout(timer);
      return waits.during(() => pauses.during(work)).finally(() => {
        clearTimeout(timer);
        if (!pauses.isRunning()) arm();
      });
    },
    times: () => ({
      totalMs: Math.round(performance.now() - started),
      waitedMs: Math.round(waits.total()),
    }),
    pausedMs: () => pauses.total(),
    stop: () => clearTimeout(timer),
  };
}

function outOfTime(turnMs: number): BudgetError {
  const seconds = Math.round(turnMs / 1000);
  return new BudgetError(`Stopped: the turn took longer than ${seconds} s (agent.turn_seconds)`);
}

/** The time in which at least one work was going on. */
function countTime() {
  let count = 0, since = 0, sum = 0;
  return {
    isRunning: () => count > 0,
    total: () => sum + (count > 0 ? performance.now() - since : 0),
    async during<T>(work: () => Promise<T>): Promise<T> {
      if (count++ === 0) since = performance.now();
      try {
        return await work();
      } finally {
        if (--count === 0) sum += performance.now() - since;
      }
    },
  };
}
