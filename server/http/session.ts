import type {
  InitializeRequestParams,
  JSONRPCMessage,
  RequestId,
} from "@modelcontextprotocol/server";
import type { Caller, Principal } from "../caller.ts";
import type { ShortWayServer } from "../answer_at_once.ts";
import { requestIdOf } from "./incoming.ts";
import { rpcError } from "./rpc_error.ts";
import type { SessionTransport } from "./session_transport.ts";

/** How long a client may be away from a stream before its calls are given up. */
const AWAY_MS = 1000;

/** One client up to 2025-11-25, from `initialize` on. */
export class Session {
  /** By `performance.now()`. */
  lastUsed = performance.now();
  readonly openedAt = performance.now();
  /** What {@link lastUsed} was when it was kept for the next process. */
  keptUse?: number;
  /** Whether it has been told of that it is open. */
  isTold = false;
  #inUse = 0;
  readonly #away = new Map<RequestId, ReturnType<typeof setTimeout>>();

  constructor(
    /** Whose server it is; of the same principal each request may bring another token. */
    readonly caller: Caller & { sessionId: string },
    readonly params: InitializeRequestParams,
    readonly server: ShortWayServer,
    readonly transport: SessionTransport,
  ) {}

  get id(): string {
    return this.caller.sessionId;
  }

  get principal(): Principal {
    return this.caller.principal;
  }

  /** Of the protocol, as agreed. */
  get version(): string | undefined {
    return this.server.getNegotiatedProtocolVersion();
  }

  get isIdle(): boolean {
    return this.#inUse === 0;
  }

  /** Marks it as in use until {@link release}. */
  take(): void {
    this.#inUse++;
  }

  release(): void {
    this.#inUse--;
    this.lastUsed = performance.now();
  }

  /**
   * The answer to a request that can be given at once, as JSON: nothing has to be told before it, and who
   * misses it may ask again. Undefined for all others, and where the SDK would find something wrong.
   */
  answerAtOnce(request: Request, message: JSONRPCMessage): Response | undefined {
    if (!("method" in message && "id" in message) || this.transport.underWay.has(message.id)) {
      return;
    }
    if (!takesBoth(request) || !isOf(this.version, request)) return;
    const answer = this.server.answerAtOnce?.(message, request);
    if (!answer) return;
    this.lastUsed = performance.now();
    const headers = { "content-type": "application/json", "mcp-session-id": this.id };
    return new Response(JSON.stringify(answer), { headers });
  }

  /** Answers a request that belongs to it. */
  async handle(request: Request, message?: JSONRPCMessage): Promise<Response> {
    if (request.method === "GET") return await this.#openStream(request);
    const id = message ? requestIdOf(message) : null;
    if (id === null) return await this.#pass(request, message);
    const { underWay } = this.transport;
    if (underWay.has(id)) {
      const text = `Cannot take the request: the id ${JSON.stringify(id)} is in use`;
      return rpcError(400, -32_600, text, { id });
    }
    underWay.add(id);
    const response = await this.#pass(request, message);
    if (!response.ok) underWay.delete(id);
    return response;
  }

  async #openStream(request: Request): Promise<Response> {
    const known = await this.transport.withKnownEvent(request);
    if (known.headers.has("last-event-id")) this.#isBack();
    return await this.#pass(known);
  }

  async #pass(request: Request, message?: JSONRPCMessage): Promise<Response> {
    const response = await this.transport.handleRequest(request, { parsedBody: message });
    const cancelled = message && cancelledBy(message);
    if (cancelled !== undefined) await this.transport.forget(cancelled);
    return response;
  }

  /**
   * The client has left the stream of a request before its end. It may come back and take it up
   * again; if it does not soon, nobody wants the answer.
   */
  left(id: RequestId): void {
    if (!this.transport.underWay.has(id)) return;
    clearTimeout(this.#away.get(id));
    this.#away.set(id, setTimeout(() => this.#giveUp(id), AWAY_MS));
  }

  /** It has left a stream that it may have taken up others with. */
  leftStream(): void {
    for (const id of this.#away.keys()) this.left(id);
  }

  #giveUp(id: RequestId): void {
    this.#away.delete(id);
    this.transport.giveUp(id, "the client has left").catch(() => {});
  }

  /** What it had left is remembered until it is answered. */
  #isBack(): void {
    for (const [id, timer] of this.#away) {
      clearTimeout(timer);
      if (!this.transport.underWay.has(id)) this.#away.delete(id);
    }
  }

  async close(): Promise<void> {
    this.#isBack();
    await this.server.close().catch(() => {});
    await this.transport.close();
  }
}

/** As the protocol wants it of each POST, whatever the answer is then. */
function takesBoth({ headers }: Request): boolean {
  const accept = headers.get("accept") ?? "";
  return accept.includes("application/json") && accept.includes("text/event-stream");
}

/** Whether a request is of the revision that was agreed on; old clients do not say. */
function isOf(version: string | undefined, { headers }: Request): boolean {
  const said = headers.get("mcp-protocol-version");
  return said === null || said === version;
}

function cancelledBy(message: JSONRPCMessage): RequestId | undefined {
  if (!("method" in message) || message.method !== "notifications/cancelled") return;
  return message.params?.requestId as RequestId | undefined;
}
