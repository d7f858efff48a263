/** Ends a call that takes too long. Time in which the person is asked does not count. */
export interface CallClock {
  /** Aborted with a message for the person when the time is over. */
  readonly signal: AbortSignal;
  /** The server tells of progress: the time without any begins anew. */
  touch(): void;
  pause(): void;
  resume(): void;
  stop(): void;
}

export interface ClockOptions {
  /** Without progress. */
  idleMs: number;
  /** In all. */
  totalMs: number;
}

/** Starts the clock of a call. */
export function startCallClock({ idleMs, totalMs }: ClockOptions): CallClock {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let left = totalMs;
  let since = 0;
  const start = () => {
    since = performance.now();
    const wait = Math.min(idleMs, left);
    timer = setTimeout(
      () => controller.abort(new Error(lateMessage(wait < idleMs, idleMs, totalMs))),
      wait,
    );
  };
  const halt = () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    left = Math.max(0, left - (performance.now() - since));
  };
  start();
  return {
    signal: controller.signal,
    touch() {
      if (timer === undefined) return;
      halt();
      start();
    },
    pause: halt,
    resume() {
      if (timer === undefined) start();
    },
    stop: halt,
  };
}

function lateMessage(isTotal: boolean, idleMs: number, totalMs: number): string {
  return isTotal
    ? `it took more than ${totalMs / 1000} s`
    : `it took more than ${idleMs / 1000} s and told of no progress`;
}
