import {
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from "@modelcontextprotocol/client";
import { boundedFetch } from "./bounded_fetch.ts";
import { FloodGuard } from "./flood_guard.ts";
import type { Fetch } from "./oauth_context.ts";

export interface HttpTransportOptions {
  /** Sent with each request. */
  headers?: Record<string, string>;
  /** That of a login where there is one. @default the runtime's own */
  fetch?: Fetch;
  /** Whether it is the older transport, of HTTP with SSE. */
  sse?: boolean;
}

/**
 * An MCP connection over HTTP. Messages are bounded; redirects never leave the server's origin. The
 * SDK's own OAuth is not used: it writes to the console, sends `headers` to authorization servers too,
 * and believes any address.
 */
export function createHttpTransport(
  url: URL,
  { headers, fetch, sse }: HttpTransportOptions = {},
): Transport {
  const options = { requestInit: { headers }, fetch: boundedFetch(fetch) };
  const transport = sse
    ? new SSEClientTransport(url, options)
    : new StreamableHTTPClientTransport(url, options);
  return guardFlood(transport as Transport);
}

/** Ends a connection over which comes too much that nobody asked for. */
function guardFlood(transport: Transport): Transport {
  const flood = new FloodGuard();
  let receive: Transport["onmessage"];
  Object.defineProperty(transport, "onmessage", {
    get: () =>
      receive && ((...[message, extra]: Parameters<NonNullable<typeof receive>>) => {
        if (!("method" in message) || flood.take()) return receive?.(message, extra);
        transport.onerror?.(new Error("it floods: it sent too much that nobody asked for"));
        void transport.close().catch(() => {});
      }),
    set: (handler) => receive = handler,
  });
  return transport;
}
