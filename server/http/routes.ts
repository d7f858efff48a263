import { Hono } from "hono";
import { LOCAL, type Principal } from "../caller.ts";
import { errorTrace } from "../error_trace.ts";
import type { HttpOptions } from "./http_options.ts";
import type { McpEndpoint } from "./mcp_endpoint.ts";
import type { Peer } from "./peer.ts";
import { createReadiness } from "./readiness.ts";
import { notAllowed } from "./refusals.ts";
import { REFUSED, rpcError } from "./rpc_error.ts";
import type { Seen } from "./seen.ts";

/** What the routes know of a request, beside the request. */
interface Known {
  Bindings: { peer: Peer; seen: Seen };
}

type Context = { req: { raw: Request }; env: Known["Bindings"] };
type RouteOptions = Pick<HttpOptions, "access" | "metrics" | "emit" | "ready">;

/** The paths that are served, and what answers them. */
export function createRoutes(
  options: RouteOptions,
  mcp: McpEndpoint,
  isStopping: () => boolean,
): Hono<Known> {
  const { access, metrics } = options;
  const routes = new Hono<Known>({ getPath: pathOf });
  const readiness = createReadiness(options.ready);
  const route = (path: string, answer: (context: Context) => Response | Promise<Response>) =>
    routes.all(path, (context) => {
      context.env.seen.route = path;
      return answer(context);
    });

  routes.use(async (context, next) => {
    const found = access?.metadata?.(context.req.raw);
    if (!found) return await next();
    context.env.seen.route = "/.well-known";
    return found;
  });
  route("/mcp", async ({ req: { raw: request }, env: { peer, seen } }) => {
    const principal = await identify(request, seen, options);
    if (principal instanceof Response) return principal;
    return await mcp.answer({ request, principal, peer, seen });
  });
  route("/health", ({ req: { raw } }) => onlyGet(raw) ?? Response.json({ status: "ok" }));
  route("/ready", async ({ req: { raw } }) => onlyGet(raw) ?? await readiness(isStopping()));
  if (metrics) {
    route("/metrics", async ({ req: { raw }, env: { seen } }) => {
      const principal = await identify(raw, seen, options);
      if (principal instanceof Response) return principal;
      return onlyGet(raw) ?? forbidMetrics(principal, options) ?? tellMetrics(await metrics());
    });
  }
  routes.notFound(() => rpcError(404, REFUSED, "Cannot answer: nothing is served at this path"));
  routes.onError((error) => answerFault(error, options));
  return routes;
}

/** Who asks; where nobody is known, what they are told. */
async function identify(
  request: Request,
  seen: Seen,
  { access }: RouteOptions,
): Promise<Principal | Response> {
  if (!access) return LOCAL;
  const found = await access.authenticate(request);
  if (found instanceof Response) {
    seen.refused = "unauthorized";
    seen.shownKey = access.shownKey?.(request);
  } else seen.principal = found.id;
  return found;
}

function forbidMetrics(principal: Principal, { access }: RouteOptions): Response | undefined {
  if (!access || principal.scopes.includes("read")) return;
  return access.forbid(principal, "read");
}

function tellMetrics(text: string): Response {
  const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8" };
  return new Response(text, { headers });
}

function answerFault(error: Error, { emit }: RouteOptions): Response {
  emit({ type: "message", level: "error", text: `HTTP: ${errorTrace(error)}` });
  return rpcError(500, -32_603, "Cannot answer: internal error");
}

/** The path as sent: what is written in another way is another path. */
function pathOf({ url }: Request): string {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

function onlyGet({ method }: Request): Response | undefined {
  if (method === "GET" || method === "HEAD") return;
  return notAllowed("GET, HEAD");
}
