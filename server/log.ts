import type { Emit } from "../config/server_events.ts";
import type { LogLevel } from "../tools/tool.ts";

export type Log = (level: LogLevel, message: string) => void;

/** From the most talkative to the least. */
export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const satisfies LogLevel[];

/** A log whose messages are events. */
export function logTo(emit: Emit): Log {
  return (level, text) => emit({ type: "message", level, text });
}
