import { localhostAllowedOrigins, validateOriginHeader } from "@modelcontextprotocol/server";
import { REFUSED, rpcError } from "./rpc_error.ts";

/** Which web pages may call. */
export interface OriginPolicy {
  /** Origins that may call from a browser and read the answers. */
  allowed: readonly string[];
  /** Whether we listen on loopback: pages of this machine may then send requests, yet read nothing. */
  isLoopback: boolean;
}

/** The response that refuses a web page that may not call, or undefined. */
export function checkOrigin(request: Request, policy: OriginPolicy): Response | undefined {
  const origin = request.headers.get("origin");
  if (origin === null || policy.allowed.includes(origin)) return;
  const isLocal = origin !== "" && validateOriginHeader(origin, localhostAllowedOrigins()).ok;
  if (policy.isLoopback && isLocal) return;
  return rpcError(403, REFUSED, "Cannot answer: web pages of this origin may not call");
}

const MAY_SEND = "Accept, Authorization, Content-Type, Last-Event-ID, Mcp-Method, Mcp-Name, " +
  "Mcp-Protocol-Version, Mcp-Session-Id, Traceparent, Tracestate, Baggage, X-API-Key";
const MAY_READ = "Mcp-Session-Id, Mcp-Protocol-Version, WWW-Authenticate, Retry-After";

/** The answer to a browser that asks whether a page may call; undefined for any other request. */
export function answerPreflight(request: Request, policy: OriginPolicy): Response | undefined {
  if (request.method !== "OPTIONS") return;
  if (!request.headers.has("access-control-request-method")) return;
  if (!isAllowed(request, policy)) return; // CORS is closed: OPTIONS is a method like any other
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, POST, DELETE",
      "access-control-allow-headers": MAY_SEND,
      "access-control-max-age": "600",
    },
  });
}

/** Lets a page of an allowed origin read the response. */
export function openToOrigin(request: Request, policy: OriginPolicy, headers: Headers): void {
  if (policy.allowed.length === 0) return;
  headers.append("vary", "Origin");
  if (!isAllowed(request, policy)) return;
  headers.set("access-control-allow-origin", request.headers.get("origin")!);
  headers.set("access-control-expose-headers", MAY_READ);
}

function isAllowed(request: Request, { allowed }: OriginPolicy): boolean {
  return allowed.includes(request.headers.get("origin") ?? "");
}
