import { LOG_LEVELS, type LogLevel } from "../config/choices.ts";
import type { ServerEvent } from "../config/server_events.ts";
import { shortSession } from "./short_session.ts";
import type { EventOf, RequestEnded, RequestStarted } from "./sink.ts";

const MOST_CHARACTERS = 4000;
/** What JSON leaves as it is though a terminal or an editor may act on it. */
const UNSEEN = /[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Whether what is told at `level` belongs into a log of `least` and above. */
export function isLogged(level: LogLevel, least: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
}

/** How much an event matters. */
export function levelOf(event: ServerEvent): LogLevel {
  switch (event.type) {
    case "message":
      return event.level;
    case "request_started":
      return "debug";
    case "request_ended":
      return event.outcome === "timeout" || event.errorCode === -32603 ? "warning" : "info";
    case "server_stopped":
      return event.reason === "second_signal" ? "warning" : "info";
    case "http":
      return event.status >= 500 ? "warning" : "debug";
    case "refused":
      return WRONG.has(event.reason) ? "warning" : "info";
    default:
      return "info";
  }
}

/** What no good client does. */
const WRONG = new Set<EventOf<"refused">["reason"]>([
  "unauthorized",
  "forbidden",
  "host",
  "origin",
  "message",
]);

/** An event as one line of a log: a JSON object, all its text bounded and visible. */
export function logLine(event: ServerEvent, request?: RequestStarted, time = new Date()): string {
  const head = { time: time.toISOString(), level: levelOf(event), event: event.type };
  const text = JSON.stringify({ ...head, ...fieldsOf(event, request) });
  return text.replace(UNSEEN, escapeUnit) + "\n";
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** What is undefined is left out by JSON. */
function fieldsOf(event: ServerEvent, request?: RequestStarted): Record<string, unknown> {
  switch (event.type) {
    case "request_started":
    case "request_ended":
      return ofRequest(event, request);
    case "session_opened":
    case "session_closed":
      return ofSession(event);
    case "http":
      return ofHttp(event);
    case "model":
      return ofModel(event, request);
    case "refused":
      return ofRefusal(event);
    case "server_started":
    case "server_stopping":
    case "server_stopped":
      return ofServer(event);
    case "message":
      return { message: event.text.slice(0, MOST_CHARACTERS), request_id: event.requestId };
  }
}

function ofRequest(event: RequestStarted | RequestEnded, request?: RequestStarted) {
  const target = event.target ?? request?.target;
  const ended = event.type === "request_ended" ? event : undefined;
  return {
    request_id: event.requestId,
    method: event.method,
    tool: event.method === "tools/call" ? target : undefined,
    prompt: event.method === "prompts/get" ? target : undefined,
    resource: request?.resourceUri,
    transport: event.transport,
    protocol: event.protocolVersion,
    principal: request?.principal,
    session: shortSession(request?.sessionId),
    latency_ms: round(ended?.durationMs),
    outcome: ended?.outcome,
    error_code: ended?.errorCode,
  };
}

function ofSession(event: EventOf<"session_opened" | "session_closed">) {
  return {
    session: shortSession(event.sessionId),
    transport: event.transport,
    protocol: event.protocolVersion?.slice(0, 32),
    duration_ms: round(event.durationMs),
  };
}

function ofHttp(event: EventOf<"http">) {
  return {
    request_id: event.requestId,
    client: event.client,
    http_method: event.method.slice(0, 32),
    http_route: event.route,
    http_status: event.status,
    principal: event.principal,
    latency_ms: round(event.durationMs),
  };
}

function ofRefusal(event: EventOf<"refused">) {
  return {
    request_id: event.requestId,
    reason: event.reason,
    transport: event.transport,
    client: event.client,
    http_status: event.status,
    error_code: event.errorCode,
    principal: event.principal,
    shown_key: event.shownKey,
  };
}

function ofServer(event: EventOf<"server_started" | "server_stopping" | "server_stopped">) {
  const { type: _, durationMs, ...fields } = { durationMs: undefined, ...event };
  return { ...fields, duration_ms: round(durationMs) };
}

function ofModel(event: EventOf<"model">, request?: RequestStarted) {
  return {
    request_id: event.requestId,
    tool: request?.target,
    provider: event.provider,
    model: event.model,
    latency_ms: round(event.durationMs),
    first_token_ms: round(event.timeToFirstTokenMs),
    input_tokens: event.inputTokens,
    output_tokens: event.outputTokens,
    outcome: modelOutcome(event),
    error_type: event.errorType,
  };
}

function modelOutcome({ errorType }: EventOf<"model">): string {
  if (errorType === undefined) return "ok";
  return errorType === "cancelled" ? "cancelled" : "error";
}

/** To tenths of a millisecond. */
function round(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms * 10) / 10;
}
