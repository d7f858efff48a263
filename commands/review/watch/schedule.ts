/** When a watch runs. */
export interface Schedule {
  /** Starts the first run. */
  begin(): void;
  /** Something has changed, in so many places. */
  changed(count: number): void;
  /** Ends the run under way, and begins no other. */
  stop(): void;
  /** Settles when a run fails. */
  readonly failed: Promise<never>;
}

/** The clock and its timers, in milliseconds. */
export interface Timers {
  now(): number;
  /** @returns what takes it back */
  after(ms: number, work: () => void): () => void;
}

/** What is saved at once comes in several steps: so long has to be quiet. */
const QUIET_MS = 25;
/** As long as few change; many come from a program that may take its breath. */
const FEW = 10;
const QUIET_AFTER_MANY_MS = 100;
/** Where it never is quiet. */
const LONGEST_MS = 2000;

/**
 * Runs once, and again after changes: soon after the last of those that come together. Never two at
 * once; the last run begins after the last change. A run under way is given up when something
 * changes, but not two in a row, so that there is an end to it.
 *
 * @param run ends soon when its signal is aborted, without an error
 */
export function createSchedule(
  run: (signal: AbortSignal) => Promise<void>,
  timers: Timers = REAL_TIMERS,
): Schedule {
  return new RunSchedule(run, timers);
}

const REAL_TIMERS: Timers = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

class RunSchedule implements Schedule {
  readonly #run: (signal: AbortSignal) => Promise<void>;
  readonly #timers: Timers;
  readonly #failure = Promise.withResolvers<never>();
  readonly failed = this.#failure.promise;
  #changes = 0;
  #firstAt = 0;
  #lastAt = 0;
  #disarm = () => {};
  #running?: AbortController;
  #isSpared = false;
  #isStopped = false;

  constructor(run: (signal: AbortSignal) => Promise<void>, timers: Timers) {
    this.#run = run;
    this.#timers = timers;
  }

  begin(): void {
    void this.#start();
  }

  changed(count: number): void {
    if (this.#isStopped || count <= 0) return;
    this.#lastAt = this.#timers.now();
    if (this.#changes === 0) this.#firstAt = this.#lastAt;
    this.#changes += count;
    if (!this.#running) this.#arm();
    else if (!this.#isSpared) this.#running.abort();
  }

  stop(): void {
    this.#isStopped = true;
    this.#disarm();
    this.#running?.abort();
  }

  #arm(): void {
    this.#disarm();
    const quiet = this.#changes > FEW ? QUIET_AFTER_MANY_MS : QUIET_MS;
    const due = Math.min(this.#lastAt + quiet, this.#firstAt + LONGEST_MS);
    this.#disarm = this.#timers.after(Math.max(0, due - this.#timers.now()), this.begin.bind(this));
  }

  async #start(): Promise<void> {
    if (this.#isStopped || this.#running) return;
    this.#disarm();
    this.#changes = 0;
    const running = this.#running = new AbortController();
    try {
      await this.#run(running.signal);
    } catch (error) {
      this.stop();
      this.#failure.reject(error);
    }
    this.#running = undefined;
    this.#isSpared = running.signal.aborted;
    if (this.#changes > 0 && !this.#isStopped) this.#arm();
  }
}
