/** Work that took longer than it may. */
export class DeadlineError extends Error {
  override name = "DeadlineError";
  constructor(readonly seconds: number) {
    super(`Cannot go on: more than ${seconds} s`);
  }
}

/**
 * Runs `work` with a signal that is aborted with `signal`, or after `seconds`.
 *
 * @throws {DeadlineError} then, whatever `work` makes of its signal
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  seconds: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const controller = new AbortController();
  const stop = (reason: unknown) => {
    controller.abort(reason);
    reject(reason);
  };
  const abort = () => stop(signal.reason);
  const timer = setTimeout(() => stop(new DeadlineError(seconds)), seconds * 1000);
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}
