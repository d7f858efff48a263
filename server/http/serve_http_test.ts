import assert from "node:assert/strict";
import { until } from "../../config/until_fixture.ts";
import { call, INITIALIZE, LEGACY, modernCall } from "./http_fixture.ts";
import { type HttpServer, serveHttp, type ServeHttpOptions } from "./serve_http.ts";
import { CLOSE, HOST, JSON_HEADERS, raw, readAll, withServer } from "./server_fixture.ts";

const encoder = new TextEncoder();

/** Sends bytes as they are, and gives what comes until the server ends the connection. */
async function exchange({ port }: HttpServer, text: string): Promise<string> {
  const connection = await Deno.connect({ port });
  await connection.write(encoder.encode(text));
  const answer = await readAll(connection);
  connection.close();
  return answer;
}

const exchanges: [string, string, RegExp][] = [
  ["HTTP/1.0 with a host", raw("GET /health HTTP/1.0", [HOST]), /^HTTP\/1.0 200 /],
  ["HTTP/1.0 without a host", raw("GET /health HTTP/1.0", []), /^HTTP\/1.0 400 /],
  ["no host", raw("GET /health HTTP/1.1", [CLOSE]), /^HTTP\/1.1 400 /],
  ["two hosts", raw("GET /health HTTP/1.1", [HOST, "Host: evil", CLOSE]), /^HTTP\/1.1 40[03] /],
  [
    "an absolute target that is ours",
    raw("GET http://localhost/health HTTP/1.1", [HOST, CLOSE]),
    /^HTTP\/1.1 200 /,
  ],
  [
    "an absolute target of another host",
    raw("GET http://evil.example/health HTTP/1.1", [HOST, CLOSE]),
    /^HTTP\/1.1 40[03] /,
  ],
  ["CONNECT", raw("CONNECT evil.example:80 HTTP/1.1", [HOST, CLOSE]), /^HTTP\/1.1 4\d\d /],
  ["OPTIONS *", raw("OPTIONS * HTTP/1.1", [HOST, CLOSE]), /^HTTP\/1.1 4\d\d /],
  ["a dot in the path", raw("GET /./health HTTP/1.1", [HOST, CLOSE]), /^HTTP\/1.1 404 /],
  ["two dots in the path", raw("GET /a/../health HTTP/1.1", [HOST, CLOSE]), /^HTTP\/1.1 404 /],
  ["a back-slash in the path", raw("GET \\health HTTP/1.1", [HOST, CLOSE]), /^HTTP\/1.1 40[04] /],
  ["no HTTP at all", "\x16\x03\x01\r\n\r\n", /^(HTTP\/1.1 400 |$)/],
  [
    "a length and chunks",
    raw("POST /mcp HTTP/1.1", [
      HOST,
      CLOSE,
      ...JSON_HEADERS,
      "Content-Length: 3",
      "Transfer-Encoding: chunked",
    ], "0\r\n\r\n"),
    /^HTTP\/1.1 400 /,
  ],
  [
    "two lengths",
    raw("POST /mcp HTTP/1.1", [
      HOST,
      CLOSE,
      ...JSON_HEADERS,
      "Content-Length: 3",
      "Content-Length: 4",
    ], "{} "),
    /^HTTP\/1.1 400 /,
  ],
  [
    "long headers",
    raw("GET /health HTTP/1.1", [HOST, CLOSE, `X: ${"x".repeat(600_000)}`]),
    /^(HTTP\/1.1 4\d\d |$)/,
  ],
];

for (const [what, text, expected] of exchanges) {
  Deno.test(`serveHttp() answers ${what}`, async () => {
    await withServer(async ({ server }) => {
      const answer = await exchange(server, text);
      assert.match(answer, expected);
      assert.doesNotMatch(answer, /^server:/im);
      assert.equal(
        (await (await fetch(`http://localhost:${server.port}/health`)).json()).status,
        "ok",
      );
    });
  });
}

const stalled: [string, string, RegExp][] = [
  ["nothing", "", /^$/],
  ["half a header", "GET /health HTTP/1.1\r\nHos", /^(HTTP\/1.1 408 |$)/],
  [
    "half a body",
    raw("POST /mcp HTTP/1.1", [HOST, ...JSON_HEADERS, "Content-Length: 9"], "{"),
    /^HTTP\/1.1 408 /,
  ],
  [
    "a chunk's half",
    raw("POST /mcp HTTP/1.1", [HOST, ...JSON_HEADERS, "Transfer-Encoding: chunked"], "9\r\n{"),
    /^HTTP\/1.1 408 /,
  ],
  ["nothing more after a request", raw("GET /health HTTP/1.1", [HOST]), /^HTTP\/1.1 200 /],
  ["half a second request", raw("GET /health HTTP/1.1", [HOST], "GET /"), /^HTTP\/1.1 200 /],
];

Deno.test("serveHttp() ends connections that stall by their deadlines, and serves others", async () => {
  await withServer(async ({ server }) => {
    const all = stalled.flatMap((stall) => Array.from({ length: 20 }, () => stall));
    const ended = all.map(([, text]) => exchange(server, text));
    const good = await fetch(`http://localhost:${server.port}/health`);
    assert.equal(good.status, 200);
    await good.text();
    const answers = await Promise.all(ended);
    answers.forEach((answer, i) => assert.match(answer, all[i]![2], all[i]![0]));
  }, { limits: { header_seconds: 1.5, body_seconds: 1.5 } });
});

Deno.test("serveHttp() takes so many connections and no more", async () => {
  await withServer(async ({ server }) => {
    const open = await Promise.all([1, 2].map(() => Deno.connect({ port: server.port })));
    const third = await Deno.connect({ port: server.port });
    assert.equal(await readAll(third), "");
    third.close();
    open[0]!.close();
    const health = () => fetch(`http://localhost:${server.port}/health`).then((r) => r.text());
    await until(async () => /ok/.test(await health().catch(() => "")));
    open[1]!.close();
  }, { limits: { connections: 2 } });
});

async function openSession({ url }: HttpServer): Promise<Record<string, string>> {
  const headers = {
    accept: "application/json, text/event-stream",
    "content-type": "application/json",
  };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(INITIALIZE) });
  await response.text();
  const id = response.headers.get("mcp-session-id")!;
  return { ...headers, "mcp-session-id": id, "mcp-protocol-version": LEGACY };
}

Deno.test("serveHttp() stops the work of clients that leave, in both protocols", async () => {
  await withServer(async ({ server, calls }) => {
    const headers = await openSession(server);
    const controller = new AbortController();
    const { signal } = controller;
    const old = fetch(server.url, {
      method: "POST",
      headers,
      body: JSON.stringify(call("wait")),
      signal,
    });
    const modern = modernCall("wait", {});
    const newer = fetch(
      new Request(server.url, {
        method: "POST",
        headers: modern.headers,
        body: await modern.text(),
        signal,
      }),
    );
    await until(() => calls.started === 2, "the calls");
    controller.abort();
    await Promise.allSettled([old.then((response) => response.text()), newer]);
    await until(() => calls.aborted === 2, "the end of the work");
  });
});

Deno.test("serveHttp() does not cut what takes longer than a deadline", async () => {
  await withServer(async ({ server, calls }) => {
    const headers = await openSession(server);
    const stream = await fetch(server.url, { headers });
    const body = JSON.stringify(call("wait", { text: "late" }));
    const slow = await fetch(server.url, { method: "POST", headers, body });
    for (const late of ["", "GET /health HTTP/1.1\r\nHos"]) await exchange(server, late);
    const half = raw("POST /mcp HTTP/1.1", [HOST, ...JSON_HEADERS, "Content-Length: 9"], "{");
    await exchange(server, half); // now each deadline has passed
    calls.finish();
    assert.match(await slow.text(), /late for local/);
    const reader = stream.body!.getReader();
    const state = await Promise.race([reader.read(), Promise.resolve("open")]);
    assert.equal(state, "open");
    await reader.cancel();
  }, { limits: { header_seconds: 0.05, body_seconds: 0.05 } });
});

/** One request of raw HTTP that brings a message. */
function rawPost(message: object, headers: Record<string, string> = {}): string {
  const body = JSON.stringify(message);
  const lines = Object.entries({ ...headers, host: "localhost", "content-length": body.length });
  return raw("POST /mcp HTTP/1.1", lines.map(([name, value]) => `${name}: ${value}`), body);
}

/** More than the machine's buffers hold. */
const LARGE = { text: "x".repeat(1000), times: 30_000 };

const unread: [string, (server: HttpServer) => Promise<string>][] = [
  ["JSON", () => Promise.resolve(raw("GET /metrics HTTP/1.1", [HOST]))],
  ["an event", async (server) => rawPost(call("echo", LARGE), await openSession(server))],
  ["a stream", async (server) => rawPost(call("wait", LARGE), await openSession(server))],
  ["an event of the newest protocol", async () => {
    const request = modernCall("echo", LARGE);
    return rawPost(await request.json(), Object.fromEntries(request.headers));
  }],
];

for (const [what, requestTo] of unread) {
  Deno.test(`serveHttp() drops a client that does not read its answer: ${what}`, async () => {
    await withServer(
      async ({ server, calls }) => {
        const text = await requestTo(server);
        await until(() => server.connections === 0, "the end of other connections");
        const connection = await Deno.connect({ port: server.port });
        await connection.write(encoder.encode(text));
        await until(() => server.connections === 1, "the connection");
        if (text.includes('"wait"')) {
          await connection.read(new Uint8Array(12)); // it is a stream by now
          calls.finish();
        }
        await until(() => server.connections === 0, "its end");
        const answer = await readAll(connection);
        if (!text.includes('"wait"')) assert.match(answer, /^HTTP\/1.1 200 /);
        assert.ok(answer.length < 30_000_000, "all of it was sent");
        connection.close();
      },
      { limits: { header_seconds: 0.2, body_seconds: 0.2 } },
      { metrics: () => Promise.resolve("x".repeat(30_000_000)) },
    );
  });
}

Deno.test("serveHttp() lets calls end when it stops, then takes nothing more", async () => {
  for (const drain_seconds of [20, 0.1]) {
    const waitedFor: number[] = [];
    await withServer(
      async ({ server, calls, stop }) => {
        const headers = await openSession(server);
        const body = JSON.stringify(call("wait", { text: "done" }, 9));
        const slow = await fetch(server.url, { method: "POST", headers, body });
        await until(() => calls.started === 1, "the call");
        stop();
        await until(() => waitedFor.length === 1, "the stop");
        await assert.rejects(Deno.connect({ port: server.port }));
        if (drain_seconds > 1) calls.finish();
        const text = await slow.text();
        assert.match(text, drain_seconds > 1 ? /done for local/ : /"id":9,"error":.*stopping/);
        await server.finished;
      },
      { drain_seconds },
      { onStop: (calls) => waitedFor.push(calls) },
    );
    assert.deepEqual(waitedFor, [1]);
  }
});

const addresses: [string, Partial<ServeHttpOptions>, RegExp][] = [
  ["a taken port", {}, /Cannot listen on "127.0.0.1:\d+": the port is taken/],
  ["an address of another machine", { hostname: "192.0.2.1", port: 0 }, /no such address/],
  ["no address", { hostname: "no.such.invalid", port: 0 }, /Cannot listen on "no.such.invalid:0"/],
  ["a bad certificate", { port: 0, tls: { cert: "x", key: "y" } }, /Cannot use the certificate/],
];

for (const [what, more, expected] of addresses) {
  Deno.test(`serveHttp() refuses ${what} in one line`, async () => {
    await withServer(({ server, options }) => {
      const { hostname, port } = server;
      const { signal } = new AbortController();
      const again = () => serveHttp({ ...options, hostname, port, signal, ...more });
      assert.throws(again, (error: Error & { hint?: string }) => {
        assert.match(error.message, expected);
        assert.doesNotMatch(error.message, /\n/);
        return error.hint !== undefined;
      });
      return Promise.resolve();
    });
  });
}
