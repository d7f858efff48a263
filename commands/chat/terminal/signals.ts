/** What is done when the process is told to go or comes back. */
export interface SignalActions {
  /** Ctrl-C where it comes as a signal. */
  interrupt(): void;
  /** SIGTERM, SIGHUP: the exit code that shells expect. */
  end(code: number): void;
  /** After a stop. */
  wake(): void;
}

const IS_UNIX = Deno.build.os !== "windows";

/** Listens to the signals of a terminal; returns how to stop that. */
export function onSignals({ interrupt, end, wake }: SignalActions): () => void {
  const listeners: [Deno.Signal, () => void][] = [["SIGINT", interrupt]];
  if (IS_UNIX) {
    listeners.push(["SIGTERM", () => end(143)], ["SIGHUP", () => end(129)], ["SIGCONT", wake]);
  }
  for (const [signal, listener] of listeners) Deno.addSignalListener(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) Deno.removeSignalListener(signal, listener);
  };
}

/**
 * Stops the whole job, as Ctrl-Z does, until the shell wakes it.
 *
 * @param onWake is told whom to call then
 */
export function stopJob(onWake: (tell: () => void) => void): Promise<void> {
  if (!IS_UNIX) return Promise.resolve();
  return new Promise((resolve) => {
    onWake(resolve);
    Deno.kill(0, "SIGTSTP");
  });
}
