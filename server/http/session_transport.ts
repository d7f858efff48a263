import {
  type JSONRPCMessage,
  type RequestId,
  WebStandardStreamableHTTPServerTransport as SdkTransport,
} from "@modelcontextprotocol/server";
import { createEventStore } from "./event_store.ts";

const EVENTS = { maxEvents: 256, maxBytes: 1024 * 1024 };
/** Soon enough to be back before a call is given up as left. */
const RETRY_MS = 300;

/** The SDK's transport of one session; it also knows which requests are under way. */
export class SessionTransport extends SdkTransport {
  readonly underWay = new Set<RequestId>();

  constructor(id: string) {
    super({
      sessionIdGenerator: () => id,
      eventStore: createEventStore(EVENTS),
      retryInterval: RETRY_MS,
    });
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
