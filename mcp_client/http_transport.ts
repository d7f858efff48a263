import {
  SSEClientTransport,
  StreamableHTTPClientTransport,
  type Transport,
} from "@modelcontextprotocol/client";
import { boundedFetch } from "./bounded_fetch.ts";
import { FloodGuard } from "./flood_guard.ts";
import type { GuardedTransport } from "./guarded_transport.ts";
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
): GuardedTransport {
  const options = { requestInit: { headers }, fetch: boundedFetch(fetch) };
  const transport = sse
    ? new SSEClientTransport(url, options)
    : new StreamableHTTPClientTransport(url, options);
  return guardFlood(transport as Transport);
}

/** Ends a connection over which comes too much that nobody asked for. */
function guardFlood(transport: Transport): GuardedTransport {
  const flood = new FloodGuard();
  let receive: Transport["onmessage"];
  let problem: string | undefined;
  const end = () => {
    problem = "it floods: it sent too much that nobody asked for";
    void transport.close().catch(() => {});
  };
  const guarded: NonNullable<typeof receive> = (message, extra) => {
    if (problem !== undefined) return;
    if (!("method" in message) || flood.take()) receive?.(message, extra);
    else end();
  };
  return Object.defineProperties(transport, {
    problem: { get: () => problem },
    onmessage: { get: () => receive && guarded, set: (handler) => receive = handler },
  });
}
