import type { Emit } from "../config/server_events.ts";

/** The same `emit`, with a promise of when no request is under way. */
export function countRequests(emit: Emit): { emit: Emit; settled(): Promise<void> } {
  let open = 0;
  let onNone: (() => void) | undefined;
  return {
    emit(event) {
      emit(event);
      if (event.type === "request_started") open++;
      if (event.type === "request_ended" && --open === 0) onNone?.();
    },
    settled: () => open === 0 ? Promise.resolve() : new Promise((resolve) => onNone = resolve),
  };
}
