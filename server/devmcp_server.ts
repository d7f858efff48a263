import {
  type Implementation,
  type JSONRPCRequest,
  ProtocolError,
  ProtocolErrorCode,
  type Result,
  Server,
  SERVER_INFO_META_KEY,
  type ServerContext,
  type ServerOptions,
  type Transport,
} from "@modelcontextprotocol/server";
import type { AnswerAtOnce } from "./answer_at_once.ts";
import type { Caller } from "./caller.ts";
import { errorTrace } from "./error_trace.ts";
import { explainError } from "./explain_error.ts";
import { KnownClient } from "./known_client.ts";
import type { Log } from "./log.ts";
import { observe, type Observed } from "./observe.ts";

type Handler = (request: JSONRPCRequest, ctx: ServerContext) => Promise<Result>;

export interface DevmcpServerOptions extends ServerOptions {
  log: Log;
  /** Told of requests, and of the connection where that is one client's. @default nobody */
  observed?: Omit<Observed, "protocolVersion">;
}

/**
 * The SDK's server, which tells of its requests, and answers wrong parameters of any method as such
 * and in one line.
 */
export class DevmcpServer extends Server {
  /** Asked first by transports. */
  answerAtOnce?: AnswerAtOnce;
  /** Who is told of requests. */
  readonly observed?: Observed;
  /** What is known of who has connected. */
  readonly client = new KnownClient(() => this.getNegotiatedProtocolVersion());

  /** What later clients get with every answer: the icons only with the first. */
  readonly shortInfo: Implementation;

  readonly #info: Implementation;
  readonly #log: Log;
  readonly #atConnect: (() => void)[] = [];
  readonly #atClose: (() => void)[] = [];
  #session?: { sessionId: string; at: number };
  #isClosed = false;

  constructor(info: Implementation, { log, observed, ...options }: DevmcpServerOptions) {
    super(info, options);
    const { icons: _, ...shortInfo } = info;
    this.#info = info;
    this.shortInfo = shortInfo;
    this.#log = log;
    this.observed = observed &&
      { ...observed, protocolVersion: () => this.getNegotiatedProtocolVersion() };
    if (observed && !isOneRequest(observed.caller)) {
      this.fallbackRequestHandler = (request, ctx) =>
        this.#answer("(unknown)", refuseUnknown, request, ctx);
    }
  }

  /** Whether the transport drops what the client does not listen to: since 2026-07-28. */
  get servesListeners(): boolean {
    return this.client.isModern;
  }

  /** Called once, when the connection begins. */
  atConnect(start: () => void): void {
    this.#atConnect.push(start);
  }

  /** Called once, when the connection has ended. */
  atClose(end: () => void): void {
    this.#atClose.push(end);
  }

  override async connect(transport: Transport): Promise<void> {
    await super.connect(transport);
    for (const start of this.#atConnect.splice(0)) start();
  }

  protected override _onclose(): void {
    for (const end of this.#atClose.splice(0)) end();
    this.#tellClosed();
    super._onclose();
  }

  protected override _outboundServerInfo(): Implementation {
    return this.shortInfo;
  }

  // The SDK's constructor wraps handlers already, before there is anything of ours.
  protected override _wrapHandler(method: string, handler: Handler): Handler {
    const wrapped = super._wrapHandler(method, handler);
    return (request, ctx) => this.#answer(method, wrapped, request, ctx);
  }

  async #answer(
    method: string,
    handler: Handler,
    request: JSONRPCRequest,
    ctx: ServerContext,
  ): Promise<Result> {
    const { envelope } = ctx.mcpReq;
    // After a look at what there is, the connection is open to either protocol.
    if (envelope && method !== "server/discover") this.client.remember({ ...envelope });
    const handle = () => this.#explain(method, () => handler(request, ctx));
    if (!this.observed) return await handle();
    try {
      return await observe({ ...request, method }, ctx, handle, this.observed);
    } finally {
      this.#tellOpened(method);
    }
  }

  async #explain(method: string, handle: () => Promise<Result>): Promise<Result> {
    try {
      const result = await handle();
      return method === "server/discover" ? this.#introduce(result) : result;
    } catch (error) {
      if (!(error instanceof ProtocolError)) this.#log("debug", errorTrace(error));
      throw explainError(method, error);
    }
  }

  #introduce(result: Result): Result {
    return { ...result, _meta: { ...result._meta, [SERVER_INFO_META_KEY]: this.#info } };
  }

  /**
   * With the first request, which settles the protocol's version. One that only asks for it may be
   * followed by `initialize`, which another server answers; and a call may outlive its connection.
   */
  #tellOpened(method: string): void {
    if (this.#session || this.#isClosed || method === "server/discover") return;
    if (this.observed?.caller.transport !== "stdio") return;
    this.#session = { sessionId: `stdio-${crypto.randomUUID()}`, at: performance.now() };
    const { sessionId } = this.#session;
    this.#tellSession({ type: "session_opened", sessionId });
  }

  #tellClosed(): void {
    this.#isClosed = true;
    if (!this.#session) return;
    const { sessionId, at } = this.#session;
    this.#session = undefined;
    this.#tellSession({ type: "session_closed", sessionId, durationMs: performance.now() - at });
  }

  #tellSession(
    event: { type: "session_opened" | "session_closed"; sessionId: string; durationMs?: number },
  ): void {
    const protocolVersion = this.getNegotiatedProtocolVersion();
    this.observed?.emit({ ...event, transport: "stdio", protocolVersion });
  }
}

/** There the SDK must find by itself that a method is unknown, to answer with 404. */
function isOneRequest({ transport, sessionId }: Caller): boolean {
  return transport === "http" && sessionId === undefined;
}

function refuseUnknown(): Promise<Result> {
  return Promise.reject(new ProtocolError(ProtocolErrorCode.MethodNotFound, "Method not found"));
}
