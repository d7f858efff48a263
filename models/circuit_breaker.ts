/** Whether an endpoint is worth a call. */
export interface CircuitBreaker {
  /**
   * `closed`: it works. `open`: it failed a short while ago. `half-open`: the cool-down is over, one
   * call may find out whether it works again; until that call ends it is `open` for all others.
   */
  state(): "closed" | "open" | "half-open";
  /** When the cool-down ends, in the clock's milliseconds; 0 while it is closed. */
  readonly dueAt: number;
  /** A call begins; it must be ended. */
  enter(): BreakerCall;
}

/** A call under way; the first of its methods that is called counts. */
export interface BreakerCall {
  succeed(): void;
  /** The endpoint is at fault. @param costMs how long the caller waited for it */
  fail(costMs: number): void;
  /** Nothing was learnt: the caller gave up, or the request itself was refused. */
  release(): void;
}

export interface CircuitBreakerOptions {
  /** Milliseconds, of any steady clock. */
  now(): number;
  /** Failures in a row that open it; one is enough when it cost more than the cool-down. @default 2 */
  failures?: number;
  /** The first cool-down; it doubles with every probe that fails. @default 1000 */
  coolDownMs?: number;
  /** @default 60000 */
  maxCoolDownMs?: number;
}

/**
 * A circuit breaker for one endpoint: closed, open after failures in a row, half-open after a cool-down
 * that is never shorter than what the last failure cost, so that a slow endpoint cannot take most of the
 * callers' time.
 */
export function createCircuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  const { now, failures: limit = 2, coolDownMs = 1000, maxCoolDownMs = 60_000 } = options;
  let failures = 0;
  let openings = 0;
  let dueAt = 0;
  let probe: BreakerCall | undefined;

  const state = () => {
    if (openings === 0) return "closed";
    return probe || now() < dueAt ? "open" : "half-open";
  };
  const close = () => {
    failures = 0;
    openings = 0;
    dueAt = 0;
  };
  const open = (costMs: number) => {
    const grown = coolDownMs * 2 ** Math.min(openings, 30);
    openings++;
    dueAt = now() + Math.max(Math.min(grown, maxCoolDownMs), costMs);
  };
  const countFailure = (costMs: number, wasProbe: boolean) => {
    failures++;
    const opens = openings === 0 && (failures >= limit || costMs >= coolDownMs);
    if (wasProbe || opens) open(costMs);
  };
  const enter = (): BreakerCall => {
    let ended = false;
    const end = (learn: (wasProbe: boolean) => void) => {
      if (ended) return;
      ended = true;
      const wasProbe = probe === call;
      if (wasProbe) probe = undefined;
      learn(wasProbe);
    };
    const call = {
      succeed: () => end(close),
      fail: (costMs: number) => end((wasProbe) => countFailure(costMs, wasProbe)),
      release: () => end(() => {}),
    };
    if (state() === "half-open") probe = call;
    return call;
  };
  return {
    state,
    get dueAt() {
      return dueAt;
    },
    enter,
  };
}
