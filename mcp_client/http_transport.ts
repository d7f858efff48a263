import {
  type AuthProvider,
  type FetchLike,
  type OAuthClientProvider,
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from "@modelcontextprotocol/client";
import { boundedFetch } from "./bounded_fetch.ts";
import { FloodGuard } from "./flood_guard.ts";

export interface HttpTransportOptions {
  /** Sent with each request. */
  headers?: Record<string, string>;
  /** Gives each request its token, and gets a new one. */
  authProvider?: AuthProvider | OAuthClientProvider;
  /** @default the runtime's own */
  fetch?: FetchLike;
  /** Whether it is the older transport, of HTTP with SSE. */
  sse?: boolean;
}

/** An MCP connection over HTTP. Messages are bounded; redirects never leave the server's origin. */
export function createHttpTransport(
  url: URL,
  { headers, authProvider, fetch, sse }: HttpTransportOptions = {},
): Transport {
  const options = { authProvider, requestInit: { headers }, fetch: boundedFetch(fetch) };
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
