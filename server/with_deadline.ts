import { clearTimeout, setTimeout } from "node:timers";

/** Work that took longer than it may. */
export class DeadlineError extends Error {
  override name = "DeadlineError";
  constructor(readonly seconds: number) {
    super(`Cannot go on: more than ${seconds} s`);
  }
}

/** Made when it is first asked for: most calls end before anybody needs to hear that they should. */
export interface LazySignal {
  readonly signal: AbortSignal;
}

/**
 * Runs `work` with a signal that is aborted with `signal`, or after `seconds`.
 *
 * @throws {DeadlineError} then, whatever `work` makes of its signal
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  seconds: number,
  work: (limited: LazySignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const limited = new Limited();
  const stop = (reason: unknown) => {
    limited.abort(reason);
    reject(reason);
  };
  const abort = () => stop(signal.reason);
  const timer = setTimeout(() => stop(new DeadlineError(seconds)), seconds * 1000);
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([work(limited), late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

class Limited implements LazySignal {
  #controller?: AbortController;
  #ended?: { reason: unknown };

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#ended) this.#controller.abort(this.#ended.reason);
    }
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#ended = { reason };
    this.#controller?.abort(reason);
  }
}
