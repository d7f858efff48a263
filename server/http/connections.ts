import type { Emit } from "../../config/server_events.ts";
import type { Peer } from "./peer.ts";
import { isStream } from "./is_stream.ts";
import { linger } from "./linger.ts";
import { serveConnection } from "./serve_connection.ts";

export interface ConnectionsOptions {
  handle(request: Request, peer: Peer): Promise<Response>;
  emit: Emit;
  maxConnections: number;
  /** Until the headers of a connection's first request are there. */
  headerMs: number;
  /** How long a connection may be without a request after that. */
  idleMs: number;
  /** Until an answer has been taken, from when all of it was there. */
  writeMs: number;
}

/** One connection; times are by `performance.now()`. */
interface Connection {
  /** Its other end, `address:port`. */
  client: string;
  controller: AbortController;
  /** Requests whose responses have not been sent. */
  active: Set<UnderWay>;
  /** Since when there has been none. */
  idleSince: number;
  isUsed: boolean;
  /** Its last answer said that it ends. */
  isEnding: boolean;
}

interface UnderWay {
  /** When all of the answer was there to be taken; streams say so themselves. */
  answeredAt?: number;
}

/** What is the same for all requests of a connection. */
type ConnectedPeer = Omit<Peer, "answered">;

/** How exact the deadlines are, in milliseconds. */
const EXACT_MS = 250;
/** How long a connection may be open after its last answer, which is on its way to the client. */
const ENDING_MS = 500;
/** How long what comes after a refusal is read, at most. */
const LINGER_MS = 2000;

/** The connections that are open, each with its deadlines. */
export class Connections {
  readonly #all = new Set<Connection>();
  readonly #options: ConnectionsOptions;
  readonly #sweeper = setInterval(() => this.#sweep(), EXACT_MS);
  #isClosing = false;
  #onEmpty?: () => void;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Serves a connection that has been accepted, or ends it where there are too many. */
  serve(accepted: Deno.TcpConn | Deno.TlsConn): void {
    if (this.#all.size >= this.#options.maxConnections || this.#isClosing) {
      this.#refuse("busy", addressOf(accepted));
      return close(accepted);
    }
    const connection: Connection = {
      client: addressOf(accepted),
      controller: new AbortController(),
      active: new Set(),
      idleSince: performance.now(),
      isUsed: false,
      isEnding: false,
    };
    this.#all.add(connection);
    try {
      this.#begin(connection, accepted);
    } catch {
      this.#remove(connection, accepted); // it has ended already
    }
  }

  #begin(connection: Connection, accepted: Deno.TcpConn | Deno.TlsConn): void {
    // Else an event waits up to 40 ms for the acknowledgement of the headers before it.
    if ("setNoDelay" in accepted) accepted.setNoDelay();
    const peer = peerOf(accepted, connection);
    const { finished } = serveConnection(accepted, {
      signal: connection.controller.signal,
      handle: (request, sent) => this.#handle(request, sent, connection, peer),
      onError: () => new Response(null, { status: 500 }),
    });
    finished.catch(() => {}).finally(() => this.#remove(connection, accepted));
  }

  async #handle(
    request: Request,
    sent: Promise<void>,
    connection: Connection,
    peer: ConnectedPeer,
  ): Promise<Response> {
    const underWay: UnderWay = {};
    connection.active.add(underWay);
    connection.isUsed = true;
    const done = () => this.#done(connection, underWay);
    sent.then(done, done);
    const answered = () => void (underWay.answeredAt ??= performance.now());
    const { handle, writeMs } = this.#options;
    const given = await handle(request, { ...peer, answered });
    const response = await linger(request, given, Math.min(LINGER_MS, writeMs / 2));
    if (response.headers.get("connection") === "close") connection.isEnding = true;
    if (this.#isClosing) response.headers.set("connection", "close");
    if (!isStream(response)) answered();
    return response;
  }

  #done(connection: Connection, underWay: UnderWay): void {
    connection.active.delete(underWay);
    connection.idleSince = performance.now();
    if (this.#isClosing && connection.active.size === 0) connection.controller.abort();
  }

  #remove(connection: Connection, accepted: Deno.Conn): void {
    this.#all.delete(connection);
    close(accepted);
    if (this.#all.size === 0) this.#onEmpty?.();
  }

  #sweep(): void {
    const now = performance.now();
    for (const connection of this.#all) {
      if (!this.#isLate(connection, now)) continue;
      if (!connection.isUsed) this.#refuse("deadline", connection.client);
      connection.controller.abort();
    }
  }

  #refuse(reason: "busy" | "deadline", client: string): void {
    this.#options.emit({ type: "refused", transport: "http", reason, client });
  }

  #isLate(connection: Connection, now: number): boolean {
    const { active, idleSince } = connection;
    if (active.size === 0) return now - idleSince > this.#idleMs(connection);
    for (const { answeredAt } of active) {
      if (answeredAt !== undefined && now - answeredAt > this.#options.writeMs) return true;
    }
    return false;
  }

  /** The engine closes after a last answer, but not while a body is being read that does not come. */
  #idleMs({ isUsed, isEnding }: Connection): number {
    const { headerMs, idleMs } = this.#options;
    if (isEnding) return Math.min(ENDING_MS, idleMs);
    return isUsed ? idleMs : headerMs;
  }

  /** Ends each connection once its answers have been sent, and after `ms` in any case. */
  async close(ms: number): Promise<void> {
    this.#isClosing = true;
    const late = setTimeout(() => this.#abortAll(() => true), ms);
    this.#abortAll(({ active }) => active.size === 0);
    if (this.#all.size > 0) await new Promise<void>((resolve) => this.#onEmpty = resolve);
    clearTimeout(late);
    clearInterval(this.#sweeper);
  }

  #abortAll(which: (connection: Connection) => boolean): void {
    for (const connection of this.#all) if (which(connection)) connection.controller.abort();
  }
}

function peerOf(
  { localAddr }: Deno.TcpConn | Deno.TlsConn,
  { client, controller }: Connection,
): ConnectedPeer {
  return {
    address: client,
    localAddress: (localAddr as Deno.NetAddr).hostname,
    drop: () => controller.abort(),
  };
}

function addressOf({ remoteAddr }: Deno.TcpConn | Deno.TlsConn): string {
  const { hostname, port } = remoteAddr as Deno.NetAddr;
  return hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}

/** It may be closed already, or belong to the engine by now. */
function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // nothing is left to close
  }
}
