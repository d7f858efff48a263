import { inOrder } from "./in_order.ts";
import { keepDeadlines } from "./job_deadline.ts";
import { type Answer, type Crew, startWorker, stopSwitch } from "./pool_worker.ts";

export { serveJobs } from "./pool_worker.ts";

/** Workers that do jobs side by side. */
export interface Pool<Job, Result> {
  /**
   * Does the jobs and gives their results in the order of the jobs. Jobs are taken from their
   * source only as room allows, so neither waiting jobs nor finished results pile up.
   *
   * @throws what the source throws, the reason of an abort, and the failure of a job when the pool
   * has no `failed`
   */
  run(jobs: AsyncIterable<Job> | Iterable<Job>): AsyncGenerator<Result>;
  /** Ends the workers; a job that has begun may finish first, for at most half a second. */
  close(): Promise<void>;
}

export interface PoolOptions<Job, Result> {
  /** Workers at most; they start when there is work for them. */
  size: number;
  /** The module that calls `serveJobs`. */
  workerUrl: URL;
  /** Given to every worker's handler. */
  init?: unknown;
  signal?: AbortSignal;
  /** The result of a job whose handler threw or whose worker died. Without it, `run` throws. */
  failed?(job: Job, error: Error): Result;
  /** What a job may compute, in milliseconds, before its worker is ended. @default no limit */
  deadlineMs?(job: Job): number;
}

interface Task<Job, Result> {
  job: Job;
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

/** Jobs with a worker at a time: it goes on with the second while the first one's result travels. */
const JOBS_PER_WORKER = 3;
/** Jobs under way per worker: the others go on while the result to give next is a slow one. */
const WINDOW_PER_WORKER = 32;
/** What a job that has begun, and may be writing a file, gets before its worker is ended. */
const GRACE_MS = 500;

/** The processors this process may use: cgroups and affinity are respected. At least 1. */
export function availableCores(): number {
  return Math.max(1, navigator.hardwareConcurrency);
}

/** Makes a pool; no worker starts before there is a job for it. */
export function createPool<Job, Result>(options: PoolOptions<Job, Result>): Pool<Job, Result> {
  return new WorkerPool(options);
}

class WorkerPool<Job, Result> implements Pool<Job, Result> {
  readonly #options: PoolOptions<Job, Result>;
  readonly #size: number;
  readonly #waiting: Task<Job, Result>[] = [];
  readonly #crews = new Set<Crew<Task<Job, Result>>>();
  readonly #stop = stopSwitch();
  readonly #onAbort = () => void this.close();
  #closing?: Promise<void>;
  #endDeadlines?: () => void;

  constructor(options: PoolOptions<Job, Result>) {
    this.#options = options;
    this.#size = Math.max(1, options.size);
    options.signal?.addEventListener("abort", this.#onAbort);
    if (options.signal?.aborted) this.close();
  }

  async *run(jobs: AsyncIterable<Job> | Iterable<Job>): AsyncGenerator<Result> {
    try {
      yield* inOrder(jobs, (job) => this.#submit(job), this.#size * WINDOW_PER_WORKER);
    } finally {
      if (this.#options.signal?.aborted) await this.close();
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#options.signal?.removeEventListener("abort", this.#onAbort);
    this.#stop.press();
    this.#endDeadlines?.();
    for (const task of this.#waiting.splice(0)) task.reject(this.#closedReason());
    await Promise.all([...this.#crews].map((crew) => crew.end(GRACE_MS)));
  }

  #submit(job: Job): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    promise.catch(() => {}); // Its turn to be looked at may come later, or never.
    if (this.#closing) reject(this.#closedReason());
    else {
      this.#waiting.push({ job, resolve, reject });
      this.#dispatch();
    }
    return promise;
  }

  #dispatch(): void {
    for (let task = this.#waiting[0]; task; task = this.#waiting[0]) {
      const crew = this.#freest();
      if (!crew) return;
      this.#waiting.shift();
      crew.assign(task);
    }
  }

  #freest(): Crew<Task<Job, Result>> | undefined {
    const [crew] = [...this.#crews].sort((a, b) => a.tasks.length - b.tasks.length);
    if (crew?.tasks.length === 0) return crew;
    if (this.#crews.size < this.#size) return this.#hire();
    return crew && crew.tasks.length < JOBS_PER_WORKER ? crew : undefined;
  }

  #hire(): Crew<Task<Job, Result>> {
    const crew: Crew<Task<Job, Result>> = startWorker(this.#options.workerUrl, {
      init: this.#options.init,
      stop: this.#stop,
      onAnswer: (task, answer) => {
        this.#settle(task, answer as Answer<Result>);
        this.#dispatch();
      },
      onEnd: (error, started) => this.#bury(crew, error, started),
    });
    this.#crews.add(crew);
    const { deadlineMs } = this.#options;
    if (deadlineMs) {
      this.#endDeadlines ??= keepDeadlines(this.#crews, ({ job }) => deadlineMs(job));
    }
    return crew;
  }

  #settle(task: Task<Job, Result>, answer: Answer<Result>): void {
    if ("result" in answer) task.resolve(answer.result);
    else if ("error" in answer) this.#fail(task, answer.error);
    else task.reject(this.#closedReason());
  }

  #fail(task: Task<Job, Result>, error: Error): void {
    const { failed } = this.#options;
    if (failed) task.resolve(failed(task.job, error));
    else task.reject(error);
  }

  /** The job it had fails, those behind it get another worker; one that cannot start ends all. */
  #bury(crew: Crew<Task<Job, Result>>, error: Error | undefined, started: boolean): void {
    this.#crews.delete(crew);
    const culprit = error && crew.tasks.shift();
    this.#waiting.unshift(...crew.tasks.splice(0));
    if (this.#closing || !started) {
      const reason = this.#closing ? this.#closedReason() : error;
      for (const task of [culprit, ...this.#waiting.splice(0)]) task?.reject(reason);
    } else {
      if (error && culprit) this.#fail(culprit, error);
      this.#dispatch();
    }
  }

  #closedReason(): unknown {
    const { signal } = this.#options;
    return signal?.aborted ? signal.reason : new Error("The pool is closed");
  }
}
