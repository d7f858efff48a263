import assert from "node:assert/strict";
import { atMost } from "../../config/at_most.ts";
import { rpcError } from "./rpc_error.ts";
import type { HttpServer } from "./serve_http.ts";
import { CLOSE, HOST, JSON_HEADERS, raw, readAll, withServer } from "./server_fixture.ts";
import { TEST_TLS } from "./tls_fixture.ts";

const ways = [["plain", undefined], ["TLS", TEST_TLS]] as const;
/** More than may be sent, and than the machine's buffers hold. */
const LARGE = 12_000_000;
const encoder = new TextEncoder();

async function connect({ port, url }: HttpServer): Promise<Deno.TcpConn | Deno.TlsConn> {
  if (!url.startsWith("https:")) return await Deno.connect({ port });
  const options = { hostname: "localhost", port, caCerts: [TEST_TLS.cert] };
  const connection = await Deno.connectTls(options);
  await connection.handshake();
  return connection;
}

async function sendAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
}

/** Fails instead of hanging. */
async function soon<T>(work: Promise<T>): Promise<T> {
  const found = await atMost(60_000, work.then((value) => ({ value })));
  assert.ok(found, "waited too long");
  return found.value;
}

/** Sends all of it, and only then reads, as most clients do. */
async function ask(server: HttpServer, text: string): Promise<string> {
  const connection = await connect(server);
  try {
    await soon(sendAll(connection, encoder.encode(text)));
    return await soon(readAll(connection));
  } finally {
    connection.close();
  }
}

const BODY = " ".repeat(LARGE);
const LENGTH = `Content-Length: ${LARGE}`;
const CHUNKED = "Transfer-Encoding: chunked";
const POST = "POST /mcp HTTP/1.1";
const early: [what: string, text: string, status: number][] = [
  ["a length that is too large", raw(POST, [HOST, CLOSE, ...JSON_HEADERS, LENGTH], BODY), 413],
  [
    "chunks that are too many",
    raw(
      POST,
      [HOST, CLOSE, ...JSON_HEADERS, CHUNKED],
      `${LARGE.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`,
    ),
    413,
  ],
  ["another type", raw(POST, [HOST, CLOSE, LENGTH], BODY), 415],
  ["another path", raw("POST / HTTP/1.1", [HOST, CLOSE, LENGTH], BODY), 404],
  ["another method", raw("PUT /mcp HTTP/1.1", [HOST, CLOSE, LENGTH], BODY), 405],
  ["another host", raw(POST, ["Host: evil.example", CLOSE, LENGTH], BODY), 403],
  ["another origin", raw(POST, [HOST, "Origin: http://evil.example", CLOSE, LENGTH], BODY), 403],
];

const stalls: [what: string, headers: string[], begun: string, status: number][] = [
  ["body", [...JSON_HEADERS, "Content-Length: 9"], "{", 408],
  ["chunk", [...JSON_HEADERS, CHUNKED], "9\r\n{", 408],
  ["body that is refused", [...JSON_HEADERS, LENGTH], "{", 413],
  ["body of a type that is refused", ["Content-Length: 9"], "{", 415],
];

for (const [way, tls] of ways) {
  Deno.test(`linger() lets clients that send first see why they are refused: ${way}`, async () => {
    await withServer(
      async ({ server }) => {
        for (const [what, text, status] of early) {
          const answer = await ask(server, text);
          assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), what);
          assert.match(answer, /"error":\{.*\}\}/, what);
        }
      },
      {},
      { tls },
    );
  });

  Deno.test(`linger() lets clients see that nobody knows them: ${way}`, async () => {
    const access = {
      authenticate: () => Promise.resolve(rpcError(401, -32_000, "Cannot answer: who is it?")),
      isGood: () => false,
      forbid: () => rpcError(403, -32_000, "Cannot answer: not yours"),
    };
    await withServer(
      async ({ server }) => {
        assert.match(await ask(server, early[0]![1]), /^HTTP\/1.1 401 [^]*"error":\{.*\}\}/);
      },
      {},
      { tls, access },
    );
  });

  Deno.test(`a stalled body does not hold its connection longer than its answer: ${way}`, async () => {
    await withServer(
      async ({ server }) => {
        await Promise.all(stalls.map(async ([what, headers, begun, status]) => {
          const answer = await ask(server, raw(POST, [HOST, ...headers], begun));
          assert.match(answer, new RegExp(`^HTTP/1.1 ${status} `), what);
          assert.match(answer, /\nconnection: close\r\n[^]*"error":\{.*\}\}/, what);
        }));
      },
      { limits: { header_seconds: 600, body_seconds: 1 } },
      { tls },
    );
  });

  Deno.test(`linger() does not read without end: ${way}`, async () => {
    await withServer(
      async ({ server }) => {
        const connection = await connect(server);
        const head = raw(POST, [HOST, ...JSON_HEADERS, "Content-Length: 1000000000000"]);
        await sendAll(connection, encoder.encode(head));
        const reading = readAll(connection);
        await soon(assert.rejects(sendOn(connection)));
        await soon(reading);
        connection.close();
      },
      {},
      { tls },
    );
  });
}

async function sendOn(connection: Deno.Conn): Promise<never> {
  for (const bytes = new Uint8Array(65_536);;) await connection.write(bytes);
}

Deno.test("linger() does not ask for a body that waits to be asked for", async () => {
  await withServer(async ({ server }) => {
    const headers = [HOST, ...JSON_HEADERS, LENGTH, "Expect: 100-continue"];
    const answer = await ask(server, raw(POST, headers));
    assert.match(answer, /^HTTP\/1.1 413 [^]*"error":\{.*\}\}/);
  });
});

Deno.test("linger() leaves a connection open whose refused body was all there", async () => {
  await withServer(async ({ server }) => {
    const refused = raw(POST, [HOST, "Content-Length: 2"], "{}");
    const answers = await ask(server, refused + raw("GET /health HTTP/1.1", [HOST, CLOSE]));
    assert.match(answers, /^HTTP\/1.1 415 [^]*\r\nHTTP\/1.1 200 /);
  });
});
