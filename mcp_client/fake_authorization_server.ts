/** A server that wants tokens, and the authorization server that gives them, for tests. */
import { createHash } from "node:crypto";

/** What a test may change while it runs. */
export interface FakeAuthorizationServer extends AsyncDisposable {
  /** Of the server that wants a token. */
  url: URL;
  origin: string;
  /** What goes instead of the usual answer at a path. */
  answers: Map<string, (request: Request) => Response | Promise<Response>>;
  /** Put over the usual metadata of the authorization server, and of the resource. */
  metadata: Record<string, unknown>;
  resource: Record<string, unknown>;
  /** Put over the parameters with which the browser is sent back. */
  reply: Record<string, string>;
  /** In the server's challenge, behind `Bearer `. */
  challenge: () => string;
  /** The tokens that are good now, with their scopes. */
  accessTokens: Map<string, string>;
  refreshTokens: Set<string>;
  /** All requests so far: `POST /token`. */
  requests: string[];
  /** The parameters of all token requests. */
  tokenRequests: URLSearchParams[];
  /** All Authorization headers that came, by path. */
  authorizations: [path: string, header: string][];
}

/** Starts one, on a free port. */
export function fakeAuthorizationServer(): FakeAuthorizationServer {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => answer(fake, request),
  );
  const origin = `http://127.0.0.1:${server.addr.port}`;
  const fake: FakeAuthorizationServer = {
    url: new URL("/mcp", origin),
    origin,
    answers: new Map(),
    metadata: {},
    resource: {},
    reply: {},
    challenge: () => `resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
    accessTokens: new Map(),
    refreshTokens: new Set(),
    requests: [],
    tokenRequests: [],
    authorizations: [],
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
  return fake;
}

const challenges = new Map<string, string>();
let count = 0;

async function answer(fake: FakeAuthorizationServer, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  fake.requests.push(`${request.method} ${pathname}`);
  const authorization = request.headers.get("authorization");
  if (authorization) fake.authorizations.push([pathname, authorization]);
  const special = fake.answers.get(pathname);
  if (special) return await special(request);
  return await (ROUTES[pathname] ?? notFound)(fake, request);
}

type Route = (fake: FakeAuthorizationServer, request: Request) => Response | Promise<Response>;

const notFound: Route = () => new Response("nothing", { status: 404 });

const ROUTES: Record<string, Route> = {
  "/mcp": (fake, request) => {
    const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
    if (fake.accessTokens.has(token)) return new Response(`token ${token}`);
    const headers = { "www-authenticate": `Bearer ${fake.challenge()}` };
    return new Response("who are you?", { status: 401, headers });
  },
  "/.well-known/oauth-protected-resource/mcp": ({ url, origin, resource }) =>
    Response.json({ resource: url.href, authorization_servers: [origin], ...resource }),
  "/.well-known/oauth-authorization-server": ({ origin, metadata }) =>
    Response.json({
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      registration_endpoint: `${origin}/register`,
      response_types_supported: ["code"],
      code_challenge_methods_supported: ["S256"],
      token_endpoint_auth_methods_supported: ["none", "client_secret_basic", "client_secret_post"],
      ...metadata,
    }),
  "/register": async (_fake, request) =>
    Response.json({ ...await request.json(), client_id: `client ${++count}` }, { status: 201 }),
  "/authorize": ({ reply }, request) => {
    const query = new URL(request.url).searchParams;
    const code = `code ${++count}`;
    challenges.set(code, query.get("code_challenge")!);
    const back = new URL(query.get("redirect_uri")!);
    const parameters = { code, state: query.get("state")!, ...reply };
    back.search = new URLSearchParams(parameters).toString();
    return new Response(null, { status: 302, headers: { location: back.href } });
  },
  "/token": async (fake, request) => {
    const body = new URLSearchParams(await request.text());
    fake.tokenRequests.push(body);
    if (!isGranted(fake, body)) return Response.json({ error: "invalid_grant" }, { status: 400 });
    const [access_token, refresh_token] = [`access ${++count}`, `refresh ${count}`];
    fake.accessTokens.set(access_token, body.get("scope") ?? "");
    fake.refreshTokens.add(refresh_token);
    const tokens = { access_token, token_type: "Bearer", expires_in: 60 };
    const isForClient = body.get("grant_type") === "client_credentials";
    return Response.json(isForClient ? tokens : { ...tokens, refresh_token });
  },
};

function isGranted({ refreshTokens }: FakeAuthorizationServer, body: URLSearchParams): boolean {
  switch (body.get("grant_type")) {
    case "authorization_code": {
      const verifier = createHash("sha256").update(body.get("code_verifier") ?? "");
      return challenges.get(body.get("code") ?? "") === verifier.digest("base64url");
    }
    case "refresh_token": // each is good once
      return refreshTokens.delete(body.get("refresh_token") ?? "");
    default:
      return true;
  }
}

/** A browser, with a person who is logged in already. */
export async function browse(url: string): Promise<void> {
  const response = await fetch(url, { redirect: "manual" });
  await response.body?.cancel();
  await (await fetch(response.headers.get("location")!)).text();
}
