import type { Fetch } from "./oauth_context.ts";

/** The longest message that is read: 16 MiB. */
const MAX_BYTES = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * A fetch whose bodies are bounded: of an event stream each event, of anything else the whole. The SDK
 * would read a hostile server's answer until the memory is full.
 *
 * @param fetch @default the runtime's own
 */
export function boundedFetch(
  fetch: Fetch = globalThis.fetch,
  maxBytes = MAX_BYTES,
): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (!response.body) return response;
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
    const bounds = bound(maxBytes, isStream ? endOfEvent : () => -1);
    // Deno forgets the request's own signal once nobody holds its response any more.
    const body = response.body.pipeThrough(bounds, { signal: init?.signal ?? undefined });
    return new Response(body, response);
  };
}

/** Counts bytes, anew after each end that `findEnd` sees. */
function bound(
  maxBytes: number,
  findEnd: (chunk: Uint8Array) => number,
): TransformStream<Uint8Array, Uint8Array> {
  let counted = 0;
  return new TransformStream({
    transform(chunk, controller) {
      const end = findEnd(chunk);
      counted = end < 0 ? counted + chunk.length : chunk.length - end;
      if (counted > maxBytes) {
        controller.error(new TypeError(`a message of more than ${maxBytes / 1024 / 1024} MiB`));
      } else controller.enqueue(chunk);
    },
  });
}

/** Where the last empty line of a chunk is. One that two chunks share is missed, and the next one seen. */
function endOfEvent(chunk: Uint8Array): number {
  for (let i = chunk.lastIndexOf(NEWLINE); i > 0; i = chunk.lastIndexOf(NEWLINE, i - 1)) {
    const before = chunk[i - 1] === 0x0d ? chunk[i - 2] : chunk[i - 1];
    if (before === NEWLINE) return i;
  }
  return -1;
}
