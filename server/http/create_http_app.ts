import { createHostCheck } from "./check_host.ts";
import { answerPreflight, checkOrigin, openToOrigin, type OriginPolicy } from "./cross_origin.ts";
import { isLoopback } from "./is_loopback.ts";
import { McpEndpoint, type McpEndpointOptions } from "./mcp_endpoint.ts";
import type { Peer } from "./peer.ts";
import { createRoutes } from "./routes.ts";
import { REFUSED, rpcError } from "./rpc_error.ts";
import type { Seen } from "./seen.ts";
import { tellRequest } from "./tell_request.ts";

export interface HttpAppOptions extends McpEndpointOptions {
  /** What we listen on. @default "127.0.0.1" */
  hostname?: string;
}

/** All that is served over HTTP. */
export interface HttpApp {
  fetch(request: Request, peer?: Peer): Promise<Response>;
  /** How many calls are under way. */
  readonly calls: number;
  /** Takes no more calls; those under way may go on for so long, and then end with an error. */
  stop(drainMs: number): Promise<void>;
}

const NOBODY: Peer = { address: "", localAddress: "127.0.0.1", answered() {}, drop() {} };

/** Makes what answers HTTP requests; it listens on nothing. */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  const { emit, config, hostname = "127.0.0.1" } = options;
  const policy = { allowed: config.allowed_origins, isLoopback: isLoopback(hostname) };
  const checkHost = createHostCheck([hostname, ...config.allowed_hosts]);
  const mcp = new McpEndpoint(options);
  let isStopping = false;
  const routes = createRoutes(options, mcp, () => isStopping);

  async function answer(request: Request, peer: Peer, seen: Seen) {
    if (hasTwoLengths(request)) return twoLengths();
    const wrongHost = checkHost(request, peer.localAddress);
    if (wrongHost) return refused("host", wrongHost, seen);
    const wrongOrigin = checkOrigin(request, policy);
    if (wrongOrigin) return refused("origin", wrongOrigin, seen);
    return answerPreflight(request, policy) ?? await routes.fetch(request, { peer, seen });
  }

  return {
    get calls() {
      return mcp.calls;
    },
    async fetch(request, peer = NOBODY) {
      const started = performance.now();
      const seen: Seen = { route: "other" };
      const response = await answer(request, peer, seen);
      secure(request, response.headers, policy);
      tellRequest(emit, { request, peer, seen, response, started });
      return response;
    },
    async stop(drainMs) {
      isStopping = true;
      await mcp.stop(drainMs);
    },
  };
}

function refused(reason: "host" | "origin", response: Response, seen: Seen): Response {
  seen.refused = reason;
  return response;
}

/** Who stands between us and the client may have taken the other one, and see two requests here. */
function hasTwoLengths({ headers }: Request): boolean {
  return headers.has("transfer-encoding") && headers.has("content-length");
}

function twoLengths(): Response {
  const text = "Cannot answer: the request has both Content-Length and Transfer-Encoding";
  return rpcError(400, REFUSED, text, { headers: { connection: "close" } });
}

/** What holds for every answer. */
function secure(request: Request, headers: Headers, policy: OriginPolicy): void {
  // `no-transform`: else the engine compresses each answer that a client can unpack.
  headers.set("cache-control", "no-store, no-transform");
  headers.set("x-content-type-options", "nosniff");
  openToOrigin(request, policy, headers);
}
