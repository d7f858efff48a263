import { Hono } from "hono";
import { LOCAL, type Principal } from "../caller.ts";
import { errorTrace } from "../error_trace.ts";
import { createHostCheck } from "./check_host.ts";
import { answerPreflight, checkOrigin, openToOrigin, type OriginPolicy } from "./cross_origin.ts";
import { isLoopback } from "./is_loopback.ts";
import { McpEndpoint, type McpEndpointOptions } from "./mcp_endpoint.ts";
import type { Peer } from "./peer.ts";
import { createReadiness } from "./readiness.ts";
import { notAllowed } from "./refusals.ts";
import { REFUSED, rpcError } from "./rpc_error.ts";

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

/** What the routes know of a request, beside the request. */
interface Known {
  Bindings: { peer: Peer; seen: { route: string; principal?: string } };
}

/** Makes what answers HTTP requests; it listens on nothing. */
export function createHttpApp(options: HttpAppOptions): HttpApp {
  const { emit, config, hostname = "127.0.0.1" } = options;
  const policy = { allowed: config.allowed_origins, isLoopback: isLoopback(hostname) };
  const checkHost = createHostCheck([hostname, ...config.allowed_hosts]);
  const mcp = new McpEndpoint(options);
  let isStopping = false;
  const routes = createRoutes(options, mcp, () => isStopping);
  let count = 0;

  async function answer(request: Request, peer: Peer, seen: Known["Bindings"]["seen"]) {
    if (hasTwoLengths(request)) return twoLengths();
    const wrongHost = checkHost(request, peer.localAddress);
    if (wrongHost) return refused("host", wrongHost);
    const wrongOrigin = checkOrigin(request, policy);
    if (wrongOrigin) return refused("origin", wrongOrigin);
    return answerPreflight(request, policy) ?? await routes.fetch(request, { peer, seen });
  }

  function refused(reason: "host" | "origin", response: Response): Response {
    emit({ type: "refused", reason, status: response.status });
    return response;
  }

  return {
    get calls() {
      return mcp.calls;
    },
    async fetch(request, peer = NOBODY) {
      const started = performance.now();
      const seen: Known["Bindings"]["seen"] = { route: "other" };
      const response = await answer(request, peer, seen);
      secure(request, response.headers, policy);
      emit({
        type: "http",
        requestId: `${RUN}-${(++count).toString(36)}`,
        method: request.method,
        ...seen,
        status: response.status,
        durationMs: performance.now() - started,
      });
      return response;
    },
    async stop(drainMs) {
      isStopping = true;
      await mcp.stop(drainMs);
    },
  };
}

/** Tells this run's requests from those of others in one log. */
const RUN = crypto.randomUUID().slice(0, 8);

function createRoutes(options: HttpAppOptions, mcp: McpEndpoint, isStopping: () => boolean) {
  const { access, metrics, emit } = options;
  const routes = new Hono<Known>({ getPath: pathOf });
  const readiness = createReadiness(options.ready);

  /** Who asks; where nobody is known, what they are told. */
  async function identify(request: Request, seen: Known["Bindings"]["seen"]) {
    if (!access) return LOCAL;
    const found = await access.authenticate(request);
    if (!(found instanceof Response)) {
      seen.principal = found.id;
      return found;
    }
    const { status } = found;
    emit({ type: "refused", reason: status === 403 ? "forbidden" : "unauthorized", status });
    return found;
  }

  routes.use(async (context, next) => {
    const found = access?.metadata?.(context.req.raw);
    if (!found) return await next();
    context.env.seen.route = "/.well-known";
    return found;
  });

  routes.all("/mcp", async ({ req: { raw }, env: { peer, seen } }) => {
    seen.route = "/mcp";
    const principal = await identify(raw, seen);
    if (principal instanceof Response) return principal;
    return await mcp.answer({ request: raw, principal, peer });
  });

  routes.all("/health", ({ req: { raw }, env: { seen } }) => {
    seen.route = "/health";
    return onlyGet(raw) ?? Response.json({ status: "ok" });
  });

  routes.all("/ready", async ({ req: { raw }, env: { seen } }) => {
    seen.route = "/ready";
    return onlyGet(raw) ?? await readiness(isStopping());
  });

  if (metrics) {
    routes.all("/metrics", async ({ req: { raw }, env: { seen } }) => {
      seen.route = "/metrics";
      const principal: Principal | Response = await identify(raw, seen);
      if (principal instanceof Response) return principal;
      const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8" };
      return onlyGet(raw) ?? new Response(await metrics(), { headers });
    });
  }

  routes.notFound(() => rpcError(404, REFUSED, "Cannot answer: nothing is served at this path"));
  routes.onError((error) => {
    emit({ type: "message", level: "error", text: `HTTP: ${errorTrace(error)}` });
    return rpcError(500, -32_603, "Cannot answer: internal error");
  });
  return routes;
}

/** The path as sent: what is written in another way is another path. */
function pathOf({ url }: Request): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

/** Who stands between us and the client may have taken the other one, and see two requests here. */
function hasTwoLengths({ headers }: Request): boolean {
  return headers.has("transfer-encoding") && headers.has("content-length");
}

function twoLengths(): Response {
  const text = "Cannot answer: the request has both Content-Length and Transfer-Encoding";
  return rpcError(400, REFUSED, text, { headers: { connection: "close" } });
}

function onlyGet({ method }: Request): Response | undefined {
  if (method === "GET" || method === "HEAD") return;
  return notAllowed("GET, HEAD");
}

/** What holds for every answer. */
function secure(request: Request, headers: Headers, policy: OriginPolicy): void {
  // `no-transform`: else the engine compresses each answer that a client can unpack.
  headers.set("cache-control", "no-store, no-transform");
  headers.set("x-content-type-options", "nosniff");
  openToOrigin(request, policy, headers);
}
