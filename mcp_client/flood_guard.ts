export interface FloodLimits {
  /** Messages at once. @default 1000 */
  burst?: number;
  /** Messages a second in the long run. @default 200 */
  perSecond?: number;
}

/**
 * Counts what a server says without being asked: log messages, changes of lists, lines that are no
 * message. A server that is well does not come near the limit.
 */
export class FloodGuard {
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #now: () => number;
  #left: number;
  #at: number;

  constructor(
    { burst = 1000, perSecond = 200 }: FloodLimits = {},
    now: () => number = performance.now.bind(performance),
  ) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#now = now;
    this.#left = burst;
    this.#at = now();
  }

  /** Whether one more is still in order. */
  take(): boolean {
    const now = this.#now();
    const gained = (now - this.#at) / 1000 * this.#perSecond;
    this.#left = Math.min(this.#burst, this.#left + gained) - 1;
    this.#at = now;
    return this.#left >= 0;
  }
}
