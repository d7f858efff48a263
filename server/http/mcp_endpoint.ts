import type { HttpSessions } from "../../store/http_sessions.ts";
import { isLegacyRequest, SUPPORTED_PROTOCOL_VERSIONS } from "@modelcontextprotocol/server";
import { forbidCall } from "../access/forbid_call.ts";
import { lateRefusal } from "../late_refusals.ts";
import { checkMedia } from "./check_media.ts";
import { Exchanges } from "./exchanges.ts";
import type { HttpOptions } from "./http_options.ts";
import { type Incoming, type IncomingMessage, requestIdOf } from "./incoming.ts";
import { ModernEndpoint } from "./modern_endpoint.ts";
import { OpenStreams } from "./open_streams.ts";
import { readMessage } from "./read_message.ts";
import { notAllowed, stopping } from "./refusals.ts";
import { busyResponse, refuseCall } from "./refuse_call.ts";
import { SessionEndpoint } from "./session_endpoint.ts";

const MEBIBYTE = 1024 * 1024;

export interface McpEndpointOptions extends HttpOptions {
  sessionRecords?: HttpSessions;
}

/** `/mcp`, in both eras of the protocol, for requests whose sender is known. */
export class McpEndpoint {
  readonly #options: McpEndpointOptions;
  readonly #exchanges: Exchanges;
  readonly #sessions: SessionEndpoint;
  readonly #modern: ModernEndpoint;
  #isStopping = false;

  constructor(options: McpEndpointOptions) {
    const { access, config: { limits } } = options;
    const exchanges = new Exchanges(limits.body_seconds * 1000);
    const maxPerClient = limits.streams_per_client;
    const streams = new OpenStreams({ exchanges, access, maxPerClient });
    this.#options = options;
    this.#exchanges = exchanges;
    this.#sessions = new SessionEndpoint(options, exchanges, streams);
    this.#modern = new ModernEndpoint(options, exchanges, streams);
  }

  /** How many calls are under way. */
  get calls(): number {
    return this.#exchanges.calls;
  }

  async answer(incoming: Incoming): Promise<Response> {
    const { method, headers } = incoming.request;
    if (method === "POST") return await this.#answerPost(incoming);
    if (method !== "GET" && method !== "DELETE") return notAllowed("GET, POST, DELETE");
    if (!isForSessions(headers)) return notAllowed("POST");
    if (method === "DELETE") return await this.#sessions.end(incoming);
    return this.#isStopping ? stopping() : await this.#sessions.openStream(incoming);
  }

  /** Takes no more calls; those under way may go on for so long, and then end with an error. */
  async stop(drainMs: number): Promise<void> {
    this.#isStopping = true;
    await this.#exchanges.drain(drainMs);
    this.#exchanges.stopCalls();
    await this.#sessions.close();
    await this.#modern.close();
    this.#exchanges.stopStreams();
  }

  async #answerPost(incoming: Incoming): Promise<Response> {
    const { request } = incoming;
    const { limits } = this.#options.config;
    const message = checkMedia(request) ?? await readMessage(request, {
      maxBytes: limits.body_mb * MEBIBYTE,
      deadlineMs: limits.body_seconds * 1000,
    });
    if (message instanceof Response) return message;
    const whole: IncomingMessage = { ...incoming, message, id: requestIdOf(message) };
    const early = this.#refusal(whole) ?? this.#sessions.answerAtOnce(whole);
    if (early) return early;
    const isLegacy = await isLegacyRequest(request, message);
    const response = await (isLegacy ? this.#sessions.answer(whole) : this.#modern.answer(whole));
    return await this.#unlessRefused(response, whole);
  }

  /** Why a request is not taken, before anything is made for it. */
  #refusal({ message, id, principal, seen }: IncomingMessage): Response | undefined {
    if (id === null) return;
    if (this.#isStopping) return stopping(id);
    const { access, scopeOf, gate } = this.#options;
    const forbidden = access && scopeOf && forbidCall(message, principal, access, scopeOf);
    if (forbidden) return forbidden;
    const busy = refuseCall(message, id, principal, gate);
    if (busy) seen.refused = busy.reason;
    return busy?.response;
  }

  /** The answer, unless the call was let in and then found no room, and nothing is sent yet. */
  async #unlessRefused(response: Response, incoming: IncomingMessage): Promise<Response> {
    const { request, id, seen } = incoming;
    const busy = lateRefusal(request);
    if (!busy || id === null) return response;
    seen.refused = busy.reason;
    await response.body?.cancel();
    return busyResponse(busy, id);
  }
}

/** The newest revision has neither GET nor DELETE. */
function isForSessions(headers: Headers): boolean {
  const version = headers.get("mcp-protocol-version");
  return version === null || version < "2026" || SUPPORTED_PROTOCOL_VERSIONS.includes(version);
}
