import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import type { TraceContext } from "../config/server_events.ts";
import { modelAttributes } from "./model_attributes.ts";
import { endAttributes, knownOnly, requestAttributes } from "./request_attributes.ts";
import { shortSession } from "./short_session.ts";
import type { EventOf, RequestEnded, RequestStarted, Sink } from "./sink.ts";

/** Requests that are traced at the same time; more are not. */
const MOST_OPEN = 16_384;

/** Makes a span of each request, and within it one of each call to a model. */
export function traceEvents(tracer: Tracer): Sink {
  const open = new Map<string, Span>();
  return (event, request) => {
    switch (event.type) {
      case "request_started":
        if (open.size < MOST_OPEN) open.set(event.requestId, startSpan(tracer, event));
        return;
      case "request_ended": {
        const span = open.get(event.requestId);
        open.delete(event.requestId);
        return span && endSpan(span, event, request);
      }
      case "model":
        return addModelSpan(tracer, event, open.get(event.requestId ?? ""));
    }
  };
}

function startSpan(tracer: Tracer, event: RequestStarted): Span {
  const attributes = {
    ...requestAttributes(event),
    ...knownOnly({
      "mcp.session.id": shortSession(event.sessionId),
      "mcp.resource.uri": event.resourceUri,
      "jsonrpc.request.id": event.rpcId === undefined
        ? undefined
        : String(event.rpcId).slice(0, 64),
    }),
  };
  return tracer.startSpan(
    nameOf(event),
    { kind: SpanKind.SERVER, attributes },
    parentOf(event.trace),
  );
}

function nameOf({ method, target }: RequestStarted | RequestEnded): string {
  return target === undefined ? method : `${method} ${target}`;
}

const propagator = new W3CTraceContextPropagator();
const getter = {
  get: (carrier: TraceContext, key: string) => carrier[key as keyof TraceContext],
  keys: (carrier: TraceContext) => Object.keys(carrier),
};

/** What is not as the W3C says counts as nothing. */
function parentOf(context: TraceContext | undefined): Context {
  return context ? propagator.extract(ROOT_CONTEXT, context, getter) : ROOT_CONTEXT;
}

/** A prompt's name, and the protocol's version, may be found only while a request is answered. */
function knowsMore(event: RequestEnded, start?: RequestStarted): boolean {
  return event.target !== start?.target || event.protocolVersion !== start?.protocolVersion;
}

function endSpan(span: Span, event: RequestEnded, start?: RequestStarted): void {
  // Most of it was known at the start: setting it again costs more than the span itself.
  if (event.target !== start?.target) span.updateName(nameOf(event));
  if (knowsMore(event, start)) span.setAttributes(requestAttributes(event));
  span.setAttributes(endAttributes(event));
  const isGood = event.outcome === "ok" || event.outcome === "input_required";
  if (!isGood) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** Its event comes when the call has ended. */
function addModelSpan(tracer: Tracer, event: EventOf<"model">, parent?: Span): void {
  const end = Date.now();
  const { durationMs, inputTokens, outputTokens, timeToFirstTokenMs, errorType } = event;
  const attributes = {
    ...modelAttributes(event),
    ...knownOnly({
      "gen_ai.usage.input_tokens": inputTokens,
      "gen_ai.usage.output_tokens": outputTokens,
      "devmcp.first_token_ms": timeToFirstTokenMs,
    }),
  };
  const span = tracer.startSpan(
    `chat ${event.model}`,
    { kind: SpanKind.CLIENT, attributes, startTime: end - durationMs },
    parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT,
  );
  if (errorType) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(end);
}
