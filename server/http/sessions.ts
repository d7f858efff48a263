import {
  type InitializeRequestParams,
  isInitializeRequest,
  type JSONRPCMessage,
  type Server,
} from "@modelcontextprotocol/server";
import type { Emit } from "../../config/server_events.ts";
import type { Caller, Principal } from "../caller.ts";
import { REFUSED, rpcError } from "./rpc_error.ts";
import { Session } from "./session.ts";
import { SessionTransport } from "./session_transport.ts";

/** How long a client may be away and still take up a stream where it broke off. */
const EVENTS_MS = 60_000;

/** What is kept of a session beyond this process's life. */
export interface SessionRecord {
  id: string;
  principal: string;
  /** What the client said in `initialize`. */
  params: Record<string, unknown>;
  /** By `Date.now()`. */
  expires: number;
}

/** Where sessions are kept beyond this process's life. */
export interface SessionRecords {
  find(id: string): SessionRecord | undefined;
  /** Says that the session is, or is still, open; written when there is time. */
  keep(record: SessionRecord): void;
  drop(id: string): void;
  /** Writes what has not been written yet. */
  flush(): Promise<void>;
}

export interface SessionsOptions {
  createServer(caller: Caller): Server;
  emit: Emit;
  maxSessions: number;
  maxPerClient: number;
  idleMs: number;
  records?: SessionRecords;
}

/** The sessions of clients up to 2025-11-25. */
export class Sessions {
  readonly #all = new Map<string, Session>();
  readonly #perClient = new Map<string, number>();
  readonly #reviving = new Map<string, Promise<Session | undefined>>();
  readonly #options: SessionsOptions;
  readonly #sweeper: ReturnType<typeof setInterval>;

  constructor(options: SessionsOptions) {
    this.#options = options;
    const every = Math.min(Math.max(options.idleMs / 4, 50), 60_000);
    this.#sweeper = setInterval(() => this.#sweep(), every);
    Deno.unrefTimer(this.#sweeper);
  }

  get size(): number {
    return this.#all.size;
  }

  /** A session for a client that says `initialize`, or why it gets none. */
  async open(principal: Principal, message: JSONRPCMessage): Promise<Session | Response> {
    if (!isInitializeRequest(message)) {
      return rpcError(400, -32_602, "Cannot initialize: its parameters are wrong", {
        id: "id" in message ? message.id : null,
      });
    }
    return this.#refusal(principal) ?? await this.#create(newId(), principal, message.params);
  }

  /** The session of that id, also one from before a restart; undefined where it is not this principal's. */
  async find(id: string, principal: Principal): Promise<Session | undefined> {
    const reviving = this.#reviving.get(`${principal.id} ${id}`);
    const session = await (reviving ?? this.#all.get(id) ?? this.#startReviving(id, principal));
    return session?.principal.id === principal.id ? session : undefined;
  }

  /** Forgets a session whose client has said that it is over, or that has expired. */
  async end(session: Session): Promise<void> {
    this.#options.records?.drop(session.id);
    await this.#close(session);
  }

  /** Ends all, yet they can be revived. */
  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    for (const session of this.#all.values()) this.#keep(session);
    await this.#options.records?.flush();
    await Promise.all([...this.#all.values()].map((session) => this.#close(session)));
  }

  #refusal({ id }: Principal): Response | undefined {
    const { maxSessions, maxPerClient } = this.#options;
    if (this.#all.size >= maxSessions) return refuse(503, "the server has too many sessions");
    const own = this.#perClient.get(id) ?? 0;
    if (own >= maxPerClient) return refuse(429, "you have too many sessions; end some by DELETE");
  }

  async #create(
    id: string,
    principal: Principal,
    params: InitializeRequestParams,
  ): Promise<Session> {
    const { createServer, emit } = this.#options;
    const server = createServer({ principal, transport: "http", sessionId: id });
    const transport = new SessionTransport(id);
    const session = new Session(id, principal, params, server, transport);
    this.#all.set(id, session);
    this.#perClient.set(principal.id, (this.#perClient.get(principal.id) ?? 0) + 1);
    await server.connect(transport);
    const { protocolVersion } = params;
    emit({ type: "session_opened", sessionId: id, transport: "http", protocolVersion });
    this.#keep(session);
    return session;
  }

  /** Requests that come meanwhile wait for it. */
  async #startReviving(id: string, principal: Principal): Promise<Session | undefined> {
    const key = `${principal.id} ${id}`;
    const revived = this.#revive(id, principal);
    this.#reviving.set(key, revived);
    return await revived.finally(() => this.#reviving.delete(key));
  }

  /** Makes a session again as its `initialize` had made it. */
  async #revive(id: string, principal: Principal): Promise<Session | undefined> {
    const record = this.#options.records?.find(id);
    if (!record || record.principal !== principal.id || record.expires < Date.now()) return;
    const message = { jsonrpc: "2.0", id: newId(), method: "initialize", params: record.params };
    if (this.#refusal(principal) || !isInitializeRequest(message)) return;
    const session = await this.#create(id, principal, message.params);
    await introduce(session.transport, message);
    return session;
  }

  /** Only what has been used since it was kept last. */
  #keep(session: Session): void {
    const { id, principal, params, lastUsed } = session;
    if (session.keptUse === lastUsed) return;
    session.keptUse = lastUsed;
    const { records, idleMs } = this.#options;
    const expires = Math.round(Date.now() - performance.now() + lastUsed + idleMs);
    records?.keep({ id, principal: principal.id, params, expires });
  }

  async #close(session: Session): Promise<void> {
    if (!this.#all.delete(session.id)) return;
    const left = this.#perClient.get(session.principal.id)! - 1;
    if (left > 0) this.#perClient.set(session.principal.id, left);
    else this.#perClient.delete(session.principal.id);
    await session.close();
    const durationMs = performance.now() - session.openedAt;
    this.#options.emit({
      type: "session_closed",
      sessionId: session.id,
      transport: "http",
      protocolVersion: session.params.protocolVersion,
      durationMs,
    });
  }

  #sweep(): void {
    const now = performance.now();
    const oldest = now - this.#options.idleMs;
    for (const session of this.#all.values()) {
      if (!session.isIdle) session.lastUsed = now;
      if (now - session.lastUsed > EVENTS_MS) session.transport.forgetEvents();
      if (session.lastUsed < oldest) this.end(session).catch(() => {});
      else this.#keep(session);
    }
  }
}

/** 122 bits that nobody can guess. */
function newId(): string {
  return crypto.randomUUID();
}

function refuse(status: 429 | 503, why: string): Response {
  const headers = { "retry-after": "10" };
  const data = { retryAfterSeconds: 10 };
  return rpcError(status, REFUSED, `Cannot open a session: ${why}`, { headers, data });
}

/** Says to the session's server again what its client once said. */
async function introduce(
  transport: SessionTransport,
  initialize: object,
): Promise<void> {
  const request = new Request("http://localhost/mcp", {
    method: "POST",
    headers: {
      accept: "application/json, text/event-stream",
      "content-type": "application/json",
    },
  });
  const response = await transport.handleRequest(request, { parsedBody: initialize });
  await response.text();
  transport.onmessage?.({ jsonrpc: "2.0", method: "notifications/initialized" });
}
