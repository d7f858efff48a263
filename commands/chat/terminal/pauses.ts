import { setTimeout as wait } from "node:timers/promises";

/** Who has not typed for this long is reading, or thinking. */
const PAUSE_MS = 700;

/** Tells when nobody types. */
export interface Pauses {
  typed(): void;
  /** Resolves in the next pause, which may be now. @throws the reason of `signal` */
  idle(signal: AbortSignal): Promise<void>;
}

/** @param now milliseconds of a steady clock */
export function createPauses(now: () => number = () => performance.now()): Pauses {
  let typedAt = -Infinity;
  return {
    typed: () => void (typedAt = now()),
    async idle(signal) {
      for (let left; (left = typedAt + PAUSE_MS - now()) > 0;) {
        await wait(left, undefined, { signal });
      }
    },
  };
}
