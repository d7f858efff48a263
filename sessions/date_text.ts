import { oneLine } from "../config/one_line.ts";

/** `2026-11-20 18:31` in UTC, of a time in ISO 8601. */
export function dateText(time: string): string {
  return oneLine(time, 40).slice(0, 16).replace("T", " ");
}
