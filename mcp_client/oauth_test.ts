import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { inHome, type TestHome } from "../config/home_fixture.ts";
import type { OAuthSettings } from "../config/oauth_settings.ts";
import { ToolError } from "../config/tool_error.ts";
import { type OAuthTokens, oauthTokensPath, openOAuthTokens } from "../store/oauth_tokens.ts";
import { browse, fakeAuthorizationServer } from "./fake_authorization_server.ts";
import { LoginNeeded } from "./login_needed.ts";
import { createOAuth, type OAuth } from "./oauth.ts";
import type { OAuthContext } from "./oauth_context.ts";
import { withLogin } from "./with_login.ts";

interface World {
  fake: ReturnType<typeof fakeAuthorizationServer>;
  tokens: OAuthTokens;
  home: TestHome;
  /** Another process, as far as logins go. */
  open(settings?: OAuthSettings, more?: Partial<OAuthContext>): OAuth;
}

function withWorld(test: (world: World) => Promise<void>): Promise<void> {
  return inHome({}, async (home) => {
    await using fake = fakeAuthorizationServer();
    const env = home.env({ SECRET: "hush" });
    const tokens = openOAuthTokens(oauthTokensPath(env));
    const open: World["open"] = (settings = {}, more = {}) =>
      createOAuth({ server: fake.url, settings, tokens, env, ...more });
    await test({ fake, tokens, home, open });
  });
}

const signal = new AbortController().signal;

async function request(oauth: OAuth, url: URL | string, init?: RequestInit): Promise<string> {
  return await (await oauth.authorize(fetch)(url, init)).text();
}

function logIn(oauth: OAuth, show: (url: string) => void | Promise<void> = browse): Promise<void> {
  return oauth.login({ show, signal });
}

Deno.test("createOAuth() logs a person in, and brings the token afterwards", () =>
  withWorld(async ({ fake, open, tokens }) => {
    const oauth = open();
    await assert.rejects(request(oauth, fake.url), LoginNeeded);
    let shown = "";
    await logIn(oauth, (url) => browse(shown = url));
    const { searchParams } = new URL(shown);
    assert.equal(searchParams.get("code_challenge_method"), "S256");
    assert.equal(searchParams.get("resource"), fake.url.href);
    assert.match(searchParams.get("redirect_uri")!, /^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    assert.equal(fake.tokenRequests[0]?.get("resource"), fake.url.href);
    assert.match(await request(oauth, fake.url), /^token access/);
    assert.match(await request(open(), fake.url), /^token access/);
    assert.equal(tokens.read(fake.url.href)?.issuer, fake.origin);
  }));

Deno.test("createOAuth() asks nobody to log in where that was not asked for", () =>
  withWorld(async ({ fake, open }) => {
    await assert.rejects(
      request(open(), fake.url),
      /it needs a login: run "devmcp mcp test NAME" in a terminal/,
    );
    assert.deepEqual(fake.requests, ["GET /mcp"]);
  }));

Deno.test("createOAuth() refreshes a token that has expired, with another refresh token each time", () =>
  withWorld(async ({ fake, open, tokens }) => {
    await logIn(open());
    for (const _ of "ab") {
      const { refresh_token } = tokens.read(fake.url.href)!.tokens!;
      fake.accessTokens.clear();
      assert.match(await request(open(), fake.url), /^token access/);
      assert.equal(fake.tokenRequests.at(-1)?.get("refresh_token"), refresh_token);
      assert.notEqual(tokens.read(fake.url.href)!.tokens!.refresh_token, refresh_token);
    }
  }));

Deno.test("createOAuth() uses a refresh token once, however many requests want it", () =>
  withWorld(async ({ fake, open }) => {
    await logIn(open());
    fake.accessTokens.clear();
    const before = fake.tokenRequests.length;
    const oauths = [open(), open(), open()];
    const texts = await Promise.all(oauths.map((oauth) => request(oauth, fake.url)));
    assert.equal(new Set(texts).size, 1);
    assert.equal(fake.tokenRequests.length, before + 1);
  }));

Deno.test("createOAuth() needs a login when the refresh token is refused, and then forgets it", () =>
  withWorld(async ({ fake, open, tokens }) => {
    await logIn(open());
    fake.accessTokens.clear();
    fake.refreshTokens.clear();
    await assert.rejects(request(open(), fake.url), LoginNeeded);
    assert.equal(tokens.read(fake.url.href)?.tokens, undefined);
    const before = fake.tokenRequests.length;
    await assert.rejects(request(open(), fake.url), LoginNeeded);
    assert.equal(fake.tokenRequests.length, before);
  }));

Deno.test("createOAuth() keeps the refresh token when the authorization server is out of order", () =>
  withWorld(async ({ fake, open, tokens }) => {
    await logIn(open());
    const kept = tokens.read(fake.url.href);
    fake.accessTokens.clear();
    fake.answers.set("/token", () => new Response("\x1b[31mbroken", { status: 503 }));
    await assert.rejects(request(open(), fake.url), (error: Error) => {
      assert.ok(error instanceof ToolError && !(error instanceof LoginNeeded));
      assert.doesNotMatch(error.message, /\p{Cc}/u);
      return true;
    });
    assert.deepEqual(tokens.read(fake.url.href), kept);
  }));

Deno.test("createOAuth() steps up to what the server wants, also in another process", () =>
  withWorld(async ({ fake, open }) => {
    fake.challenge = () => 'scope="read"';
    await assert.rejects(request(open(), fake.url), LoginNeeded);
    const scopes: (string | null)[] = [];
    const show = (url: string) => {
      scopes.push(new URL(url).searchParams.get("scope"));
      return browse(url);
    };
    const first = open();
    await withLogin(first, { show, signal }, () => request(first, fake.url));
    let isEnough = false;
    const headers = { "www-authenticate": 'Bearer error="insufficient_scope", scope="write"' };
    fake.answers.set("/mcp", () => new Response("", isEnough ? {} : { status: 403, headers }));
    await assert.rejects(request(open(), fake.url), LoginNeeded);
    isEnough = true;
    const other = open();
    assert.ok(other.isWanted());
    await withLogin(other, { show, signal }, () => request(other, fake.url));
    assert.deepEqual(scopes, ["read", "read write"]);
    isEnough = false; // the server wants what it has
    await assert.rejects(request(other, fake.url), /the login does not allow this/);
  }));

const WRONG_REPLIES: [name: string, change: (world: World) => void, problem: RegExp][] = [
  ["with another state", ({ fake }) => fake.reply.state = "x", /came back from another login/],
  ["from another issuer", ({ fake }) => fake.reply.iss = "https://evil.test", /not from the auth/],
  [
    "without the issuer that was announced",
    ({ fake }) => fake.metadata.authorization_response_iss_parameter_supported = true,
    /not from the authorization server/,
  ],
  [
    "that refuses",
    ({ fake }) =>
      Object.assign(fake.reply, { error: "access_denied", error_description: "no\x1b[2J\nway" }),
    /the authorization server said "access_denied, no \[2J way"$/,
  ],
  ["without a code", ({ fake }) => fake.reply.code = "", /said "nothing"/],
  ["with a code of somebody else's", ({ fake }) => fake.reply.code = "theirs", /"invalid_grant"/],
];

for (const [name, change, problem] of WRONG_REPLIES) {
  Deno.test(`createOAuth() logs nobody in by a reply ${name}`, () =>
    withWorld(async (world) => {
      change(world);
      await assert.rejects(logIn(world.open()), (error: Error) => {
        assert.ok(error instanceof ToolError);
        assert.match(error.message, problem);
        return true;
      });
      assert.equal(world.tokens.read(world.fake.url.href), undefined);
    }));
}

const WRONG_SERVERS: [name: string, change: (world: World) => void, problem: RegExp][] = [
  [
    "without registration",
    ({ fake }) => fake.metadata.registration_endpoint = undefined,
    /registers no/,
  ],
  [
    "whose registration refuses",
    ({ fake }) =>
      fake.answers.set("/register", () => Response.json({ error: "no" }, { status: 400 })),
    /did not register devmcp \(HTTP 400\)/,
  ],
  [
    "without PKCE",
    ({ fake }) => fake.metadata.code_challenge_methods_supported = undefined,
    /no PKCE/,
  ],
  [
    "with another issuer",
    ({ fake }) => fake.metadata.issuer = "https://evil.test",
    /of another one$/,
  ],
  [
    "for another resource",
    ({ fake }) => fake.resource.resource = "https://bank.test/",
    /another res/,
  ],
  [
    "whose documents are huge",
    ({ fake }) =>
      fake.answers.set("/.well-known/oauth-authorization-server", () => new Response(endless())),
    /larger than 256 KiB/,
  ],
  [
    "that gives tokens of another kind",
    ({ fake }) =>
      fake.answers.set("/token", () => Response.json({ access_token: "a", token_type: "DPoP" })),
    /tokens of the kind "DPoP"/,
  ],
  [
    "that answers no JSON",
    ({ fake }) => fake.answers.set("/token", () => new Response("<html>")),
    /no JSON/,
  ],
  [
    "that leads to a file",
    ({ fake }) => fake.challenge = () => 'resource_metadata="file:///etc/passwd"',
    /an address that is not https/,
  ],
  [
    "whose login page is a script",
    ({ fake }) => fake.metadata.authorization_endpoint = "javascript:alert(1)",
    /lacks something|not https/,
  ],
  [
    "whose tokens go over plain HTTP",
    ({ fake }) => fake.metadata.token_endpoint = "http://192.0.2.1/token",
    /not https/,
  ],
];

function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
}

for (const [name, change, problem] of WRONG_SERVERS) {
  Deno.test(`createOAuth() does not log in at a server ${name}`, () =>
    withWorld(async (world) => {
      change(world);
      const oauth = world.open();
      await request(oauth, world.fake.url).catch(() => {});
      await assert.rejects(logIn(oauth), (error: Error) => {
        assert.ok(error instanceof ToolError, String(error));
        assert.match(error.message, problem);
        return true;
      });
      assert.equal(world.tokens.read(world.fake.url.href), undefined);
    }));
}

Deno.test("createOAuth() takes the resource's description from another origin, for this resource", () =>
  withWorld(async ({ fake, open }) => {
    await using other = fakeAuthorizationServer();
    const path = "/elsewhere";
    other.answers.set(
      path,
      () => Response.json({ resource: fake.url.href, authorization_servers: [fake.origin] }),
    );
    fake.challenge = () => `resource_metadata="${other.origin}${path}"`;
    const oauth = open();
    await withLogin(oauth, { show: browse, signal }, () => request(oauth, fake.url));
    assert.deepEqual(other.requests, [`GET ${path}`]);
  }));

Deno.test("createOAuth() gives tokens and headers to nobody but the server", () =>
  withWorld(async ({ fake, open }) => {
    await using other = fakeAuthorizationServer();
    const oauth = open();
    await logIn(oauth);
    await request(oauth, other.url).catch(() => {});
    assert.deepEqual(other.authorizations, []);
    fake.authorizations.length = 0;
    await request(oauth, fake.url, { headers: { authorization: "Bearer mine" } });
    assert.deepEqual(fake.authorizations, [["/mcp", "Bearer mine"]]);
  }));

Deno.test("createOAuth() ends a login that is cancelled, and its listener", () =>
  withWorld(async ({ fake, open, tokens }) => {
    const controller = new AbortController();
    let redirect = "";
    const show = (url: string) => {
      redirect = new URL(url).searchParams.get("redirect_uri")!;
      controller.abort(new Error("Ctrl-C"));
    };
    await assert.rejects(open().login({ show, signal: controller.signal }), /Ctrl-C/);
    await assert.rejects(fetch(redirect), TypeError);
    assert.equal(tokens.read(fake.url.href), undefined);
  }));

Deno.test("createOAuth() waits for a person only for a time", () =>
  withWorld(async ({ open }) => {
    const late = open().login({ show() {}, signal, timeoutMs: 1 });
    await assert.rejects(late, /no reply in time/);
  }));

Deno.test("createOAuth() waits for slow servers only for a time, and not after Ctrl-C", () =>
  withWorld(async ({ fake, open }) => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: never, resolve: end } = Promise.withResolvers<Response>();
    fake.answers.set("/.well-known/oauth-authorization-server", () => {
      ask();
      return never;
    });
    const controller = new AbortController();
    const login = open().login({ show: browse, signal: controller.signal });
    await asked;
    controller.abort(new Error("Ctrl-C"));
    await assert.rejects(login, /Ctrl-C/);
    end(new Response());
  }));

Deno.test("createOAuth() uses the client that is configured, at one authorization server only", () =>
  withWorld(async ({ fake, open, tokens }) => {
    const settings = { client_id: "ours", client_secret_env: "SECRET" };
    await logIn(open(settings));
    assert.ok(!fake.requests.includes("POST /register"));
    const basic = `Basic ${btoa("ours:hush")}`;
    assert.deepEqual(fake.authorizations, [["/token", basic]]);
    assert.doesNotMatch(JSON.stringify(tokens.read(fake.url.href)), /hush/);
    await using evil = fakeAuthorizationServer();
    fake.resource.authorization_servers = [evil.origin];
    await assert.rejects(logIn(open(settings)), /has another authorization server/);
    assert.deepEqual(evil.authorizations, []);
    const missing = { ...settings, client_secret_env: "MISSING", issuer: fake.origin };
    fake.resource.authorization_servers = [fake.origin];
    await assert.rejects(logIn(open(missing)), /the client's secret: "MISSING" is not set/);
  }));

Deno.test("createOAuth() says so when the port of the redirect is in use", () =>
  withWorld(async ({ open }) => {
    using other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const settings = { client_id: "ours", redirect_port: other.addr.port };
    await assert.rejects(logIn(open(settings)), new RegExp(`port ${other.addr.port} is in use`));
  }));

Deno.test("createOAuth() logs in as the client itself, with its secret or its key", () =>
  withWorld(async ({ fake, open, home }) => {
    const client = { client_id: "robot", grant: "client_credentials" as const };
    assert.match(
      await request(open({ ...client, client_secret_env: "SECRET" }), fake.url),
      /^token access/,
    );
    const keys = [
      generateKeyPairSync("ec", { namedCurve: "P-256" }),
      generateKeyPairSync("rsa", { modulusLength: 2048 }),
      generateKeyPairSync("ed25519"),
    ];
    for (const { privateKey } of keys) {
      const pem = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
      const private_key_file = await home.write("key.pem", pem);
      fake.accessTokens.clear();
      await request(open({ ...client, private_key_file }), fake.url);
      assert.match(fake.tokenRequests.at(-1)?.get("client_assertion") ?? "", /^ey.+\..+\..+$/);
    }
  }));

Deno.test("createOAuth() says what is wrong with the client's key", () =>
  withWorld(async ({ fake, open, home }) => {
    const client = { client_id: "robot", grant: "client_credentials" as const };
    const broken = await home.write("broken.pem", "no key");
    for (
      const [private_key_file, problem] of [
        [`${home.path}/none.pem`, /no such file/],
        [broken, /no private key in PEM/],
      ] as const
    ) {
      await assert.rejects(request(open({ ...client, private_key_file }), fake.url), problem);
    }
    await assert.rejects(request(open({ grant: client.grant }), fake.url), /needs client_id/);
  }));

Deno.test("createOAuth() forgets what it had", () =>
  withWorld(async ({ fake, open }) => {
    assert.equal(await open().logout(), false);
    await logIn(open());
    assert.equal(await open().logout(), true);
    await assert.rejects(request(open(), fake.url), LoginNeeded);
  }));
