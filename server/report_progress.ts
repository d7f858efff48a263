import type { Progress, ProgressToken } from "@modelcontextprotocol/server";

/** Between two notifications of one call, in milliseconds. */
const INTERVAL_MS = 100;

export type Report = (done: number, total: number, message?: string) => void;

/**
 * Turns a tool's progress into notifications: only for a caller that gave a token, always rising
 * as the protocol wants it, and not more than ten a second.
 */
export function createReport(
  token: ProgressToken | undefined,
  notify: (params: Progress & { progressToken: ProgressToken }) => void,
  { above = -Infinity, now = () => performance.now() }: {
    /** What was told last for the same call. @default nothing yet */
    above?: number;
    now?(): number;
  } = {},
): Report {
  if (token === undefined) return () => {};
  let last = { done: above, at: -Infinity };
  return (done, total, message) => {
    const soon = now() - last.at < INTERVAL_MS && done < total;
    if (soon || done <= last.done) return;
    last = { done, at: now() };
    notify({ progressToken: token, progress: done, total, ...(message ? { message } : {}) });
  };
}
