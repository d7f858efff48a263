import {
  createMcpHandler,
  isJsonContentType,
  isLegacyRequest,
  type JSONRPCMessage,
  type RequestId,
} from "@modelcontextprotocol/server";
import { forbidCall } from "../access/forbid_call.ts";
import { LOCAL, type Principal } from "../caller.ts";
import { plainPart } from "../error_trace.ts";
import { Exchanges } from "./exchanges.ts";
import type { HttpOptions } from "./http_options.ts";
import type { Peer } from "./peer.ts";
import { readMessage } from "./read_message.ts";
import { refuseCall } from "./refuse_call.ts";
import { REFUSED, rpcError } from "./rpc_error.ts";
import type { Session } from "./session.ts";
import { type SessionRecords, Sessions } from "./sessions.ts";

/** How often the keys of open streams are looked at. */
const KEY_CHECK_MS = 1000;
const MEBIBYTE = 1024 * 1024;
const LATER = { "retry-after": "5", connection: "close" };

export interface McpEndpointOptions extends HttpOptions {
  sessionRecords?: SessionRecords;
}

/** `/mcp`, in both eras of the protocol, for requests whose sender is known. */
export class McpEndpoint {
  readonly #options: McpEndpointOptions;
  readonly #sessions: Sessions;
  readonly #exchanges: Exchanges;
  readonly #modern: ReturnType<typeof createMcpHandler>;
  readonly #streams = new Map<string, number>();
  readonly #unwatch: (() => void)[];
  #isStopping = false;

  constructor(options: McpEndpointOptions) {
    const { createServer, emit, config: { limits } } = options;
    this.#options = options;
    this.#exchanges = new Exchanges(limits.body_seconds * 1000);
    this.#sessions = new Sessions({
      createServer,
      emit,
      maxSessions: limits.sessions,
      maxPerClient: limits.sessions_per_client,
      idleMs: limits.session_idle_minutes * 60_000,
      records: options.sessionRecords,
    });
    this.#modern = createMcpHandler(({ authInfo }) => {
      const { principal } = authInfo!.extra as { principal: Principal };
      return createServer({ principal, transport: "http" });
    }, {
      legacy: "reject",
      maxSubscriptions: limits.connections,
      onerror: (error) => emit({ type: "message", level: "debug", text: plainPart(error.message) }),
    });
    this.#unwatch = this.#tellChanges();
  }

  /** How many calls are under way. */
  get calls(): number {
    return this.#exchanges.calls;
  }

  async answer(request: Request, principal: Principal, peer: Peer): Promise<Response> {
    switch (request.method) {
      case "POST":
        return await this.#answerPost(request, principal, peer);
      case "GET":
      case "DELETE":
        return await this.#answerSession(request, principal, peer);
      default:
        return notAllowed("GET, POST, DELETE");
    }
  }

  /** Takes no more calls; those under way may go on for so long, and then end with an error. */
  async stop(drainMs: number): Promise<void> {
    this.#isStopping = true;
    await this.#exchanges.drain(drainMs);
    this.#exchanges.stopCalls();
    this.#unwatch.forEach((stop) => stop());
    await this.#sessions.close();
    await this.#modern.close();
    this.#exchanges.stopStreams();
  }

  async #answerPost(request: Request, principal: Principal, peer: Peer): Promise<Response> {
    const refused = checkMedia(request);
    if (refused) return refused;
    const { limits } = this.#options.config;
    const message = await readMessage(request, {
      maxBytes: limits.body_mb * MEBIBYTE,
      deadlineMs: limits.body_seconds * 1000,
    });
    if (message instanceof Response) return this.#tellBadBody(message, principal);
    const id = requestIdOf(message);
    if (id !== undefined) {
      const refusal = this.#refuseRequest(message, id, principal);
      if (refusal) return refusal;
    }
    if (await isLegacyRequest(request, message)) {
      return await this.#answerLegacy(request, message, id ?? null, principal, peer);
    }
    return await this.#answerModern(request, message, id ?? null, principal, peer);
  }

  #tellBadBody(response: Response, principal: Principal): Response {
    const { status } = response;
    const reason = status === 413 ? "size" : status === 408 ? "deadline" : undefined;
    if (reason) this.#options.emit({ type: "refused", reason, status, principal: principal.id });
    return response;
  }

  /** Before anything is made for it. */
  #refuseRequest(
    message: JSONRPCMessage,
    id: RequestId,
    principal: Principal,
  ): Response | undefined {
    if (this.#isStopping) return stopping(id);
    const { emit } = this.#options;
    const forbidden = this.#forbid(message, principal);
    if (forbidden) {
      emit({ type: "refused", reason: "forbidden", status: 403, principal: principal.id });
      return forbidden;
    }
    const busy = refuseCall(message, id, principal, this.#options.gate);
    if (busy) emit({ type: "refused", reason: busy.reason, status: 429, principal: principal.id });
    return busy?.response;
  }

  #forbid(message: JSONRPCMessage, principal: Principal): Response | undefined {
    const { access, scopeOf } = this.#options;
    return access && scopeOf && forbidCall(message, principal, access, scopeOf);
  }

  async #answerModern(
    request: Request,
    message: JSONRPCMessage,
    id: RequestId | null,
    principal: Principal,
    { drop }: Peer,
  ): Promise<Response> {
    const extra = { principal };
    const authInfo = { token: "", clientId: principal.id, scopes: [...principal.scopes], extra };
    const work = () => this.#modern.fetch(request, { parsedBody: message, authInfo });
    if (methodOf(message) !== "subscriptions/listen") {
      return await this.#exchanges.answer({ id, drop }, work());
    }
    return await this.#openStream(id, principal, drop, work);
  }

  async #answerLegacy(
    request: Request,
    message: JSONRPCMessage,
    id: RequestId | null,
    principal: Principal,
    peer: Peer,
  ): Promise<Response> {
    const session = await this.#sessionFor(request, message, principal);
    if (session instanceof Response) return session;
    const isNew = !request.headers.has("mcp-session-id");
    session.take();
    const response = await this.#exchanges.answer({
      id,
      drop: peer.drop,
      onLeft: () => id !== null && session.left([id]),
      onEnd: () => session.release(),
    }, session.handle(request, message));
    if (isNew && !response.ok) await this.#sessions.end(session);
    return response;
  }

  async #sessionFor(
    request: Request,
    message: JSONRPCMessage,
    principal: Principal,
  ): Promise<Session | Response> {
    const id = request.headers.get("mcp-session-id");
    if (id !== null) return await this.#sessions.find(id, principal) ?? noSession(message);
    if (methodOf(message) === "initialize") return await this.#sessions.open(principal, message);
    return rpcError(400, REFUSED, "Cannot answer: the Mcp-Session-Id header is missing", {
      id: requestIdOf(message),
    });
  }

  /** What only clients with a session ask for: their stream, and its end. */
  async #answerSession(
    request: Request,
    principal: Principal,
    { drop }: Peer,
  ): Promise<Response> {
    if (!await isLegacyVersion(request)) return notAllowed("POST");
    const id = request.headers.get("mcp-session-id");
    if (id === null) {
      return rpcError(400, REFUSED, "Cannot answer: the Mcp-Session-Id header is missing");
    }
    const session = await this.#sessions.find(id, principal);
    if (!session) return noSession();
    if (request.method === "DELETE") return await this.#endSession(session, request);
    if (this.#isStopping) return stopping(null);
    return await this.#openStream(null, principal, drop, () => session.handle(request), session);
  }

  async #endSession(session: Session, request: Request): Promise<Response> {
    const response = await session.handle(request);
    if (response.ok) await this.#sessions.end(session);
    return response;
  }

  /** A stream that stays open; each client may have so many. */
  async #openStream(
    id: RequestId | null,
    principal: Principal,
    drop: () => void,
    work: () => Promise<Response>,
    session?: Session,
  ): Promise<Response> {
    const client = principal.id;
    const open = this.#streams.get(client) ?? 0;
    if (open >= this.#options.config.limits.streams_per_client) {
      const headers = { "retry-after": "10" };
      return rpcError(429, REFUSED, "Cannot open a stream: you have too many", { id, headers });
    }
    this.#streams.set(client, open + 1);
    session?.take();
    const stopChecks = this.#checkKey(principal, drop);
    const onEnd = () => {
      stopChecks();
      this.#countDown(client);
      session?.release();
    };
    const onLeft = () => session?.left();
    return await this.#exchanges.answer({ id, drop, isEndless: true, onEnd, onLeft }, work());
  }

  /** A stream outlives the check of its request: it ends with the key. */
  #checkKey(principal: Principal, drop: () => void): () => void {
    const { access } = this.#options;
    if (!access || principal === LOCAL) return () => {};
    const timer = setInterval(() => access.isGood(principal) || drop(), KEY_CHECK_MS);
    return () => clearInterval(timer);
  }

  #countDown(client: string): void {
    const left = this.#streams.get(client)! - 1;
    if (left > 0) this.#streams.set(client, left);
    else this.#streams.delete(client);
  }

  /** To clients since 2026-07-28; the others' servers watch for themselves. */
  #tellChanges(): (() => void)[] {
    const { resources, prompts } = this.#options;
    const { notify } = this.#modern;
    const stops = [
      resources?.watch((change) =>
        change.kind === "list" ? notify.resourcesChanged() : notify.resourceUpdated(change.uri)
      ),
      prompts?.watch(() => notify.promptsChanged()),
    ];
    return stops.filter((stop) => stop !== undefined);
  }
}

/** Clients may say `application/json` in other words, yet must take and send it. */
function checkMedia({ headers }: Request): Response | undefined {
  const accept = headers.get("accept");
  if (accept !== null && !/application\/json|application\/\*|\*\/\*/i.test(accept)) {
    return rpcError(406, REFUSED, "Cannot answer: the client does not accept application/json");
  }
  if (!isJsonContentType(headers.get("content-type"))) {
    return rpcError(
      415,
      REFUSED,
      "Cannot read the message: its Content-Type is not application/json",
    );
  }
}

/** The newest revision has neither GET nor DELETE. */
async function isLegacyVersion({ headers }: Request): Promise<boolean> {
  const version = headers.get("mcp-protocol-version");
  if (version === null) return true;
  const { SUPPORTED_PROTOCOL_VERSIONS } = await import("@modelcontextprotocol/server");
  return SUPPORTED_PROTOCOL_VERSIONS.includes(version) || version < "2026";
}

function stopping(id: RequestId | null): Response {
  const text = "Cannot take the request: the server is stopping";
  return rpcError(503, REFUSED, text, { id, headers: LATER });
}

function noSession(message?: JSONRPCMessage): Response {
  const id = message && requestIdOf(message);
  return rpcError(404, -32_001, "Cannot answer: no such session; initialize again", { id });
}

function notAllowed(allow: string): Response {
  return rpcError(405, REFUSED, "Cannot answer: no such method here", { headers: { allow } });
}

function methodOf(message: JSONRPCMessage): string | undefined {
  return "method" in message ? message.method : undefined;
}

/** Undefined for what is no request. */
function requestIdOf(message: JSONRPCMessage): RequestId | undefined {
  return "method" in message && "id" in message ? message.id : undefined;
}
