import assert from "node:assert/strict";
import type { ServerConfig } from "../../config/config.ts";
import type { ServerEvent } from "../../config/server_events.ts";
import { BusyError } from "../call_gate.ts";
import { noteRefusal } from "../late_refusals.ts";
import type { Caller, Principal, Scope } from "../caller.ts";
import { createCallGate } from "../limits/create_call_gate.ts";
import { createMcpServer } from "../mcp_server.ts";
import { createHttpApp } from "./create_http_app.ts";
import { until } from "../../config/until_fixture.ts";
import {
  call,
  httpFixture,
  INITIALIZE,
  type Message,
  messagesOf,
  modernCall,
  post,
} from "./http_fixture.ts";
import type { HttpSession } from "../../store/http_sessions.ts";

type App = ReturnType<typeof createHttpApp>;

async function withApp(
  test: (app: App, fixture: ReturnType<typeof httpFixture>) => Promise<void>,
  config: Parameters<typeof httpFixture>[0] = {},
  more: Parameters<typeof httpFixture>[1] & { hostname?: string } = {},
): Promise<void> {
  const fixture = httpFixture(config, more);
  const app = createHttpApp({ ...fixture.options, hostname: more.hostname });
  try {
    await test(app, fixture);
  } finally {
    await app.stop(0);
  }
}

/** Opens a session and gives the header that names it. */
async function openSession(app: App, headers: Record<string, string> = {}) {
  const response = await app.fetch(post(INITIALIZE, headers));
  assert.equal(response.status, 200);
  await response.text();
  return { "mcp-session-id": response.headers.get("mcp-session-id")!, ...headers };
}

Deno.test("createHttpApp() serves the older protocol in sessions", async () => {
  await withApp(async (app) => {
    const session = await openSession(app);
    const notified = await app.fetch(
      post({ jsonrpc: "2.0", method: "notifications/initialized" }, session),
    );
    assert.equal(notified.status, 202);
    const response = await app.fetch(post(call("echo", { text: "a" }, 7), session));
    const [{ id, result }] = await messagesOf(response);
    assert.deepEqual([id, result.content[0].text], [7, "a for local"]);
  });
});

Deno.test("createHttpApp() serves the newest protocol without sessions", async () => {
  await withApp(async (app) => {
    const response = await app.fetch(modernCall("echo", { text: "a" }, "x"));
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("mcp-session-id"), null);
    const [{ id, result }] = await messagesOf(response);
    assert.deepEqual([id, result.content[0].text], ["x", "a for local"]);
  });
});

const ping = { jsonrpc: "2.0", id: 1, method: "ping" };
const json = "application/json, text/event-stream";

const refusals: [string, Request, number, Record<string, string>?][] = [
  ["another path", new Request("http://127.0.0.1/", host({})), 404],
  ["PUT", new Request("http://127.0.0.1/mcp", host({}, "PUT")), 405, {
    allow: "GET, POST, DELETE",
  }],
  ["HEAD", new Request("http://127.0.0.1/mcp", host({}, "HEAD")), 405],
  ["OPTIONS", new Request("http://127.0.0.1/mcp", host({}, "OPTIONS")), 405],
  ["no session", post(ping), 400],
  ["an unknown session", post(ping, { "mcp-session-id": "x" }), 404],
  ["a stream without a session", new Request("http://127.0.0.1/mcp", host({ accept: json })), 400],
  [
    "a stream in the newest protocol",
    new Request(
      "http://127.0.0.1/mcp",
      host({ accept: json, "mcp-protocol-version": "2026-07-28" }),
    ),
    405,
    { allow: "POST" },
  ],
  ["an end of no session", new Request("http://127.0.0.1/mcp", host({}, "DELETE")), 400],
  ["Accept of HTML", post(ping, { accept: "text/html" }), 406],
  ["initialize that takes no stream", post(INITIALIZE, { accept: "application/json" }), 406],
  ["text", post(ping, { "content-type": "text/plain" }), 415],
  ["no type", post(ping, { "content-type": "" }), 415],
  ["a look-alike of JSON", post(ping, { "content-type": "application/jsonp" }), 415],
  ["no JSON", post("{"), 400],
  ["nothing", post(""), 400],
  ["a batch", post([ping, ping]), 400],
  ["a wrong initialize", post({ ...INITIALIZE, params: {} }), 400],
  ["POST to health", new Request("http://127.0.0.1/health", host({}, "POST")), 405],
  ["metrics that are off", new Request("http://127.0.0.1/metrics", host({})), 404],
  ["a slash more", new Request("http://127.0.0.1/mcp/", host({})), 404],
  ["two slashes", new Request("http://127.0.0.1//mcp", host({})), 404],
  ["an encoded letter", new Request("http://127.0.0.1/%6dcp", host({})), 404],
  ["an encoded slash", new Request("http://127.0.0.1/mcp%2f", host({})), 404],
  ["parameters", new Request("http://127.0.0.1/mcp;a=1", host({})), 404],
  ["other letters", new Request("http://127.0.0.1/MCP", host({})), 404],
  ["the newest protocol without its headers", without("mcp-method"), 400],
  ["another tool in the header", modern({ "mcp-name": "other" }), 400],
  ["another method in the header", modern({ "mcp-method": "tools/list" }), 400],
  ["another version in the header", modern({ "mcp-protocol-version": "2025-11-25" }), 400],
];

function host(headers: Record<string, string>, method = "GET"): RequestInit {
  return { method, headers: { host: "127.0.0.1", ...headers } };
}

function modern(headers: Record<string, string>): Request {
  const request = modernCall("echo", {});
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
  return request;
}

function without(header: string): Request {
  const request = modernCall("echo", {});
  request.headers.delete(header);
  return request;
}

for (const [what, request, status, headers] of refusals) {
  Deno.test(`createHttpApp() answers ${what} with ${status}`, async () => {
    await withApp(async (app, { events }) => {
      const response = await app.fetch(request);
      const text = await response.text();
      assert.equal(response.status, status, text);
      for (const [name, value] of Object.entries(headers ?? {})) {
        assert.equal(response.headers.get(name), value);
      }
      if (request.method !== "HEAD") assert.ok(JSON.parse(text).error.message);
      assert.equal(response.headers.get("cache-control"), "no-store, no-transform");
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
      assert.equal(response.headers.get("access-control-allow-origin"), null);
      const http = events.filter(({ type }) => type === "http");
      assert.deepEqual(http.map((event) => event.type === "http" && event.status), [status]);
    });
  });
}

const callers: [string, Record<string, string>, number, Partial<ServerConfig>?, string?][] = [
  ["localhost", { host: "localhost:1" }, 200],
  ["IPv6's loopback", { host: "[::1]:1" }, 200],
  ["another name", { host: "evil.example" }, 403],
  ["a name that only begins as ours", { host: "localhost.evil.example" }, 403],
  ["no host", { host: "" }, 400],
  ["no name", { host: "a b" }, 400],
  ["an allowed name", { host: "my.example" }, 200, { allowed_hosts: ["my.example"] }],
  ["an allowed name in capitals", { host: "MY.example" }, 200, { allowed_hosts: ["my.Example"] }],
  ["our own address", { host: "10.0.0.5:80" }, 200, {}, "10.0.0.5"],
  ["another address", { host: "10.0.0.6:80" }, 403, {}, "10.0.0.5"],
  ["a page of this machine", { origin: "http://localhost:6274" }, 200],
  ["a page of this machine, to the network", { origin: "http://localhost:1" }, 403, {}, "10.0.0.5"],
  ["another page", { origin: "https://evil.example" }, 403],
  ["a page without an origin", { origin: "null" }, 403],
  ["an empty origin", { origin: "" }, 403],
  ["an allowed page", { origin: "https://a.example" }, 200, {
    allowed_origins: ["https://a.example"],
  }],
  ["an allowed page, without TLS", { origin: "http://a.example" }, 403, {
    allowed_origins: ["https://a.example"],
  }],
];

for (const [what, headers, status, config, hostname] of callers) {
  Deno.test(`createHttpApp() answers ${what} with ${status}`, async () => {
    await withApp(
      async (app, { events }) => {
        const { host = "127.0.0.1", ...others } = headers;
        const url = /^[\w.[\]:-]+$/.test(host)
          ? `http://${host}/health`
          : "http://127.0.0.1/health";
        const response = await app.fetch(new Request(url, { headers: { host, ...others } }));
        assert.equal(response.status, status, await response.text());
        const refused = events.filter(({ type }) => type === "refused");
        assert.equal(refused.length, status === 200 ? 0 : 1);
      },
      config,
      { hostname },
    );
  });
}

Deno.test("createHttpApp() refuses a request target that names another host", async () => {
  await withApp(async (app) => {
    const request = new Request("http://evil.example/health", { headers: { host: "localhost" } });
    assert.equal((await app.fetch(request)).status, 400);
  });
});

Deno.test("createHttpApp() opens to the pages that are allowed, and to no other", async () => {
  const origin = "https://a.example";
  await withApp(async (app) => {
    const preflight = await app.fetch(
      new Request("http://127.0.0.1/mcp", {
        method: "OPTIONS",
        headers: { host: "127.0.0.1", origin, "access-control-request-method": "POST" },
      }),
    );
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get("access-control-allow-origin"), origin);
    const maySend = preflight.headers.get("access-control-allow-headers")!.split(", ");
    assert.ok(["Mcp-Session-Id", "Authorization", "X-API-Key"].every((h) => maySend.includes(h)));
    const response = await app.fetch(post(INITIALIZE, { origin }));
    await response.text();
    assert.equal(response.headers.get("access-control-allow-origin"), origin);
    assert.match(response.headers.get("access-control-expose-headers")!, /Mcp-Session-Id/);
    assert.match(response.headers.get("vary")!, /Origin/);
    const local = await app.fetch(post(INITIALIZE, { origin: "http://localhost:1" }));
    await local.text();
    assert.equal(local.headers.get("access-control-allow-origin"), null);
    assert.match(local.headers.get("vary")!, /Origin/);
  }, { allowed_origins: [origin] });
});

Deno.test("createHttpApp() tells who was refused, and why", async () => {
  const known = { authorization: "key:a read" };
  const headers = { host: "127.0.0.1", "content-type": "text/plain", ...known };
  const plain = new Request("http://127.0.0.1/mcp", { method: "POST", headers, body: "{}" });
  const cases: [Request, status: number, reason: string, principal?: string][] = [
    [post(ping), 401, "unauthorized"],
    [post("{", known), 400, "message", "key:a"],
    [plain, 415, "message", "key:a"],
    [post(`"${"x".repeat(2000)}"`, known), 413, "size", "key:a"],
    [post(call("write"), known), 403, "forbidden", "key:a"],
  ];
  await withApp(
    async (app, { events }) => {
      for (const [request, ...expected] of cases) {
        events.length = 0;
        await (await app.fetch(request)).text();
        const { status, reason, principal, requestId } = events.find((event) =>
          event.type === "refused"
        )!;
        assert.deepEqual([status, reason, principal].slice(0, expected.length), expected);
        assert.ok(requestId);
      }
    },
    { limits: { body_mb: 0.001 } },
    { access, scopeOf: () => "write" },
  );
});

Deno.test("createHttpApp() refuses a body that is too large", async () => {
  await withApp(async (app) => {
    const response = await app.fetch(post(`"${"x".repeat(2000)}"`));
    assert.equal(response.status, 413, await response.text());
  }, { limits: { body_mb: 0.001 } });
});

Deno.test("createHttpApp() refuses a body that does not come", async () => {
  await withApp(async (app) => {
    const body = new ReadableStream({ start: (to) => to.enqueue(new Uint8Array(1)) });
    const headers = { host: "127.0.0.1", accept: json, "content-type": "application/json" };
    const request = new Request("http://127.0.0.1/mcp", { method: "POST", headers, body });
    const response = await app.fetch(request);
    assert.equal(response.status, 408, await response.text());
    assert.equal(response.headers.get("connection"), "close");
  }, { limits: { body_seconds: 0.02 } });
});

Deno.test("createHttpApp() says 429 too where a call was let in and then found no room", () =>
  withApp(async (app, { events }) => {
    const request = modernCall("echo", {}, 5);
    noteRefusal(request, new BusyError("Cannot take the call: busy", "busy", 2.5));
    const response = await app.fetch(request);
    assert.deepEqual([response.status, response.headers.get("retry-after")], [429, "3"]);
    assert.equal((await response.json()).error.code, -32000);
    assert.equal(events.filter(({ type }) => type === "refused").length, 1);
  }));

Deno.test("createHttpApp() tells in the stream that has begun that a call gave way to another client's", async () => {
  const finish = Promise.withResolvers<void>();
  const tool = { name: "slow", title: "Slow", summary: "Slow.", effects: "none" as const };
  const load = () => Promise.reject(new Error("it runs elsewhere"));
  const limits = { concurrent_calls: 1, queued_calls: 2, calls_per_minute: 0 };
  const gate = createCallGate({ limits, tools: [tool] });
  const createServer = (caller: Caller) =>
    createMcpServer({
      version: "0",
      tools: [{ ...tool, load }],
      schemas: () => Promise.resolve({}),
      callTool: async () => {
        await finish.promise;
        return { ok: true, output: {}, text: "done" };
      },
      log: () => {},
      gate,
      caller,
    });
  await withApp(
    async (app) => {
      const open = async (client: string) => {
        const headers = { authorization: `${client} read` };
        const session = await openSession(app, headers);
        return (id: string) => app.fetch(post(call("slow", {}, id), { ...session, ...headers }));
      };
      const [one, another] = [await open("a"), await open("b")];
      const [, , displaced] = await Promise.all(["a1", "a2", "a3"].map(one));
      assert.equal(displaced!.headers.get("content-type"), "text/event-stream");
      assert.equal(gate.load().queued, 2);
      const other = another("b1");
      const [{ id, error }] = await messagesOf(displaced!);
      assert.deepEqual([displaced!.status, id, error.code], [200, "a3", -32000]);
      assert.equal(error.data.reason, "busy");
      assert.ok(Number.isInteger(error.data.retryAfterSeconds) && error.data.retryAfterSeconds > 0);
      finish.resolve();
      const [answer] = await messagesOf(await other);
      assert.equal(answer.result.content[0].text, "done");
    },
    {},
    { access, gate, createServer },
  );
});

Deno.test("createHttpApp() refuses calls while it is busy, and nothing else", async () => {
  const busy = new BusyError("Cannot take the call: busy", "busy", 2.5);
  const { options: { gate } } = httpFixture();
  await withApp(
    async (app, { events }) => {
      const session = await openSession(app);
      for (const request of [modernCall("echo", {}, 5), post(call("echo", {}, 5), session)]) {
        const response = await app.fetch(request);
        assert.equal(response.status, 429);
        assert.equal(response.headers.get("retry-after"), "3");
        const { id, error } = await response.json();
        assert.deepEqual([id, error.code, error.data.retryAfterSeconds], [5, -32000, 2.5]);
      }
      const listed = await app.fetch(post({ ...ping, method: "tools/list" }, session));
      assert.equal(listed.status, 200);
      await listed.text();
      assert.equal(events.filter(({ type }) => type === "refused").length, 2);
    },
    {},
    { gate: { ...gate, refusal: () => busy } },
  );
});

/** Who says who they are, and after that what they may. */
const access = {
  isGood: () => true,
  forbid: () => new Response(null, { status: 403 }),
  authenticate({ headers }: Request): Promise<Principal | Response> {
    const given = headers.get("authorization");
    if (given === null) return Promise.resolve(new Response(null, { status: 401 }));
    const [id = "", ...scopes] = given.split(" ");
    return Promise.resolve({ id, name: id, scopes: scopes as Scope[] });
  },
};

Deno.test("createHttpApp() and the MCP server tell of a request by the same id", async () => {
  const events: ServerEvent[] = [];
  const emit = (event: ServerEvent) => void events.push(event);
  const createServer = (caller: Caller) =>
    createMcpServer({
      version: "0",
      tools: [],
      schemas: () => Promise.resolve({}),
      callTool: () => Promise.reject(new Error("there is none")),
      log: () => {},
      emit,
      caller,
    });
  await withApp(
    async (app) => {
      const session = await openSession(app);
      for (const request of [post(call("none"), session), modernCall("none", {})]) {
        events.length = 0;
        await (await app.fetch(request)).text();
        const ids = events.map((event) => "requestId" in event && event.requestId);
        assert.equal(events.filter(({ type }) => /^http$|^request_/.test(type)).length, 3);
        assert.equal(new Set(ids.filter(Boolean)).size, 1, JSON.stringify(events));
      }
    },
    {},
    { createServer, emit },
  );
});

Deno.test("createHttpApp() asks who calls /mcp and /metrics, not who asks for health", async () => {
  await withApp(
    async (app) => {
      for (
        const [path, status] of [["mcp", 401], ["metrics", 401], ["health", 200], ["ready", 200]]
      ) {
        const response = await app.fetch(new Request(`http://127.0.0.1/${path}`, host({})));
        assert.equal(response.status, status, await response.text());
      }
      const ask = (authorization: string) =>
        app.fetch(new Request("http://127.0.0.1/metrics", host({ authorization })));
      assert.equal(await (await ask("a read")).text(), "up 1");
      const forbidden = await ask("a run");
      assert.deepEqual([forbidden.status, await forbidden.text()], [403, ""]);
    },
    {},
    { access, metrics: () => Promise.resolve("up 1") },
  );
});

Deno.test("createHttpApp() gives a session to nobody but who opened it", async () => {
  await withApp(
    async (app) => {
      const session = await openSession(app, { authorization: "a" });
      const requests: [Request, number][] = [
        [post(ping, { ...session, authorization: "b" }), 404],
        [
          new Request("http://127.0.0.1/mcp", host({ ...session, authorization: "b" }, "DELETE")),
          404,
        ],
        [post(ping, session), 200],
        [new Request("http://127.0.0.1/mcp", host(session, "DELETE")), 200],
        [post(ping, session), 404],
      ];
      for (const [request, status] of requests) {
        const response = await app.fetch(request);
        assert.equal(response.status, status, await response.text());
      }
    },
    {},
    { access },
  );
});

Deno.test("createHttpApp() lets a session call what the token of each request allows", async () => {
  const scopeOf = () => "write" as const;
  await withApp(
    async (app) => {
      const session = await openSession(app, { authorization: "a read" });
      const step = async (authorization: string) => {
        const response = await app.fetch(post(call("scopes"), { ...session, authorization }));
        if (response.status !== 200) return response.status;
        const [{ result }] = await messagesOf(response);
        return result.content[0].text;
      };
      assert.deepEqual(
        [await step("a read"), await step("a read write"), await step("a read")],
        [403, "read write", 403],
      );
    },
    {},
    { access, scopeOf },
  );
});

Deno.test("createHttpApp() lists in a session the tools that the token of each request allows", async () => {
  const load = () => Promise.reject(new Error("none is called"));
  const schema = { type: "object" as const };
  const tools = (["reads", "writes"] as const).map((effects) => ({
    name: effects,
    title: effects,
    summary: effects,
    effects,
    load,
  }));
  const schemas = {
    reads: { input: schema, output: schema },
    writes: { input: schema, output: schema },
  };
  const createServer = (caller: Caller) =>
    createMcpServer({
      version: "0",
      tools,
      schemas: () => Promise.resolve(schemas),
      callTool: load,
      log: () => {},
      caller,
    });
  await withApp(
    async (app) => {
      const session = await openSession(app, { authorization: "a read" });
      const list = async (authorization: string) => {
        const message = { ...ping, method: "tools/list" };
        const response = await app.fetch(post(message, { ...session, authorization }));
        const [{ result }] = await messagesOf(response);
        return result.tools.map(({ name }: { name: string }) => name);
      };
      assert.deepEqual(await list("a read"), ["reads"]);
      assert.deepEqual(await list("a read write"), ["reads", "writes"]);
      assert.deepEqual(await list("a write"), ["writes"]);
    },
    {},
    { access, createServer },
  );
});

Deno.test("createHttpApp() tells of no version of the protocol that clients have made up", async () => {
  await withApp(async (app, { events }) => {
    for (let i = 0; i < 300; i++) {
      const params = { ...INITIALIZE.params, protocolVersion: i === 0 ? "2025-03-26" : `v${i}` };
      await (await app.fetch(post({ ...INITIALIZE, params }))).text();
    }
    await app.stop(0);
    for (const type of ["session_opened", "session_closed"]) {
      const found = events.filter((event) => event.type === type);
      const versions = found.map((event) => "protocolVersion" in event && event.protocolVersion);
      assert.equal(found.length, 300);
      assert.deepEqual([...new Set(versions)], ["2025-03-26", "2025-11-25"]);
    }
  });
});

Deno.test("createHttpApp() bounds sessions, in all and for each client", async () => {
  await withApp(
    async (app) => {
      const open = async (authorization: string) => {
        const response = await app.fetch(post(INITIALIZE, { authorization }));
        await response.text();
        if (!response.ok) assert.ok(Number(response.headers.get("retry-after")) > 0);
        return response.status;
      };
      const found = [];
      for (const client of ["a", "a", "a", "b", "c", "c"]) found.push(await open(client));
      assert.deepEqual(found, [200, 200, 429, 200, 200, 503]);
    },
    { limits: { sessions: 4, sessions_per_client: 2 } },
    { access },
  );
});

Deno.test("createHttpApp() bounds the streams of a key", async () => {
  await withApp(
    async (app) => {
      const stream = async () => {
        const session = await openSession(app, { authorization: "a" });
        return await app.fetch(
          new Request("http://127.0.0.1/mcp", host({ ...session, accept: json })),
        );
      };
      const first = await stream();
      assert.equal(first.status, 200);
      assert.equal((await stream()).status, 429);
      await first.body!.cancel();
      const again = await stream();
      assert.equal(again.status, 200);
      await again.body!.cancel();
    },
    { limits: { streams_per_client: 1 } },
    { access },
  );
});

Deno.test("createHttpApp() lets those who need no key have all sessions and streams", async () => {
  await withApp(async (app) => {
    for (let i = 0; i < 3; i++) {
      const session = await openSession(app);
      const headers = host({ ...session, accept: json });
      const stream = await app.fetch(new Request("http://127.0.0.1/mcp", headers));
      assert.equal(stream.status, 200);
      await stream.body!.cancel();
    }
    assert.equal((await app.fetch(post(INITIALIZE))).status, 503);
  }, { limits: { sessions: 3, sessions_per_client: 1, streams_per_client: 1 } });
});

Deno.test("createHttpApp() forgets sessions that nobody uses", async () => {
  await withApp(async (app, { events }) => {
    const session = await openSession(app);
    const closed = () => events.some(({ type }) => type === "session_closed");
    await until(closed, "the session's end");
    const response = await app.fetch(post(ping, session));
    assert.equal(response.status, 404, await response.text());
  }, { limits: { session_idle_minutes: 0.0005 } });
});

Deno.test("createHttpApp() refuses an id that is in use in its session", async () => {
  await withApp(async (app, { calls }) => {
    const session = await openSession(app);
    const first = await app.fetch(post(call("wait", {}, 1), session));
    const second = await app.fetch(post(call("echo", {}, 1), session));
    assert.equal(second.status, 400);
    assert.match((await second.json()).error.message, /in use/);
    calls.finish();
    assert.equal((await messagesOf(first)).length, 1);
    const third = await app.fetch(post(call("echo", {}, 1), session));
    assert.equal((await messagesOf(third)).length, 1);
  });
});

Deno.test("createHttpApp() ends the stream of a request that is cancelled", async () => {
  await withApp(async (app, { calls }) => {
    const session = await openSession(app);
    const waiting = await app.fetch(post(call("wait", {}, 1), session));
    const params = { requestId: 1 };
    await app.fetch(post({ jsonrpc: "2.0", method: "notifications/cancelled", params }, session));
    assert.deepEqual(await messagesOf(waiting), []);
    assert.equal(calls.aborted, 1);
  });
});

Deno.test("createHttpApp() stops a call whose client has left and does not come back", async () => {
  await withApp(async (app, { calls }) => {
    const session = await openSession(app);
    const old = await app.fetch(post(call("wait", {}, 1), session));
    await old.body!.cancel();
    await until(() => calls.aborted === 1, "the older call's end");
    const controller = new AbortController();
    const request = new Request(modernCall("wait", {}), { signal: controller.signal });
    const left = app.fetch(request);
    await until(() => calls.started === 2, "the newer call");
    controller.abort();
    await until(() => calls.aborted === 2, "the newer call's end");
    await (await left).body?.cancel();
  });
});

Deno.test("createHttpApp() gives a client that comes back what it has missed", async () => {
  await withApp(async (app, { calls }) => {
    const session = { ...await openSession(app), "mcp-protocol-version": "2025-11-25" };
    const broken = await app.fetch(post(call("wait", { text: "a" }, 1), session));
    const reader = broken.body!.getReader();
    const [, lastEventId] = new TextDecoder().decode((await reader.read()).value).match(
      /id: (.+)/,
    )!;
    await reader.cancel();
    const headers = { ...session, accept: json, "last-event-id": lastEventId! };
    const resumed = await app.fetch(new Request("http://127.0.0.1/mcp", host(headers)));
    assert.equal(resumed.status, 200);
    calls.finish();
    const [{ id, result }] = await messagesOf(resumed);
    assert.deepEqual([id, result.content[0].text], [1, "a for local"]);
    assert.equal(calls.aborted, 0);
    const late = await app.fetch(new Request("http://127.0.0.1/mcp", host(headers)));
    assert.deepEqual((await messagesOf(late)).map((message: Message) => message.id), [1]);
  });
});

Deno.test("createHttpApp() lets calls end when it stops, and answers the rest with an error", async () => {
  for (const drainMs of [10_000, 10]) {
    const { options, calls } = httpFixture();
    const app = createHttpApp(options);
    const session = await openSession(app);
    const stream = await app.fetch(
      new Request("http://127.0.0.1/mcp", host({ ...session, accept: json })),
    );
    const old = app.fetch(post(call("wait", {}, 1), session)).then(messagesOf);
    const newer = app.fetch(modernCall("wait", {}, 2)).then(messagesOf);
    await until(() => calls.started === 2);
    assert.equal(app.calls, 2);
    const stopped = app.stop(drainMs);
    const refused = await app.fetch(modernCall("echo", {}));
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get("connection"), "close");
    assert.ok(refused.headers.has("retry-after"));
    await refused.text();
    assert.equal((await app.fetch(new Request("http://127.0.0.1/ready", host({})))).status, 503);
    if (drainMs > 1000) calls.finish();
    const answers = [...await old, ...await newer];
    assert.deepEqual(answers.map(({ id }) => id), [1, 2]);
    assert.deepEqual(
      answers.map(({ error }) => error?.code),
      drainMs > 1000 ? [undefined, undefined] : [-32000, -32000],
    );
    await stopped;
    assert.equal(calls.aborted, drainMs > 1000 ? 0 : 2);
    await stream.text();
  }
});

Deno.test("createHttpApp() takes up sessions of an earlier process, for who opened them", async () => {
  const kept = new Map<string, HttpSession>();
  const sessionRecords = {
    find: (id: string) => kept.get(id),
    keep: (record: HttpSession) => void kept.set(record.id, record),
    drop: (id: string) => void kept.delete(id),
    flush: () => Promise.resolve(),
  };
  const start = () => createHttpApp({ ...httpFixture({}, { access }).options, sessionRecords });
  const first = start();
  const session = await openSession(first, { authorization: "a" });
  await first.stop(0);
  const second = start();
  const theirs = await second.fetch(post(ping, { ...session, authorization: "b" }));
  assert.equal(theirs.status, 404, await theirs.text());
  const calls = [1, 2, 3].map((id) => second.fetch(post(call("echo", { text: "a" }, id), session)));
  for (const response of await Promise.all(calls)) {
    const [{ result }] = await messagesOf(response);
    assert.equal(result.content[0].text, "a for a");
  }
  await (await second.fetch(new Request("http://127.0.0.1/mcp", host(session, "DELETE")))).text();
  await second.stop(0);
  assert.equal(kept.size, 0);
  const third = start();
  const gone = await third.fetch(post(ping, session));
  assert.equal(gone.status, 404, await gone.text());
  await third.stop(0);
});

Deno.test("createHttpApp() opens a session's own stream anew where its events are forgotten", async () => {
  await withApp(async (app) => {
    const session = { ...await openSession(app), accept: json };
    for (const [event, status] of [["_GET_stream_9", 200], ["other_9", 400]] as const) {
      const headers = { ...session, "last-event-id": event };
      const stream = await app.fetch(new Request("http://127.0.0.1/mcp", host(headers)));
      assert.equal(stream.status, status);
      await stream.body!.cancel();
    }
  });
});

Deno.test("createHttpApp() goes on with a call when another stream of its session is left", async () => {
  await withApp(async (app, { calls }) => {
    const session = await openSession(app);
    const headers = { ...session, accept: json };
    const own = await app.fetch(new Request("http://127.0.0.1/mcp", host(headers)));
    const waiting = await app.fetch(post(call("wait", { text: "a" }, 1), session));
    const left = await app.fetch(post(call("wait", {}, 2), session));
    await left.body!.cancel();
    await own.body!.cancel();
    await until(() => calls.aborted === 1, "the end of the call that was left");
    calls.finish();
    const [{ result }] = await messagesOf(waiting);
    assert.equal(result.content[0].text, "a for local");
    assert.equal(calls.aborted, 1);
  });
});
