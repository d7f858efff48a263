/** Who may call `devmcp serve --http`, and who may not, on the binary. */
import assert from "node:assert/strict";
import type { JWK } from "jose";
import { until } from "../config/until_fixture.ts";
import { createApiKey } from "../server/access/api_key.ts";
import { claimsOf, fakeIssuer, forge, ISSUER, seconds } from "../server/access/token_fixture.ts";
import { createOAuth } from "../mcp_client/oauth.ts";
import { browse, fakeAuthorizationServer } from "../mcp_client/fake_authorization_server.ts";
import { LoginNeeded } from "../mcp_client/login_needed.ts";
import { oauthTokensPath, openOAuthTokens } from "../store/oauth_tokens.ts";
import { devmcp, inFolder } from "./devmcp.ts";
import { homeIn, HttpHost, type HttpHostOptions, soon, withHttpHost } from "./http_host.ts";
import { JSON_HEADERS, legacyClient, modernClient } from "./mcp_over_http.ts";
import { RawConnection, requestText } from "./raw_http.ts";

const LISTEN = ["--http", "127.0.0.1:0", "--allow-writes", "--log-level", "debug"];
const WRITE = { name: "write_file", arguments: { path: "a.txt", content: "hello" } };
const READ = { name: "format_code", arguments: { code: "x = 1\n" } };

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const PING = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" });

async function statusOf(url: string, headers: Record<string, string>): Promise<number> {
  const all = { ...JSON_HEADERS, ...headers };
  const response = await fetch(url, { method: "POST", headers: all, body: PING });
  await response.body?.cancel();
  return response.status;
}

/** A server that wants keys also on loopback, and one key with all scopes. */
function withKey(test: (host: HttpHost, folder: string, key: string) => Promise<void>) {
  const { text, ...made } = createApiKey();
  const scopes = ["read", "write", "run"];
  const created = "2026-01-01T00:00:00Z";
  const keys = [{ ...made, name: "all", scopes, created, expires: null }];
  const options: HttpHostOptions = {
    args: LISTEN,
    config: "server:\n  auth:\n    required: true\n",
    files: { "state/devmcp/api_keys.json": JSON.stringify({ version: 1, keys }) },
  };
  return withHttpHost((host, folder) => test(host, folder, text), options);
}

Deno.test("devmcp serve takes keys that are made while it runs, each for its scopes, until it is revoked", () =>
  withKey(async (host, folder, all) => {
    const env = homeIn(folder);
    const { stdout } = await devmcp(["keys", "create", "reader"], { env });
    const key = stdout.trim();
    await until(async () => await statusOf(host.url, bearer(key)) !== 401, "the new key");
    for (const headers of [bearer(key), { "x-api-key": key }]) {
      for (
        const client of [await legacyClient(host.url, headers), modernClient(host.url, headers)]
      ) {
        const { answer: { result } } = await client.request("tools/list");
        const names = result.tools.map(({ name }: { name: string }) => name);
        assert.ok(names.includes(READ.name) && !names.includes(WRITE.name), names.join());
        assert.equal((await client.request("tools/call", READ)).answer.result.isError, undefined);
      }
    }
    await isForbidden(host.url, key);
    const { answer } = await modernClient(host.url, bearer(all)).request("tools/call", WRITE);
    assert.equal(answer.result.isError, undefined, JSON.stringify(answer));
    const stream = await openStream(host.url, key);
    const revoked = await devmcp(["keys", "revoke", "reader"], { env });
    assert.equal(revoked.code, 0, revoked.stderr);
    await until(async () => await statusOf(host.url, bearer(key)) === 401, "the key's end");
    await soon(stream.ended, "the end of the key's stream");
    assert.notEqual(await statusOf(host.url, bearer(all)), 401);
    await isSilent(host, [key, all]);
  }));

/** The stream that a client up to 2025-11-25 keeps open. */
async function openStream(url: string, key: string): Promise<{ ended: Promise<unknown> }> {
  const { headers } = await legacyClient(url, bearer(key));
  const response = await fetch(url, { headers: { ...headers, accept: "text/event-stream" } });
  assert.equal(response.status, 200);
  return { ended: response.text().catch(() => {}) };
}

/** That a call beyond the key's scopes is refused before anything comes of it. */
async function isForbidden(url: string, key: string): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { ...JSON_HEADERS, ...bearer(key) },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: WRITE }),
  });
  assert.deepEqual([response.status, (await response.json()).error], [403, "insufficient_scope"]);
  assert.match(
    response.headers.get("www-authenticate")!,
    /error="insufficient_scope", scope="read write"/,
  );
}

/** That nothing of a secret is in what the server wrote; a JWT's header is the same in all. */
function isSilent(host: HttpHost, secrets: string[]): void {
  assert.ok(host.stderr.length > 0);
  for (const secret of secrets) {
    for (const part of secret.split(".")) {
      assert.ok(part.length < 8 || !host.stderr.includes(part.slice(-30)), "a secret in the log");
    }
  }
}

interface Trust {
  jwks: { keys: JWK[] };
  alg: string;
}

/** A server that takes tokens whose keys are at an address. */
async function withTokens(
  { jwks, alg }: Trust,
  test: (host: HttpHost) => Promise<void>,
): Promise<void> {
  const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
  await using keys = Deno.serve(options, () => Response.json(jwks));
  const config = `
server:
  auth:
    jwks_url: http://127.0.0.1:${keys.addr.port}/jwks
    algorithms: [${alg}]
    issuer: ${ISSUER}
    audience: https://devmcp.test/mcp
`;
  await withHttpHost(test, { args: LISTEN, config });
}

Deno.test("devmcp serve answers every bad token alike, and takes a good one", async () => {
  const [issuer, other] = [await fakeIssuer("RS256"), await fakeIssuer("RS256")];
  const good = await issuer.token({ scope: "read" });
  const publicKey = JSON.stringify(issuer.jwks.keys[0]);
  const { SignJWT } = await import("jose");
  const swapped = await new SignJWT(claimsOf()).setProtectedHeader({ alg: "HS256", kid: "one" })
    .sign(new TextEncoder().encode(publicKey));
  const lines: [what: string, headers: string[], path?: string][] = [
    ["none", [`Authorization: Bearer ${forge({ alg: "none" }, claimsOf())}`]],
    ["wrong key", [`Authorization: Bearer ${await other.token()}`]],
    ["wrong audience", [`Authorization: Bearer ${await issuer.token({ aud: "https://x.test" })}`]],
    ["wrong issuer", [`Authorization: Bearer ${await issuer.token({ iss: "https://x.test" })}`]],
    ["expired", [`Authorization: Bearer ${await issuer.token({ exp: seconds(-60) })}`]],
    ["not yet valid", [`Authorization: Bearer ${await issuer.token({ nbf: seconds(60) })}`]],
    ["algorithm swapped", [`Authorization: Bearer ${swapped}`]],
    ["a key of its own", [
      `Authorization: Bearer ${await other.token({}, { jwk: other.jwks.keys[0] })}`,
    ]],
    ["two headers", [`Authorization: Bearer ${good}`, `Authorization: Bearer ${good}`]],
    ["the second is good", ["Authorization: Basic YTpi", `Authorization: Bearer ${good}`]],
    ["both headers", [`Authorization: Bearer ${good}`, `X-API-Key: ${good}`]],
    ["another scheme", [`Authorization: Basic ${good}`]],
    ["garbage behind it", [`Authorization: Bearer ${good} x`]],
    ["cut off", [`Authorization: Bearer ${good.slice(0, -1)}`]],
    ["huge", [`Authorization: Bearer ${"x".repeat(9000)}`]],
    ["not ASCII", ["Authorization: Bearer t\u00f6ken"]],
    ["empty", ["Authorization: Bearer "]],
    ["in the query, too", [`Authorization: Bearer ${good}`], `/mcp?access_token=${good}`],
    ["in the query", ["Authorization: Bearer x"], `/mcp?access_token=${good}`],
    ["a key that nobody made", [`Authorization: Bearer ${createApiKey().text}`]],
  ];
  await withTokens({ jwks: issuer.jwks, alg: "RS256" }, async (host) => {
    const answers = new Map<string, string>();
    for (const [what, headers, path] of lines) {
      answers.set(what, await rawAnswer(host, headers, path));
    }
    const [first] = answers.values();
    assert.match(
      first!,
      /^401 Bearer realm="devmcp", error="invalid_token" \{"error":"unauthorized"\}$/,
    );
    for (const [what, answer] of answers) assert.equal(answer, first, what);
    assert.equal(await rawAnswer(host, []), '401 Bearer realm="devmcp" {"error":"unauthorized"}');
    const { answer } = await modernClient(host.url, bearer(good)).request("tools/call", READ);
    assert.equal(answer.result.isError, undefined);
    assert.equal(await statusOf(host.url, { authorization: `bearer ${good}` }) === 401, false);
    isSilent(host, [good, swapped]);
  });
});

/** Status, challenge and body. */
async function rawAnswer(host: HttpHost, headers: string[], path = "/mcp"): Promise<string> {
  const connection = await RawConnection.open(host.port);
  try {
    const [head, body] = requestText(host.port, JSON_HEADERS, PING, `POST ${path} HTTP/1.1`);
    const all = (head as string).replace(/\r\n\r\n$/, () => ["", ...headers, "", ""].join("\r\n"));
    await connection.send(all, body!);
    const answer = await soon(connection.response(), "an answer");
    assert.ok(answer, "the connection ended");
    return `${answer.status} ${answer.headers.get("www-authenticate")} ${answer.body}`;
  } finally {
    connection.close();
  }
}

Deno.test("devmcp serve lets a client keep its token while the keys cannot be had", async () => {
  const issuer = await fakeIssuer("ES256");
  const jwks = { keys: [] as JWK[], toJSON: () => "none yet" };
  await withTokens({ jwks, alg: "ES256" }, async (host) => {
    assert.equal(await statusOf(host.url, bearer(await issuer.token())), 503);
    const isTold = () =>
      /Cannot read the keys of tokens at http:[^ ]+: no key set/.test(host.stderr);
    await until(() => Promise.resolve(isTold()), "a line in the log");
  });
});

Deno.test("devmcp's own client logs in at devmcp's server, and asks for a scope that is missing", async () => {
  const issuer = await fakeIssuer("ES256");
  await using login = fakeAuthorizationServer();
  login.answers.set("/jwks", () => Response.json(issuer.jwks));
  login.answers.set("/token", async (request) => {
    const body = new URLSearchParams(await request.text());
    const { scope, resource } = Object.fromEntries(body);
    login.tokenRequests.push(body);
    const granted = asked.at(-1) ?? scope;
    const claims = { iss: login.origin, aud: resource, scope: granted };
    return Response.json({
      access_token: await issuer.token(claims, { typ: "at+jwt" }),
      token_type: "Bearer",
      expires_in: 60,
      scope: granted,
    });
  });
  const asked: string[] = [];
  const show = (url: string) => {
    asked.push(new URL(url).searchParams.get("scope")!);
    return browse(url);
  };
  const port = await freePort();
  const resource = `http://127.0.0.1:${port}/mcp`;
  const config = `
server:
  auth:
    jwks_url: ${login.origin}/jwks
    authorization_servers: ["${login.origin}"]
    resource_url: ${resource}
`;
  const args = ["--http", `127.0.0.1:${port}`, "--allow-writes", "--log-level", "debug"];
  await withHttpHost(async (host, folder) => {
    const env = (name: string) => homeIn(folder)[name];
    const tokens = openOAuthTokens(oauthTokensPath(env));
    const oauth = createOAuth({ server: new URL(resource), settings: {}, tokens, env });
    const call = (params: { name: string }) =>
      oauth.authorize(fetch)(resource, {
        method: "POST",
        headers: { ...JSON_HEADERS, ...MODERN, "mcp-name": params.name },
        body: JSON.stringify(modern("tools/call", params)),
      });
    const signal = AbortSignal.timeout(60_000);
    await assert.rejects(call(READ), LoginNeeded);
    await oauth.login({ show, signal });
    await isDone(await call(READ));
    await assert.rejects(call(WRITE), LoginNeeded);
    await oauth.login({ show, signal });
    await isDone(await call(WRITE));
    assert.equal(await Deno.readTextFile(`${folder}/work/a.txt`), "hello");
    assert.deepEqual(asked, ["read", "read write"]);
    assert.ok(login.tokenRequests.every((body) => body.get("resource") === resource));
    isSilent(host, [tokens.read(resource)!.tokens!.access_token]);
  }, { args, config });
});

async function isDone(response: Response): Promise<void> {
  const text = await response.text();
  assert.equal(response.status, 200, text);
  assert.doesNotMatch(text, /"isError":true|"error":/);
}

const MODERN = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call" };

function modern(method: string, params: object) {
  const _meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  return { jsonrpc: "2.0", id: 1, method, params: { ...params, _meta } };
}

/** The server's own address is in its configuration, so that it must be known before it listens. */
async function freePort(): Promise<number> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  await listener.close();
  return port;
}

const REFUSALS: [what: string, options: HttpHostOptions, stderr: RegExp][] = [
  [
    "to others without a key",
    { args: ["--http", "0.0.0.0:0"] },
    /others can reach it without a key/,
  ],
  [
    "with a file of keys that is broken",
    { files: { "state/devmcp/api_keys.json": "{" } },
    /Cannot use the keys in ".*": the file is broken/,
  ],
  [
    "with a short secret",
    {
      config: "server: {auth: {jwt_secret_env: SHORT, audience: a}}",
      env: { SHORT: "hush-hush-hush" },
    },
    /Cannot use the secret in "SHORT": it has less than 32 bytes/,
  ],
  [
    "for any audience",
    { config: "server: {auth: {jwks_url: 'https://issuer.test/jwks'}}" },
    /Cannot use server\.auth\.audience: it is not set/,
  ],
];

for (const [what, { args = LISTEN, env, config = "", files }, stderr] of REFUSALS) {
  Deno.test(`devmcp serve does not serve ${what}: one line, and exit 2`, () =>
    inFolder({ "config/devmcp/devmcp.yaml": config, ...files }, async (folder) => {
      const host = new HttpHost(args, { ...homeIn(folder), ...env }, folder);
      const ended = await host.ended();
      assert.equal(ended.code, 2, ended.stderr);
      assert.match(ended.stderr, stderr);
      assert.match(ended.stderr, /^devmcp: Cannot [^\n]+\n {2}hint: [^\n]+\n$/);
      assert.doesNotMatch(ended.stderr, /hush/);
    }));
}
