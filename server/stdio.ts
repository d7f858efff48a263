import { serveStdio as serveConnection } from "@modelcontextprotocol/server/stdio";
import type { ShortWayServer } from "./answer_at_once.ts";
import type { StopReason } from "../config/server_events.ts";
import { plainPart } from "./error_trace.ts";
import { LineTransport, type LineTransportOptions } from "./line_transport.ts";

export interface StdioOptions extends Omit<LineTransportOptions, "answerAtOnce"> {
  /** Makes the server of the connection, once its first message has told the protocol's era. */
  createServer(): ShortWayServer;
  /** Ends the connection once calls under way are answered; those that take longer, with an error. */
  signal?: AbortSignal;
}

/**
 * Serves MCP over a pair of streams, in both eras of the protocol: the SDK chooses by the first
 * message. Resolves with why it ended: the input has, the output is closed or `signal` is aborted.
 */
export async function serveStdio(
  { createServer, signal, ...options }: StdioOptions,
): Promise<StopReason> {
  // Its version tells whether it is the one that serves: one made to answer a probe is of the new era.
  let server: ShortWayServer | undefined;
  const transport = new LineTransport({
    ...options,
    answerAtOnce: (request) => server?.answerAtOnce?.(request),
  });
  serveConnection(() => server = createServer(), {
    transport,
    onerror: (error) => options.log("debug", plainPart(error.message)),
  });
  const stop = () => void transport.stop();
  signal?.addEventListener("abort", stop);
  if (signal?.aborted) stop();
  await transport.closed;
  signal?.removeEventListener("abort", stop);
  return transport.endedBy;
}
