import assert from "node:assert/strict";
import { CallFault } from "./call_fault.ts";
import { callServer, createServer, startCall } from "./http.ts";

const ABOUT = { doing: "ask", kind: "ollama" } as const;

function serverWith(options: Partial<Parameters<typeof createServer>[0]> = {}) {
  return createServer({ url: "http://host:1", timeoutMs: 1000, ...options }, "ollama");
}

Deno.test("createServer() takes the credentials out of the URL", () => {
  for (
    const [url, authorization] of [
      ["http://host:1", undefined],
      ["http://me@host:1", `Basic ${btoa("me:")}`],
      ["http://me:p%40ss@host:1", `Basic ${btoa("me:p@ss")}`],
      ["http://me:100%@host:1", `Basic ${btoa("me:100%")}`],
      ["http://%C3%A9:x@host:1", "Basic w6k6eA=="],
    ] as const
  ) {
    const server = serverWith({ url });
    assert.equal(server.url, "http://host:1");
    assert.equal(server.authorization, authorization, url);
  }
  assert.equal(serverWith({ apiKey: "k" }).authorization, "Bearer k");
});

Deno.test("callServer() sends what it is given, and follows no redirect", async () => {
  const asked: RequestInit[] = [];
  const fake = (_: unknown, init?: RequestInit) => {
    asked.push(init!);
    return Promise.resolve(Response.json({}));
  };
  const server = serverWith({ apiKey: "k", fetch: fake as typeof fetch });
  await callServer(server, ABOUT, undefined, (call) => call.send("http://host:1/", { body: "{}" }));
  assert.equal(asked[0]?.redirect, "manual");
  assert.deepEqual(asked[0]?.headers, {
    accept: "application/json, text/event-stream",
    "content-type": "application/json",
    authorization: "Bearer k",
  });
});

Deno.test("callServer() throws faults as errors for users, and bugs as they are", async () => {
  const bug = new TypeError("bug");
  const failing = (error: unknown) => () => Promise.reject(error);
  const fault = new CallFault("busy", "the server is busy");
  await assert.rejects(callServer(serverWith(), ABOUT, undefined, failing(fault)), {
    name: "ModelError",
    fault: "busy",
    message: "Cannot ask: the server is busy",
    hint: "try again later",
  });
  await assert.rejects(callServer(serverWith(), ABOUT, undefined, failing(bug)), (e) => e === bug);
});

Deno.test("callServer() waits for as long as it is told, however long that is", async () => {
  const server = serverWith({ timeoutMs: 1e12 });
  const answer = await callServer(server, ABOUT, undefined, async ({ signal }) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return signal.aborted;
  });
  assert.equal(answer, false);
});

Deno.test("callServer() ends what is under way in it, also when it succeeds", async () => {
  const signal = await callServer(serverWith(), ABOUT, undefined, (call) => {
    return Promise.resolve(call.signal);
  });
  assert(signal.aborted);
});

Deno.test("callServer() keeps nothing at a signal that outlives it", async () => {
  let listeners = 0;
  const { signal } = new AbortController();
  const add = signal.addEventListener, remove = signal.removeEventListener;
  signal.addEventListener = (...args: unknown[]) => {
    listeners++;
    Reflect.apply(add, signal, args);
  };
  signal.removeEventListener = (...args: unknown[]) => {
    listeners--;
    Reflect.apply(remove, signal, args);
  };
  await callServer(serverWith(), ABOUT, signal, () => Promise.resolve());
  assert.equal(listeners, 0);
});

Deno.test("startCall() takes the caller's reason before any fault", () => {
  const controller = new AbortController();
  using call = startCall(serverWith(), ABOUT, controller.signal);
  controller.abort(130);
  assert.equal(call.explain(new CallFault("busy", "busy")), 130);
});

Deno.test("callServer() tells a short wait in milliseconds", async () => {
  const server = serverWith({ timeoutMs: 1 });
  await assert.rejects(
    callServer(server, ABOUT, undefined, async ({ signal }) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      signal.throwIfAborted();
    }),
    { fault: "timeout", message: "Cannot ask: no whole answer within 1 ms" },
  );
});
