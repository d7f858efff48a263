/** A client that sends bytes and counts answers: measuring must not cost more than what is measured. */

export interface RawHttpClient {
  /** Sends a tool call and waits for its whole answer. @throws when it is no result */
  call(): Promise<void>;
  close(): void;
}

const INITIALIZE = {
  protocolVersion: "2025-11-25",
  capabilities: {},
  clientInfo: { name: "bench", version: "1" },
};

/** A call of a tool, as one client makes it again and again. */
export interface ToolCall {
  name: string;
  arguments: Record<string, unknown>;
}

/** Opens a connection with a session of its own, where the server has sessions. */
export async function openRawHttpClient(url: string, call: ToolCall): Promise<RawHttpClient> {
  const { hostname, port, pathname } = new URL(url);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  connection.setNoDelay(true);
  const reader = new ResponseReader(connection);
  let isOpen = true;
  const send = async (message: object, session: string) => {
    await writeAll(connection, requestBytes(hostname, pathname, message, session));
    return await reader.read();
  };
  const opened = await send({ id: 0, method: "initialize", params: INITIALIZE }, "");
  const session = /\r\nmcp-session-id: ([^\r]+)/i.exec(opened)?.[1] ?? "";
  await send({ method: "notifications/initialized" }, session);
  const bytes = requestBytes(
    hostname,
    pathname,
    { id: 1, method: "tools/call", params: call },
    session,
  );
  return {
    async call() {
      await writeAll(connection, bytes);
      const answer = await reader.read();
      if (answer.includes('"result"') && !answer.includes('"isError":true')) return;
      throw new Error(`Cannot measure: ${answer.slice(0, 400)}`);
    },
    close() {
      if (isOpen) connection.close();
      isOpen = false;
    },
  };
}

function requestBytes(host: string, path: string, message: object, session: string): Uint8Array {
  const body = JSON.stringify({ jsonrpc: "2.0", ...message });
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}`,
    "Content-Type: application/json",
    "Accept: application/json, text/event-stream",
    "MCP-Protocol-Version: 2025-11-25",
    ...session ? [`Mcp-Session-Id: ${session}`] : [],
    `Content-Length: ${new TextEncoder().encode(body).length}`,
  ];
  return new TextEncoder().encode(`${head.join("\r\n")}\r\n\r\n${body}`);
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

/** Reads responses one after the other; the texts are ASCII, so bytes are characters. */
class ResponseReader {
  readonly #connection: Deno.Conn;
  readonly #chunk = new Uint8Array(64 * 1024);
  readonly #decoder = new TextDecoder("latin1");
  #text = "";

  constructor(connection: Deno.Conn) {
    this.#connection = connection;
  }

  /** The whole of the next response. */
  async read(): Promise<string> {
    for (;;) {
      const end = endOfResponse(this.#text);
      if (end > 0) {
        const response = this.#text.slice(0, end);
        this.#text = this.#text.slice(end);
        return response;
      }
      const count = await this.#connection.read(this.#chunk);
      if (count === null) throw new Error(`Cannot measure: the server hung up: ${this.#text}`);
      this.#text += this.#decoder.decode(this.#chunk.subarray(0, count));
    }
  }
}

/** Where the first response ends; 0 while it is not all there. */
function endOfResponse(text: string): number {
  const headers = text.indexOf("\r\n\r\n") + 4;
  if (headers < 4) return 0;
  const head = text.slice(0, headers);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const end = headers + Number(length);
    return text.length >= end ? end : 0;
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return headers;
  const last = text.indexOf("0\r\n\r\n", headers);
  return last < 0 ? 0 : last + 5;
}
