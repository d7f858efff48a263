/** A server that listens, and HTTP/1.1 by hand. */
import { type HttpFixture, httpFixture } from "./http_fixture.ts";
import { type HttpServer, serveHttp, type ServeHttpOptions } from "./serve_http.ts";

export interface Running extends HttpFixture {
  server: HttpServer;
  /** Begins to stop the server. */
  stop(): void;
}

/** Serves on a free port, runs `test`, and waits for the server's end. */
export async function withServer(
  test: (running: Running) => Promise<void>,
  config: Parameters<typeof httpFixture>[0] = {},
  more: Partial<ServeHttpOptions> = {},
): Promise<void> {
  const fixture = httpFixture({ drain_seconds: 0.05, ...config });
  const controller = new AbortController();
  const where = { hostname: "127.0.0.1", port: 0, signal: controller.signal };
  const server = serveHttp({ ...fixture.options, ...where, ...more });
  try {
    await test({ ...fixture, server, stop: () => controller.abort() });
  } finally {
    controller.abort();
    await server.finished;
  }
}

/** What comes until the server ends the connection. */
export async function readAll(connection: Deno.Conn): Promise<string> {
  let text = "";
  const buffer = new Uint8Array(65_536);
  for (;;) {
    const count = await connection.read(buffer).catch(() => null);
    if (count === null) return text;
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
}

/** A request: its first line, its headers, its body. */
export function raw(start: string, headers: string[], body = ""): string {
  return [start, ...headers, "", body].join("\r\n");
}

export const HOST = "Host: localhost";
export const CLOSE = "Connection: close";
export const JSON_HEADERS = [
  "Content-Type: application/json",
  "Accept: application/json, text/event-stream",
];
