/** HTTP/1.1 by hand, over a connection of one's own: whatever bytes, and what comes back. */
import { joinBytes } from "../config/join_bytes.ts";

export interface RawResponse {
  status: number;
  headers: Map<string, string>;
  body: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A connection; its reads end with its other end. */
export class RawConnection {
  #rest = new Uint8Array();
  #isAtEnd = false;

  private constructor(readonly conn: Deno.TcpConn | Deno.TlsConn) {}

  /** @param caCert whom to trust; without it, no TLS is spoken */
  static async open(port: number, caCert?: string): Promise<RawConnection> {
    if (!caCert) return new RawConnection(await Deno.connect({ hostname: "127.0.0.1", port }));
    const options = { hostname: "localhost", port, caCerts: [caCert] };
    return new RawConnection(await Deno.connectTls(options));
  }

  async send(...parts: (string | Uint8Array)[]): Promise<void> {
    const all = parts.map((part) => typeof part === "string" ? encoder.encode(part) : part);
    const bytes = joinBytes(all);
    for (let at = 0; at < bytes.length;) at += await this.conn.write(bytes.subarray(at));
  }

  /** The next response; undefined when the connection has ended instead. */
  async response(): Promise<RawResponse | undefined> {
    const head = await this.#until("\r\n\r\n");
    if (head === undefined) return;
    const [line, ...lines] = head.split("\r\n");
    const match = /^HTTP\/1\.[01] (\d{3})( |$)/.exec(line!);
    if (!match) throw new Error(`no status line: ${JSON.stringify(head.slice(0, 200))}`);
    const headers = new Map(lines.map((text) => {
      const at = text.indexOf(":");
      return [text.slice(0, at).toLowerCase(), text.slice(at + 1).trim()];
    }));
    return { status: Number(match[1]), headers, body: await this.#body(headers) };
  }

  /** Whether nothing more comes. */
  async isEnded(): Promise<boolean> {
    return this.#rest.length === 0 && !await this.#more();
  }

  close(): void {
    try {
      this.conn.close();
    } catch {
      // closed already
    }
  }

  async #body(headers: Map<string, string>): Promise<string> {
    if (headers.get("transfer-encoding") === "chunked") return await this.#chunks();
    return decoder.decode(await this.#take(Number(headers.get("content-length") ?? 0)));
  }

  async #chunks(): Promise<string> {
    const chunks: Uint8Array[] = [];
    for (;;) {
      const size = parseInt(await this.#until("\r\n") ?? "0", 16);
      chunks.push(await this.#take(size));
      await this.#until("\r\n");
      if (!size) return decoder.decode(joinBytes(chunks));
    }
  }

  async #until(mark: string): Promise<string | undefined> {
    for (;;) {
      const text = latin1(this.#rest);
      const at = text.indexOf(mark);
      if (at >= 0) {
        this.#rest = this.#rest.slice(at + mark.length);
        return text.slice(0, at);
      }
      if (!await this.#more()) return;
    }
  }

  async #take(length: number): Promise<Uint8Array> {
    while (this.#rest.length < length && await this.#more());
    const taken = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return taken;
  }

  async #more(): Promise<boolean> {
    if (this.#isAtEnd) return false;
    const buffer = new Uint8Array(64 * 1024);
    const read = await this.conn.read(buffer).catch(() => null); // reset: an end too
    if (read === null) this.#isAtEnd = true;
    else this.#rest = joinBytes([this.#rest, buffer.subarray(0, read)]);
    return read !== null;
  }
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The text of a request; `content-length` and `host` are its own. */
export function requestText(
  port: number,
  headers: Record<string, string>,
  body: Uint8Array | string = "",
  first = "POST /mcp HTTP/1.1",
): (string | Uint8Array)[] {
  const bytes = typeof body === "string" ? encoder.encode(body) : body;
  const all = { host: `127.0.0.1:${port}`, "content-length": String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`${[first, ...lines].join("\r\n")}\r\n\r\n`, bytes];
}
