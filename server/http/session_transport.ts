import {
  type JSONRPCMessage,
  type RequestId,
  WebStandardStreamableHTTPServerTransport as SdkTransport,
} from "@modelcontextprotocol/server";
import { type EventLimits, SessionEvents } from "./session_events.ts";

/** How the SDK calls the stream of a session that belongs to no request. */
const OWN_STREAM = "_GET_stream";
/** Soon enough to be back before a call is given up as left. */
const RETRY_MS = 300;

/** The SDK's transport of one session; it also knows which requests are under way. */
export class SessionTransport extends SdkTransport {
  readonly underWay = new Set<RequestId>();

  readonly #events: SessionEvents;

  constructor(id: string, limits: EventLimits) {
    const eventStore = new SessionEvents(limits);
    super({ sessionIdGenerator: () => id, eventStore, retryInterval: RETRY_MS });
    this.#events = eventStore;
  }

  /**
   * The same request, but without an event of the session's own stream that nobody knows here any more,
   * as after a restart: the stream then begins anew instead of not at all.
   */
  async withKnownEvent(request: Request): Promise<Request> {
    const event = request.headers.get("last-event-id");
    if (!event?.startsWith(OWN_STREAM)) return request;
    if (await this.#events.getStreamIdForEventId(event)) return request;
    const headers = new Headers(request.headers);
    headers.delete("last-event-id");
    return new Request(request, { headers });
  }

  /** Forgets what a client that came back now would have missed. */
  forgetEvents(): void {
    this.#events.clear();
  }

  override async close(): Promise<void> {
    await super.close();
    this.#events.clear();
  }

  override async send(
    message: JSONRPCMessage,
    options?: { relatedRequestId?: RequestId },
  ): Promise<void> {
    await super.send(message, options);
    if (!("method" in message) && message.id !== undefined) this.underWay.delete(message.id);
  }

  /**
   * Ends the work on a request whose answer nobody waits for, and its stream. Without this the SDK
   * would keep both: a cancelled request is never answered.
   */
  async giveUp(requestId: RequestId, reason: string): Promise<void> {
    if (!this.underWay.has(requestId)) return;
    const params = { requestId, reason };
    this.onmessage?.({ jsonrpc: "2.0", method: "notifications/cancelled", params });
    await this.forget(requestId);
  }

  /** Ends the stream of a request that was cancelled. */
  async forget(requestId: RequestId): Promise<void> {
    if (!this.underWay.has(requestId)) return;
    this.closeSSEStream(requestId);
    const error = { code: -32_000, message: "Cannot answer: the request was cancelled" };
    await this.send({ jsonrpc: "2.0", id: requestId, error });
  }
}
