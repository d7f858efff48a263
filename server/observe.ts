import {
  BAGGAGE_META_KEY,
  isInputRequiredResult,
  type JSONRPCRequest,
  type Result,
  type ServerContext,
  TRACEPARENT_META_KEY,
  TRACESTATE_META_KEY,
} from "@modelcontextprotocol/server";
import type { Emit, RequestOutcome, TraceContext } from "../config/server_events.ts";
import type { Caller } from "./caller.ts";
import { ownId } from "./own_id.ts";

/** What is known of a request under way beside what it says. */
export interface RequestRecord {
  /** Ours, for events. */
  id: string;
  /** The tool's or prompt's name, once it is known that there is one. */
  target?: string;
  /** Where the result does not tell. */
  outcome?: RequestOutcome;
}

export interface Observed {
  emit: Emit;
  caller: Caller;
  /** The name of a tool that there is, if the request is for one. */
  targetOf(request: JSONRPCRequest): string | undefined;
  protocolVersion(): string | undefined;
}

/** Of longer ones nothing is told: they are not what the specification says. */
const MOST_TRACE_CHARACTERS = 8192;
/** Resources whose names say nothing of anybody; the results' names are what opens them. */
const TOLD_URI = /^(prompts|config|templates|tools):\/\/[\w./-]{1,200}$/;

const records = new WeakMap<AbortSignal, RequestRecord>();

/** The record of the request that a handler answers. */
export function recordOf({ mcpReq }: ServerContext): RequestRecord {
  return records.get(mcpReq.signal) ?? { id: "" };
}

/** Answers a request by `handle`, and tells when it starts and what became of it. */
export async function observe(
  request: JSONRPCRequest,
  ctx: ServerContext,
  handle: () => Promise<Result>,
  observed: Observed,
): Promise<Result> {
  const record: RequestRecord = {
    id: ownId(ctx.http?.req),
    target: observed.targetOf(request),
  };
  records.set(ctx.mcpReq.signal, record);
  const started = performance.now();
  tellStart(request, record, observed);
  const end = (outcome: RequestOutcome, errorCode?: number) =>
    tellEnd(request, record, observed, { outcome, errorCode, started });
  try {
    const result = await handle();
    end(outcomeOf(result, ctx, record));
    return result;
  } catch (error) {
    if (ctx.mcpReq.signal.aborted) end("cancelled");
    else end("error", codeOf(error));
    throw error;
  }
}

/**
 * Tells of a request that has been answered well already.
 *
 * @param started by `performance.now()`
 * @param http what brought it
 */
export function tellAnswered(
  request: JSONRPCRequest,
  observed: Observed,
  { started, http }: { started: number; http?: Request },
): void {
  const record: RequestRecord = { id: ownId(http), target: observed.targetOf(request) };
  tellStart(request, record, observed);
  tellEnd(request, record, observed, { outcome: "ok", started });
}

function tellStart(
  { id: rpcId, method, params }: JSONRPCRequest,
  { id, target }: RequestRecord,
  { emit, caller, protocolVersion }: Observed,
): void {
  const uri = params?.uri;
  emit({
    type: "request_started",
    requestId: id,
    method,
    target,
    resourceUri: typeof uri === "string" && TOLD_URI.test(uri) ? uri : undefined,
    rpcId,
    transport: caller.transport,
    protocolVersion: protocolVersion(),
    sessionId: caller.sessionId,
    principal: caller.principal.id,
    trace: traceOf(params?._meta),
  });
}

function tellEnd(
  { method }: JSONRPCRequest,
  { id, target }: RequestRecord,
  { emit, caller, protocolVersion }: Observed,
  { outcome, errorCode, started }: {
    outcome: RequestOutcome;
    errorCode?: number;
    started: number;
  },
): void {
  emit({
    type: "request_ended",
    requestId: id,
    method,
    target,
    transport: caller.transport,
    protocolVersion: protocolVersion(),
    outcome,
    errorCode,
    durationMs: performance.now() - started,
  });
}

function outcomeOf(
  result: Result,
  { mcpReq }: ServerContext,
  { outcome }: RequestRecord,
): RequestOutcome {
  if (mcpReq.signal.aborted) return "cancelled";
  if (outcome) return outcome;
  if (isInputRequiredResult(result)) return "input_required";
  return result.isError ? "tool_error" : "ok";
}

function codeOf(error: unknown): number {
  const { code } = error as { code?: unknown };
  return Number.isSafeInteger(code) ? code as number : -32603;
}

function traceOf(meta: Record<string, unknown> | undefined): TraceContext | undefined {
  const traceparent = textOf(meta?.[TRACEPARENT_META_KEY]);
  if (traceparent === undefined) return;
  return {
    traceparent,
    tracestate: textOf(meta?.[TRACESTATE_META_KEY]),
    baggage: textOf(meta?.[BAGGAGE_META_KEY]),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= MOST_TRACE_CHARACTERS ? value : undefined;
}
