import {
  type InitializeRequestParams,
  isInitializeRequest,
  type JSONRPCMessage,
} from "@modelcontextprotocol/server";
import type { Emit } from "../../config/server_events.ts";
import type { HttpSessions } from "../../store/http_sessions.ts";
import type { ShortWayServer } from "../answer_at_once.ts";
import { type Caller, LOCAL, type Principal } from "../caller.ts";
import { REFUSED, rpcError } from "./rpc_error.ts";
import { Session } from "./session.ts";
import type { EventLimits } from "./session_events.ts";
import { SessionTransport } from "./session_transport.ts";

const MEBIBYTE = 1024 * 1024;
/**
 * How long a client may fetch what was sent into a connection that had broken unnoticed. Calls whose
 * client is seen to leave are given up sooner.
 */
const EVENTS_MS = 60_000;

export interface SessionsOptions {
  createServer(caller: Caller): ShortWayServer;
  emit: Emit;
  maxSessions: number;
  /** Of one key; who needs none may have all. */
  maxPerClient: number;
  idleMs: number;
  records?: HttpSessions;
}

/** The sessions of clients up to 2025-11-25. */
export class Sessions {
  readonly #all = new Map<string, Session>();
  readonly #perClient = new Map<string, number>();
  readonly #reviving = new Map<string, Promise<Session | undefined>>();
  readonly #options: SessionsOptions;
  readonly #events: EventLimits = {
    maxEvents: 256,
    maxBytes: MEBIBYTE,
    shared: { bytes: 0, maxBytes: 64 * MEBIBYTE },
  };
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
    return takenBy(principal, session);
  }

  /** The same, where there is nothing to wait for. */
  findOpen(id: string, principal: Principal): Session | undefined {
    return takenBy(principal, this.#all.get(id));
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

  #refusal(principal: Principal): Response | undefined {
    const { maxSessions, maxPerClient } = this.#options;
    if (this.#all.size >= maxSessions) return refuse(503, "the server has too many sessions");
    const own = principal === LOCAL ? 0 : this.#perClient.get(principal.id) ?? 0;
    if (own >= maxPerClient) return refuse(429, "you have too many sessions; end some by DELETE");
  }

  async #create(
    id: string,
    principal: Principal,
    params: InitializeRequestParams,
  ): Promise<Session> {
    const caller: Session["caller"] = { principal, transport: "http", sessionId: id };
    const server = this.#options.createServer(caller);
    const transport = new SessionTransport(id, this.#events);
    const session = new Session(caller, params, server, transport);
    this.#all.set(id, session);
    this.#perClient.set(principal.id, (this.#perClient.get(principal.id) ?? 0) + 1);
    await server.connect(transport);
    this.#keep(session);
    return session;
  }

  /** Tells of a session once its first request has been answered: by then its protocol is agreed. */
  tellOpened(session: Session): void {
    if (session.isTold) return;
    session.isTold = true;
    this.#tell("session_opened", session);
  }

  #tell(
    type: "session_opened" | "session_closed",
    { id, version: protocolVersion }: Session,
    durationMs?: number,
  ): void {
    this.#options.emit({ type, sessionId: id, transport: "http", protocolVersion, durationMs });
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
    this.tellOpened(session);
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
    if (session.isTold) this.#tell("session_closed", session, performance.now() - session.openedAt);
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

/** Only its own principal may have a session, whose token may allow more by now, or less. */
function takenBy(principal: Principal, session: Session | undefined): Session | undefined {
  if (session?.principal.id !== principal.id) return;
  session.caller.principal = principal;
  return session;
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
