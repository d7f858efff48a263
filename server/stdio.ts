import type { Server } from "@modelcontextprotocol/server";
import { serveStdio as serveConnection } from "@modelcontextprotocol/server/stdio";
import { plainPart } from "./error_trace.ts";
import { LineTransport, type LineTransportOptions } from "./line_transport.ts";

export interface StdioOptions extends LineTransportOptions {
  /** Makes the server of the connection, once its first message has told the protocol's era. */
  createServer(): Server;
  /** Ends the connection once calls under way are answered; those that take longer, with an error. */
  signal?: AbortSignal;
}

/**
 * Serves MCP over a pair of streams, in both eras of the protocol: the SDK chooses by the first
 * message. Resolves after the input has ended, the output is closed or `signal` is aborted.
 */
export async function serveStdio(
  { createServer, signal, ...options }: StdioOptions,
): Promise<void> {
  const transport = new LineTransport(options);
  serveConnection(createServer, {
    transport,
    onerror: (error) => options.log("debug", plainPart(error.message)),
  });
  const stop = () => void transport.stop();
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  await transport.closed;
  signal?.removeEventListener("abort", stop);
}
