/** Five hundred connections that stall: each ends by its deadline, and others are served meanwhile. */
import assert from "node:assert/strict";
import { type HttpHost, soon, withHttpHost } from "./http_host.ts";
import { modernClient } from "./mcp_over_http.ts";
import { TEST_TLS } from "../server/http/tls_fixture.ts";
import { sampleProcess } from "./process_sample.ts";
import { RawConnection, requestText } from "./raw_http.ts";
import { until } from "../config/until_fixture.ts";

const EACH = 100;
/** Of the largest answers. */
const UNREAD = 20;
const CONFIG = "server:\n  limits:\n    header_seconds: 1\n    body_seconds: 1\n";

type Stall = (connection: RawConnection, host: HttpHost) => Promise<void>;

const headOf = (host: HttpHost, length: number) => {
  const headers = { "content-type": "application/json", "content-length": String(length) };
  return requestText(host.port, headers)[0]!;
};

const STALLS: [what: string, stall: Stall][] = [
  ["says nothing", () => Promise.resolve()],
  ["stops in its headers", (connection) => connection.send("POST /mcp HTTP/1.1\r\nHost: 127.0.")],
  ["sends a header's byte now and then", async (connection, host) => {
    await connection.send(`POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nX: `);
    while (await connection.send("y").then(() => true, () => false)) await pause();
  }],
  ["stops before its body", (connection, host) => connection.send(headOf(host, 1000))],
  ["stops in its body", (connection, host) => connection.send(headOf(host, 1000), '{"jsonrpc"')],
];

const pause = () => new Promise((resolve) => setTimeout(resolve, 200));

/** Resolves when the server has ended the connection. */
async function stallOne(host: HttpHost, stall: Stall, caCert?: string): Promise<void> {
  const connection = await RawConnection.open(host.port, caCert);
  try {
    const stalling = stall(connection, host);
    while (await connection.response());
    await stalling;
  } finally {
    connection.close();
  }
}

/** Asks for much on one connection, and reads nothing of it. */
async function readNothing(host: HttpHost): Promise<RawConnection> {
  const connection = await RawConnection.open(host.port);
  const client = modernClient(host.url);
  const meta = {
    "io.modelcontextprotocol/protocolVersion": client.headers["mcp-protocol-version"],
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const body = { jsonrpc: "2.0", id: 1, method: "tools/list", params: { _meta: meta } };
  const headers = { ...client.headers, "mcp-method": "tools/list" };
  const request = requestText(host.port, headers, JSON.stringify(body));
  for (let n = 0; n < 20; n++) {
    const isTaken = await connection.send(...Array(20).fill(request).flat())
      .then(() => true, () => false);
    if (!isTaken) break;
  }
  return connection;
}

Deno.test(`${STALLS.length * EACH} stalled connections end by their deadlines while others are served`, () =>
  withHttpHost(async (host) => {
    const client = modernClient(host.url);
    const isListed = async () =>
      (await client.request("tools/list")).answer.result.tools.length > 0;
    assert.ok(await isListed());
    const { descriptors } = await sampleProcess(host.pid);
    const all = STALLS.flatMap(([what, stall]) =>
      Array.from({ length: EACH }, () => soon(stallOne(host, stall), `the end of one that ${what}`))
    );
    const ended = Promise.all(all);
    let isOver = false, served = 0;
    ended.finally(() => isOver = true).catch(() => {});
    while (!isOver) {
      const started = performance.now();
      assert.ok(await isListed());
      assert.ok(performance.now() - started < 10_000, "the good ones wait");
      served++;
    }
    await ended;
    assert.ok(served > 10, `${served} served`);
    await until(
      async () => (await sampleProcess(host.pid)).descriptors <= descriptors + 5,
      "their descriptors are free",
    );
  }, { config: CONFIG }));

Deno.test("connections that read nothing of their answers end by their deadline", () =>
  withHttpHost(async (host) => {
    assert.ok((await modernClient(host.url).request("ping")).response);
    const { descriptors } = await sampleProcess(host.pid);
    const open = await Promise.all(Array.from({ length: UNREAD }, () => readNothing(host)));
    await until(
      async () => (await sampleProcess(host.pid)).descriptors <= descriptors + 5,
      "their descriptors are free",
    );
    for (const connection of open) connection.close();
    assert.ok((await modernClient(host.url).request("tools/list")).answer.result);
  }, { config: CONFIG }));

const TLS = ["--tls-cert", "cert.pem", "--tls-key", "key.pem"];
const FILES = { "work/cert.pem": TEST_TLS.cert, "work/key.pem": TEST_TLS.key };
/** No other deadline ends what has stalled in its body. */
const BODY_ONLY = "server:\n  limits:\n    header_seconds: 600\n    body_seconds: 1\n";

for (const [way, args, caCert] of [["plain", []], ["TLS", TLS, TEST_TLS.cert]] as const) {
  Deno.test(`stalled bodies hold their connections no longer than their answers: ${way}`, () =>
    withHttpHost(async (host) => {
      const inBody = STALLS.filter(([what]) => /body/.test(what));
      assert.equal(inBody.length, 2);
      await Promise.all(
        inBody.flatMap(([what, stall]) =>
          Array.from(
            { length: EACH },
            () => soon(stallOne(host, stall, caCert), `the end of one that ${what}`),
          )
        ),
      );
    }, { config: BODY_ONLY, args: ["--http", "127.0.0.1:0", ...args], files: FILES }));
}
