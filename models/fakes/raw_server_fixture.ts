import type { BackendOptions, ChatRequest } from "../chat_model.ts";
import type { Profile } from "../profiles/profiles.ts";

/** What a server does with a connection, after it has read the request. */
export type Play = (connection: RawConnection) => Promise<void> | void;

export interface RawConnection {
  /** The request: head and body. */
  request: string;
  write(text: string): Promise<void>;
  /** False once the client has gone. */
  readonly open: boolean;
}

export interface RawServer extends AsyncDisposable {
  url: string;
  /** What was asked, in order. */
  requests: string[];
  /** Connections that the client has not closed. */
  open(): number;
}

/** A server that says byte for byte what a test wants; the connection is closed after `play`. */
export function startRawServer(play: Play): RawServer {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const requests: string[] = [];
  const connections = new Set<Deno.TcpConn>();
  const serving = (async () => {
    const calls: Promise<void>[] = [];
    for await (const connection of listener) {
      calls.push(serve(connection, play, requests, connections));
    }
    await Promise.all(calls);
  })();
  return {
    url: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    requests,
    open: () => connections.size,
    [Symbol.asyncDispose]: async () => {
      listener.close();
      for (const connection of connections) close(connection);
      await serving;
    },
  };
}

async function serve(
  connection: Deno.TcpConn,
  play: Play,
  requests: string[],
  connections: Set<Deno.TcpConn>,
): Promise<void> {
  connections.add(connection);
  try {
    const request = await readRequest(connection);
    requests.push(request);
    watch(connection).then(() => connections.delete(connection));
    await play({
      request,
      write: (text) => writeAll(connection, new TextEncoder().encode(text)),
      get open() {
        return connections.has(connection);
      },
    });
  } catch {
    // The client went away.
  } finally {
    connections.delete(connection);
    close(connection);
  }
}

/** Resolves when the client closes the connection, or we do. */
async function watch(connection: Deno.TcpConn): Promise<void> {
  try {
    while (await connection.read(new Uint8Array(1024)) !== null);
  } catch {
    // Reset.
  }
}

async function readRequest(connection: Deno.TcpConn): Promise<string> {
  let text = "";
  const buffer = new Uint8Array(65536);
  for (;;) {
    const read = await connection.read(buffer);
    if (read === null) return text;
    text += new TextDecoder().decode(buffer.subarray(0, read));
    const head = text.indexOf("\r\n\r\n");
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (head >= 0 && new TextEncoder().encode(text.slice(head + 4)).length >= length) return text;
  }
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let start = 0; start < bytes.length;) {
    start += await connection.write(bytes.subarray(start));
  }
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // Closed already.
  }
}

/** A whole response with a body. */
export function responseText(status: number, body: string, headers: string[] = []): string {
  const length = new TextEncoder().encode(body).length;
  return [
    `HTTP/1.1 ${status} X`,
    `content-length: ${length}`,
    "connection: close",
    ...headers,
    "",
    body,
  ]
    .join("\r\n");
}

/** The head of a response whose body ends with the connection. */
export const OPEN_HEAD = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";

/** The head of a chunked response, where a lost connection can be told from the end. */
export const CHUNKED_HEAD = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

/** One chunk of a chunked response. */
export function chunkText(text: string): string {
  return `${new TextEncoder().encode(text).length.toString(16)}\r\n${text}\r\n`;
}

/** Keeps the connection open, saying nothing, until the client goes or `ms` are over. */
export async function stall(connection: RawConnection, ms = 5000): Promise<void> {
  for (const end = performance.now() + ms; connection.open && performance.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const PROFILE: Profile = {
  name: "test",
  roles: ["chat"],
  systemRole: true,
  contextTokens: 4096,
  tools: false,
  stop: ["[/INST]"],
  temperature: 0.2,
  charactersPerToken: 4,
  thinks: false,
};

export function backendOptions(url: string, options: Partial<BackendOptions> = {}): BackendOptions {
  return {
    url,
    model: "mistral:7b",
    profile: PROFILE,
    contextTokens: 4096,
    timeoutMs: 2000,
    ...options,
  };
}

export const REQUEST: ChatRequest = {
  messages: [{ role: "user", content: "Hello" }],
  maxTokens: 50,
};
