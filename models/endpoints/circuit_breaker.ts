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
  return new Breaker(options);
}

class Breaker implements CircuitBreaker {
  readonly #options: Required<CircuitBreakerOptions>;
  #failures = 0;
  #openings = 0;
  #dueAt = 0;
  #probe?: BreakerCall;

  constructor(options: CircuitBreakerOptions) {
    this.#options = { failures: 2, coolDownMs: 1000, maxCoolDownMs: 60_000, ...options };
  }

  get dueAt(): number {
    return this.#dueAt;
  }

  state(): ReturnType<CircuitBreaker["state"]> {
    if (this.#openings === 0) return "closed";
    return this.#probe || this.#options.now() < this.#dueAt ? "open" : "half-open";
  }

  enter(): BreakerCall {
    let ended = false;
    const end = (learn: (wasProbe: boolean) => void) => {
      if (ended) return;
      ended = true;
      const wasProbe = this.#probe === call;
      if (wasProbe) this.#probe = undefined;
      learn(wasProbe);
    };
    const call = {
      succeed: () => end(() => this.#close()),
      fail: (costMs: number) => end((wasProbe) => this.#countFailure(costMs, wasProbe)),
      release: () => end(() => {}),
    };
    if (this.state() === "half-open") this.#probe = call;
    return call;
  }

  #countFailure(costMs: number, wasProbe: boolean): void {
    this.#failures++;
    const { failures, coolDownMs } = this.#options;
    const opens = this.#openings === 0 && (this.#failures >= failures || costMs >= coolDownMs);
    if (wasProbe || opens) this.#open(costMs);
  }

  #open(costMs: number): void {
    const { now, coolDownMs, maxCoolDownMs } = this.#options;
    const grown = coolDownMs * 2 ** Math.min(this.#openings, 30);
    this.#openings++;
    this.#dueAt = now() + Math.max(Math.min(grown, maxCoolDownMs), costMs);
  }

  #close(): void {
    this.#failures = this.#openings = this.#dueAt = 0;
  }
}
