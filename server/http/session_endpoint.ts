import type { HttpSessions } from "../../store/http_sessions.ts";
import type { Exchanges } from "./exchanges.ts";
import type { HttpOptions } from "./http_options.ts";
import { type Incoming, type IncomingMessage, methodOf } from "./incoming.ts";
import type { OpenStreams } from "./open_streams.ts";
import { noSession, noSessionId } from "./refusals.ts";
import type { Session } from "./session.ts";
import { Sessions } from "./sessions.ts";

interface SessionEndpointOptions extends Pick<HttpOptions, "config" | "createServer" | "emit"> {
  sessionRecords?: HttpSessions;
}

const ID = "mcp-session-id";

/** `/mcp` for clients up to 2025-11-25: all that one client asks belongs to its session. */
export class SessionEndpoint {
  readonly #sessions: Sessions;
  readonly #exchanges: Exchanges;
  readonly #streams: OpenStreams;

  constructor(options: SessionEndpointOptions, exchanges: Exchanges, streams: OpenStreams) {
    const { createServer, emit, config: { limits }, sessionRecords: records } = options;
    this.#exchanges = exchanges;
    this.#streams = streams;
    this.#sessions = new Sessions({
      createServer,
      emit,
      maxSessions: limits.sessions,
      maxPerClient: limits.sessions_per_client,
      idleMs: limits.session_idle_minutes * 60_000,
      records,
    });
  }

  /** A message: of a session, or the one that opens it. */
  async answer(incoming: IncomingMessage): Promise<Response> {
    const { request, message, id, peer } = incoming;
    const session = await this.#sessionOf(incoming);
    if (session instanceof Response) return session;
    session.take();
    const response = await this.#exchanges.answer({
      id,
      peer,
      onLeft: () => id !== null && session.left(id),
      onEnd: () => {
        session.release();
        this.#sessions.tellOpened(session);
      },
    }, session.handle(request, message));
    if (!request.headers.has(ID) && !response.ok) await this.#sessions.end(session);
    return response;
  }

  /** The answer that an open session can give at once; undefined for all other messages. */
  answerAtOnce({ request, message, principal }: IncomingMessage): Response | undefined {
    const id = request.headers.get(ID);
    const session = id === null ? undefined : this.#sessions.findOpen(id, principal);
    return session?.answerAtOnce(request, message);
  }

  async #sessionOf(incoming: IncomingMessage): Promise<Session | Response> {
    const { request, message, id, principal, seen } = incoming;
    const sessionId = request.headers.get(ID);
    if (sessionId !== null) return await this.#find(incoming) ?? noSession(id);
    if (methodOf(message) !== "initialize") return noSessionId(id);
    const session = await this.#sessions.open(principal, message);
    if (session instanceof Response && session.status === 503) seen.refused = "busy";
    return session;
  }

  /** A stream for what the server has to say by itself, or for what a client has missed. */
  async openStream(incoming: Incoming): Promise<Response> {
    if (!incoming.request.headers.has(ID)) return noSessionId();
    const session = await this.#find(incoming);
    if (!session) return noSession();
    session.take();
    const streaming = { onLeft: () => session.leftStream(), onEnd: () => session.release() };
    return await this.#streams.answer(incoming, streaming, () => session.handle(incoming.request));
  }

  /** The client needs its session no more. */
  async end(incoming: Incoming): Promise<Response> {
    if (!incoming.request.headers.has(ID)) return noSessionId();
    const session = await this.#find(incoming);
    if (!session) return noSession();
    const response = await session.handle(incoming.request);
    if (response.ok) await this.#sessions.end(session);
    return response;
  }

  async #find({ request, principal }: Incoming): Promise<Session | undefined> {
    return await this.#sessions.find(request.headers.get(ID)!, principal);
  }

  async close(): Promise<void> {
    await this.#sessions.close();
  }
}
