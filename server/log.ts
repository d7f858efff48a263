import type { LogLevel } from "../config/choices.ts";
import type { Emit } from "../config/server_events.ts";

export type Log = (level: LogLevel, message: string) => void;

/** A log whose messages are events. */
export function logTo(emit: Emit): Log {
  return (level, text) => emit({ type: "message", level, text });
}
