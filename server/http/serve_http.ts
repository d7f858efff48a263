import type { HttpSessions } from "../../store/http_sessions.ts";
import { Connections } from "./connections.ts";
import { createHttpApp } from "./create_http_app.ts";
import type { HttpOptions } from "./http_options.ts";
import { listen, type Listener, type Tls } from "./listen.ts";

export interface ServeHttpOptions extends HttpOptions {
  hostname: string;
  /** 0: any that is free. */
  port: number;
  tls?: Tls;
  /** Stops the server: no more calls are taken, those under way may end. */
  signal: AbortSignal;
  /** Where sessions live on when the server stops. */
  sessionRecords?: HttpSessions;
  /** Told when it stops how many calls it waits for. */
  onStop?(calls: number): void;
}

/** A server that listens. */
export interface HttpServer {
  hostname: string;
  port: number;
  /** Of `/mcp`. */
  url: string;
  /** That are open. */
  readonly connections: number;
  /** Resolves when it has stopped. */
  finished: Promise<void>;
}

/** How many times as long a connection may be idle between requests as before its first. */
const IDLE_FACTOR = 6;
/** How long what has been answered may take to be sent when the server stops. */
const FLUSH_MS = 1000;

/**
 * Serves MCP, `/health`, `/ready` and `/metrics` over HTTP until `signal` is aborted.
 *
 * @throws {ToolError} when it cannot listen there
 */
export function serveHttp(options: ServeHttpOptions): HttpServer {
  const { limits, drain_seconds } = options.config;
  const listener = listen(options);
  const { hostname, port } = listener.addr as Deno.NetAddr;
  const app = createHttpApp({ ...options, hostname });
  const connections = new Connections({
    handle: app.fetch,
    emit: options.emit,
    maxConnections: limits.connections,
    headerMs: limits.header_seconds * 1000,
    idleMs: limits.header_seconds * 1000 * IDLE_FACTOR,
    writeMs: limits.body_seconds * 1000,
  });

  async function stop(): Promise<void> {
    listener.close();
    options.onStop?.(app.calls);
    await app.stop(drain_seconds * 1000);
    await connections.close(FLUSH_MS);
  }

  const accepting = acceptAll(listener, connections, options.signal);
  const finished = stopped(options.signal).then(stop).then(() => accepting);
  return {
    hostname,
    port,
    url: urlOf(hostname, port, options.tls),
    get connections() {
      return connections.size;
    },
    finished,
  };
}

/** A connection that fails while it is accepted, or too many open files, is no reason to end. */
async function acceptAll(
  listener: Listener,
  connections: Connections,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      connections.serve(await listener.accept());
    } catch {
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true })
  );
}

function urlOf(hostname: string, port: number, tls?: Tls): string {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return `${tls ? "https" : "http"}://${host}:${port}/mcp`;
}
