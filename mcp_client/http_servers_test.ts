import assert from "node:assert/strict";
import type { ServerDefinition } from "../config/server_definition.ts";
import { until } from "../config/until_fixture.ts";
import { fixture, withServers } from "./host_fixture.ts";

type Message = { id?: number; method: string; params?: Record<string, unknown> };
type Answer = (message: Message, request: Request) => Response | object | undefined;

const RESULTS: Record<string, object> = {
  initialize: {
    protocolVersion: "2025-11-25",
    capabilities: { tools: {} },
    serverInfo: { name: "http", version: "1" },
  },
  "tools/list": { tools: [{ name: "t", inputSchema: { type: "object" } }] },
  "tools/call": { content: [{ type: "text", text: "called" }] },
};

/** A server over HTTP of the older revisions; `answer` comes before what is usual. */
async function withHttp(
  answer: Answer,
  test: (definition: (headers?: Record<string, string>) => ServerDefinition) => Promise<void>,
): Promise<void> {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405 });
    const message: Message = await request.json();
    const given = answer(message, request);
    if (given instanceof Response) return given;
    if (message.id === undefined) return new Response(null, { status: 202 });
    const result = given ?? RESULTS[message.method];
    const error = { code: -32601, message: "Method not found" };
    return Response.json({ jsonrpc: "2.0", id: message.id, ...result ? { result } : { error } });
  });
  const url = `http://127.0.0.1:${server.addr.port}/s3cret/mcp`;
  try {
    await test((headers = {}) => ({
      ...fixture(),
      server: { kind: "http", url, headers, onlySse: false, oauth: {} },
    }));
  } finally {
    await server.shutdown();
  }
}

const ok = { ok: true, text: "called" };

Deno.test("each request brings the headers, with variables filled in", () => {
  const seen = new Set<string | null>();
  return withHttp(
    (_, { headers }) => void seen.add(headers.get("x-key")),
    (define) =>
      withServers([define({ "x-key": "Bearer ${DEVMCP_TEST_KEY}" })], async ({ call }) => {
        assert.deepEqual(await call("fix:t"), ok);
        assert.deepEqual([...seen], ["Bearer k"]);
      }, { env: (name) => name === "DEVMCP_TEST_KEY" ? "k" : undefined }),
  );
});

Deno.test("a redirect to another host is not followed, and no header goes there", () =>
  withHttp(
    () => Response.redirect("http://127.0.0.2:9/mcp", 307),
    (define) =>
      withServers([define({ "x-key": "k" })], ({ host }) => {
        const { state, problem } = host.servers()[1]!;
        assert.equal(state, "failed");
        assert.match(problem!, /redirect/i);
        return Promise.resolve();
      }),
  ));

Deno.test("an endless answer ends the call, not the chat", () =>
  withHttp(({ method }) => {
    if (method !== "tools/call") return;
    const megabyte = new TextEncoder().encode("x".repeat(1 << 20));
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(megabyte) });
    return new Response(body, { headers: { "content-type": "application/json" } });
  }, (define) =>
    withServers([define()], async ({ call }) => {
      const { ok, text } = await call("fix:t");
      assert.deepEqual([ok, /more than 16 MiB/.test(text)], [false, true], text);
    })));

Deno.test("a flood ends the connection", () =>
  withHttp(({ method }) => {
    if (method !== "tools/call") return;
    const notification = { jsonrpc: "2.0", method: "notifications/message", params: {} };
    const event = new TextEncoder().encode(`data: ${JSON.stringify(notification)}\n\n`);
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(event) });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  }, (define) =>
    withServers([define()], async ({ call }) => {
      const { ok, text } = await call("fix:t");
      assert.deepEqual([ok, /it floods/.test(text)], [false, true], text);
    })));

Deno.test("a server that has forgotten the session is connected anew", () => {
  let session = 0;
  let isKnown = true;
  return withHttp(({ method }) => {
    if (method === "server/discover") return;
    if (method !== "initialize") {
      return isKnown ? undefined : new Response("no session", { status: 404 });
    }
    isKnown = true;
    const body = { jsonrpc: "2.0", id: 0, result: RESULTS.initialize };
    return Response.json(body, { headers: { "mcp-session-id": String(++session) } });
  }, (define) =>
    withServers([define()], async ({ call, host }) => {
      assert.deepEqual(await call("fix:t"), ok);
      isKnown = false;
      assert.equal((await call("fix:t")).ok, false);
      await until(() => host.servers()[1]!.state === "connected");
      assert.deepEqual([await call("fix:t"), session], [ok, 2]);
    }));
});

Deno.test("problems do not tell the path of an address, which may be a key", () =>
  withHttp(
    () => new Response("nothing here", { status: 500 }),
    (define) =>
      withServers([define()], ({ host, log }) => {
        assert.equal(host.servers()[1]!.state, "failed");
        assert.ok(!`${host.servers()[1]!.problem}${log.join()}`.includes("s3cret"));
        return Promise.resolve();
      }),
  ));

Deno.test("a server that wants a login says so", () =>
  withHttp(
    () => new Response(null, { status: 401, headers: { "www-authenticate": "Bearer" } }),
    (define) =>
      withServers([define()], ({ host }) => {
        assert.equal(host.servers()[1]!.state, "needs login", host.servers()[1]!.problem);
        return Promise.resolve();
      }),
  ));
