import type { RequestEnded, RequestStarted } from "./sink.ts";

/** The start of a call, for tests. */
export function started(values: Partial<RequestStarted> = {}): RequestStarted {
  return {
    type: "request_started",
    requestId: "r-1",
    method: "tools/call",
    target: "review_code",
    rpcId: 7,
    transport: "http",
    protocolVersion: "2025-11-25",
    sessionId: "0b7c2c5e-9a43-4be1-8f2e-3f1d3a2b9c10",
    principal: "key:ci",
    ...values,
  };
}

/** Its end. */
export function ended(values: Partial<RequestEnded> = {}): RequestEnded {
  return {
    type: "request_ended",
    requestId: "r-1",
    method: "tools/call",
    target: "review_code",
    transport: "http",
    protocolVersion: "2025-11-25",
    outcome: "ok",
    durationMs: 12.34,
    ...values,
  };
}
