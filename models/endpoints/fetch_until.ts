import { setImmediate } from "node:timers";

/**
 * Fetches until `signal` is aborted, of which the runtime hears one turn of the event loop later. It
 * loses a response that comes in the same turn as the abort, and keeps its connection open: the server
 * would go on for nobody.
 */
export async function fetchUntil(
  signal: AbortSignal,
  fetch: typeof globalThis.fetch,
  url: string,
  init: RequestInit,
): Promise<Response> {
  signal.throwIfAborted();
  const delayed = new AbortController();
  const abort = () => void setImmediate(() => delayed.abort(signal.reason));
  signal.addEventListener("abort", abort, { once: true });
  return await fetch(url, { ...init, signal: delayed.signal });
}
