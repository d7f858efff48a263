import type { LogLevel } from "../tools/tool.ts";

export type Log = (level: LogLevel, message: string) => void;

/** From the most talkative to the least. */
export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const satisfies LogLevel[];

/** A log of the messages at or above `level`; `write` gets each without a newline. */
export function createLog(level: LogLevel, write: (text: string) => void): Log {
  const least = LOG_LEVELS.indexOf(level);
  return (level, message) => {
    if (LOG_LEVELS.indexOf(level) >= least) write(`devmcp: ${level}: ${message}`);
  };
}
