import { BusyError } from "../call_gate.ts";
import { FairQueue } from "./fair_queue.ts";

export interface CallLaneOptions {
  /** Calls that run at once. */
  concurrent: number;
  /** Calls that wait. */
  queued: number;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

interface Waiting {
  start(): void;
  refuse(error: BusyError): void;
}

/** How much the last call counts in the mean. */
const WEIGHT = 0.2;
const MOST_RETRY_SECONDS = 60;

/**
 * So many calls at once; the others wait, each principal's in their order, the principals in turn.
 * Where no more may wait, who has most waiting gives way to who has fewer.
 */
export class CallLane {
  readonly #options: CallLaneOptions;
  readonly #waiting = new FairQueue<Waiting>();
  #running = 0;
  #meanMs = 1000;

  constructor(options: CallLaneOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** Whether a call would be refused now. */
  refusal(key: string): BusyError | undefined {
    if (this.#running < this.#options.concurrent) return;
    if (this.#waiting.size < this.#options.queued) return;
    if (this.#waiting.displacedBy(key)) return;
    return this.#tooMany();
  }

  /**
   * @throws {BusyError} at once where it can neither run nor wait, and later where it gives way
   * @throws the reason of `signal` when aborted while it waits
   */
  async run<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const refusal = this.refusal(key);
    if (refusal) throw refusal;
    if (this.#running < this.#options.concurrent) this.#running++;
    else await this.#turn(key, signal);
    const started = this.#options.now();
    try {
      return await work();
    } finally {
      this.#note(this.#options.now() - started);
      this.#pass();
    }
  }

  /** Resolves with a slot taken. */
  async #turn(key: string, signal: AbortSignal): Promise<void> {
    this.#makeRoom(key);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting = { start: resolve, refuse: reject };
    const leave = () => {
      if (this.#waiting.remove(key, waiting)) reject(signal.reason);
    };
    this.#waiting.push(key, waiting);
    signal.addEventListener("abort", leave, { once: true });
    await promise.finally(() => signal.removeEventListener("abort", leave));
  }

  #makeRoom(key: string): void {
    if (this.#waiting.size < this.#options.queued) return;
    const displaced = this.#waiting.displacedBy(key)!;
    this.#waiting.remove(displaced.key, displaced.item);
    displaced.item.refuse(this.#tooMany());
  }

  /** Gives the slot on, or back. */
  #pass(): void {
    const next = this.#waiting.shift();
    if (next) next.start();
    else this.#running--;
  }

  #note(ms: number): void {
    this.#meanMs += WEIGHT * (ms - this.#meanMs);
  }

  #tooMany(): BusyError {
    const turns = (this.#waiting.size + 1) / this.#options.concurrent;
    const seconds = Math.ceil(turns * this.#meanMs / 1000);
    return new BusyError(
      `Cannot take the call: ${this.#running} are running and ${this.#waiting.size} waiting`,
      "busy",
      Math.min(Math.max(seconds, 1), MOST_RETRY_SECONDS),
    );
  }
}
