import type {
  InitializeRequestParams,
  JSONRPCMessage,
  RequestId,
  Server,
} from "@modelcontextprotocol/server";
import type { Principal } from "../caller.ts";
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
  #inUse = 0;
  readonly #away = new Map<RequestId, ReturnType<typeof setTimeout>>();

  constructor(
    readonly id: string,
    readonly principal: Principal,
    readonly params: InitializeRequestParams,
    readonly server: Server,
    readonly transport: SessionTransport,
  ) {}

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
    if (request.method === "GET") {
      this.#isBack();
      return await this.#pass(await this.transport.withKnownEvent(request));
    }
    const id = idOf(message);
    if (id === undefined) return await this.#pass(request, message);
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

  async #pass(request: Request, message?: JSONRPCMessage): Promise<Response> {
    const response = await this.transport.handleRequest(request, { parsedBody: message });
    const cancelled = cancelledBy(message);
    if (cancelled !== undefined) await this.transport.forget(cancelled);
    return response;
  }

  /**
   * The client has left a stream before its end. It may come back and take it up again; if it does
   * not soon, nobody wants the answers of `ids`, or, without `ids`, of anything under way.
   */
  left(ids: RequestId[] = [...this.transport.underWay]): void {
    for (const id of ids) {
      if (!this.transport.underWay.has(id) || this.#away.has(id)) continue;
      this.#away.set(id, setTimeout(() => this.#giveUp(id), AWAY_MS));
    }
  }

  #giveUp(id: RequestId): void {
    this.#away.delete(id);
    this.transport.giveUp(id, "the client has left").catch(() => {});
  }

  #isBack(): void {
    this.#away.forEach(clearTimeout);
    this.#away.clear();
  }

  async close(): Promise<void> {
    this.#isBack();
    await this.server.close().catch(() => {});
    await this.transport.close();
  }
}

function idOf(message?: JSONRPCMessage): RequestId | undefined {
  return message && "method" in message && "id" in message ? message.id : undefined;
}

function cancelledBy(message?: JSONRPCMessage): RequestId | undefined {
  if (!message || !("method" in message)) return;
  if (message.method !== "notifications/cancelled") return;
  return message.params?.requestId as RequestId | undefined;
}
