import type {
  InitializeRequestParams,
  JSONRPCMessage,
  RequestId,
  Server,
} from "@modelcontextprotocol/server";
import type { Caller, Principal } from "../caller.ts";
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
    readonly server: Server,
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

function cancelledBy(message: JSONRPCMessage): RequestId | undefined {
  if (!("method" in message) || message.method !== "notifications/cancelled") return;
  return message.params?.requestId as RequestId | undefined;
}
