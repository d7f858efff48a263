import type { RequestId } from "@modelcontextprotocol/server";
import { REFUSED, rpcError } from "./rpc_error.ts";

type Id = RequestId | null;

const LATER = { "retry-after": "5", connection: "close" };

/** 503: nothing new is begun any more. */
export function stopping(id: Id = null): Response {
  const text = "Cannot take the request: the server is stopping";
  return rpcError(503, REFUSED, text, { id, headers: LATER });
}

/** The error of a call that the server's stop has ended. */
export const STOPPED = {
  code: REFUSED,
  message: "Cannot answer: the server is stopping; try again on the next one",
};

/** 503: with {@link STOPPED}. */
export function endedByStop(id: Id): Response {
  return rpcError(503, STOPPED.code, STOPPED.message, { id, headers: LATER });
}

/** 404: no such session, or it is somebody else's. */
export function noSession(id: Id = null): Response {
  return rpcError(404, -32_001, "Cannot answer: no such session; initialize again", { id });
}

/** 400: clients up to 2025-11-25 must say which session it is. */
export function noSessionId(id: Id = null): Response {
  return rpcError(400, REFUSED, "Cannot answer: the Mcp-Session-Id header is missing", { id });
}

/** 405: the path knows other methods. */
export function notAllowed(allow: string): Response {
  return rpcError(405, REFUSED, "Cannot answer: no such method here", { headers: { allow } });
}

/** 429: a client has as many streams as it may. */
export function tooManyStreams(id: Id = null): Response {
  const headers = { "retry-after": "10" };
  return rpcError(429, REFUSED, "Cannot open a stream: you have too many", { id, headers });
}
