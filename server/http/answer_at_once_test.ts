import assert from "node:assert/strict";
import type { ServerEvent } from "../../config/server_events.ts";
import type { Caller } from "../caller.ts";
import { createMcpServer } from "../mcp_server.ts";
import { createHttpApp } from "./create_http_app.ts";
import { until } from "../../config/until_fixture.ts";
import { call, httpFixture, INITIALIZE, messagesOf, modernCall, post } from "./http_fixture.ts";

/** An open session of a server with an instant tool; `longCalls` are those that took the long way. */
async function open() {
  const events: ServerEvent[] = [];
  const longCalls: string[] = [];
  const emit = (event: ServerEvent) => void events.push(event);
  const good = { ok: true as const, output: { lines: 1 }, text: "one" };
  const never = Promise.withResolvers<typeof good>();
  const createServer = (caller: Caller) =>
    createMcpServer({
      version: "0",
      tools: ["look_up", "wait"].map((name) => ({
        name,
        title: name,
        summary: `${name}.`,
        effects: "none",
        instant: name === "look_up" || undefined,
        load: () => Promise.reject(new Error("loaded")),
      })),
      schemas: () => Promise.resolve({}),
      callTool: (name) => {
        longCalls.push(name);
        return name === "wait" ? never.promise : Promise.resolve(good);
      },
      callInstant: () => good,
      log: () => {},
      emit,
      caller,
    });
  const app = createHttpApp(httpFixture({}, { createServer, emit }).options);
  const opened = await app.fetch(post(INITIALIZE));
  await opened.text();
  const session = { "mcp-session-id": opened.headers.get("mcp-session-id")! };
  return { app, session, events, longCalls, end: () => never.resolve(good) };
}

Deno.test("McpEndpoint answers at once in a session, as JSON, and tells of it as of others", async () => {
  const { app, session, events, longCalls } = await open();
  events.length = 0;
  const response = await app.fetch(post(call("look_up", {}, 7), session));
  const { status, headers } = response;
  assert.deepEqual([status, headers.get("content-type")], [200, "application/json"]);
  assert.equal(headers.get("mcp-session-id"), session["mcp-session-id"]);
  assert.equal(headers.get("cache-control"), "no-store, no-transform");
  const [{ id, result }] = await messagesOf(response);
  assert.deepEqual([id, result.structuredContent, longCalls], [7, { lines: 1 }, []]);
  assert.deepEqual(events.map(({ type }) => type), ["request_started", "request_ended", "http"]);
  const ids = events.map((event) => "requestId" in event && event.requestId);
  assert.equal(new Set(ids).size, 1);
  await app.stop(0);
});

const REFUSED: [what: string, headers: Record<string, string>, status: number][] = [
  ["another session's id", { "mcp-session-id": crypto.randomUUID() }, 404],
  ["a client that takes no streams", { accept: "application/json" }, 406],
  ["an unknown revision", { "mcp-protocol-version": "1999-01-01" }, 400],
  ["the newest revision", { "mcp-protocol-version": "2026-07-28" }, 400],
];

for (const [what, headers, status] of REFUSED) {
  Deno.test(`McpEndpoint refuses an instant call of ${what} as any other`, async () => {
    const { app, session, longCalls } = await open();
    const response = await app.fetch(post(call("look_up"), { ...session, ...headers }));
    await response.text();
    assert.deepEqual([response.status, longCalls], [status, []]);
    await app.stop(0);
  });
}

Deno.test("McpEndpoint refuses an instant call whose id is in use", async () => {
  const { app, session, longCalls, end } = await open();
  const waiting = app.fetch(post(call("wait", {}, 7), session));
  await until(() => longCalls.length > 0);
  const refused = await app.fetch(post(call("look_up", {}, 7), session));
  assert.equal(refused.status, 400);
  assert.match(await refused.text(), /the id 7 is in use/);
  end();
  await (await waiting).text();
  await app.stop(0);
});

Deno.test("McpEndpoint takes no instant call when it stops", async () => {
  const { app, session } = await open();
  await app.stop(0);
  const response = await app.fetch(post(call("look_up"), session));
  assert.equal(response.status, 503);
});

Deno.test("McpEndpoint answers the newest protocol the long way", async () => {
  const { app, longCalls } = await open();
  const [{ result }] = await messagesOf(await app.fetch(modernCall("look_up", {})));
  assert.deepEqual([result.structuredContent, longCalls], [{ lines: 1 }, ["look_up"]]);
  await app.stop(0);
});
