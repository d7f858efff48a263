/**
 * Malformed messages and malformed HTTP: no exit, no hang, one answer for each message, and no
 * answer to what hides in another request. DEVMCP_MALFORMED: how many messages.
 */
import assert from "node:assert/strict";
import { expectedAnswer } from "./expected_answer.ts";
import { type HttpHost, soon, withHttpHost } from "./http_host.ts";
import { malformed } from "./malformed.ts";
import { BAD_REQUESTS, damagedRequest } from "./malformed_http.ts";
import { JSON_HEADERS, legacyClient, messagesOf, modernClient } from "./mcp_over_http.ts";
import { RawConnection, type RawResponse, requestText } from "./raw_http.ts";

const COUNT = Number(Deno.env.get("DEVMCP_MALFORMED") ?? 3000);
const SEED = Number(Deno.env.get("DEVMCP_SEED") ?? 1);
/** On a machine that does other things too; asked for 1 s a message. */
const MOST_MS = COUNT > 3000 ? 1000 : 10_000;
const DEADLINES = "server:\n  limits:\n    header_seconds: 0.3\n    body_seconds: 0.5\n";

/** What one POST of a malformed message may be answered with. */
function checkAnswer(bytes: Uint8Array, { status, headers, body }: RawResponse): void {
  const expected = expectedAnswer(bytes);
  if (status === 202) {
    assert.equal(body, "");
    assert.equal(expected, undefined);
    return;
  }
  const answers = messagesOf(headers.get("content-type"), body).filter(({ method }) => !method);
  assert.equal(answers.length, 1);
  const [answer] = answers;
  assert.equal(answer.jsonrpc, "2.0");
  assert.ok("result" in answer !== "error" in answer);
  // What is refused for its headers or as a blank is no request yet: it has no id.
  if (status === 200) assert.equal(answer.id, expected?.id);
  else assert.ok(status >= 400 && status < 500 && answer.error);
  if (answer.id !== null) assert.equal(answer.id, expected?.id);
}

/** Undefined when the connection has ended. */
async function ask(connection: RawConnection, request: (string | Uint8Array)[]) {
  await connection.send(...request).catch(() => {});
  return await connection.response();
}

/** Sends messages `from`, `from + step` … over one connection after another. */
async function sendAll(host: HttpHost, headers: object[], from: number, step: number) {
  let connection = await RawConnection.open(host.port);
  let slowest = 0;
  for (let n = from; n < COUNT; n += step) {
    const { kind, bytes } = malformed(SEED, n);
    const began = performance.now();
    const request = requestText(host.port, { ...headers[n % headers.length] }, bytes);
    let response = await soon(ask(connection, request), `the answer to ${kind} ${n}`);
    if (!response) { // it was ended after the last answer, as after a body that was not wanted
      connection.close();
      connection = await RawConnection.open(host.port);
      response = await soon(ask(connection, request), `the answer to ${kind} ${n}`);
    }
    assert.ok(response, `no answer to ${kind} ${n}`);
    try {
      checkAnswer(bytes, response);
    } catch (error) {
      throw new Error(`${kind} ${n}: ${response.status} ${response.body}`, { cause: error });
    }
    const took = performance.now() - began;
    assert.ok(took < MOST_MS, `${kind} ${n} took ${Math.round(took)} ms`);
    slowest = Math.max(slowest, took);
    if (response.headers.get("connection") !== "close") continue;
    connection.close();
    connection = await RawConnection.open(host.port);
  }
  connection.close();
  return slowest;
}

async function assertServes({ url }: HttpHost): Promise<void> {
  const { answer } = await modernClient(url).request("tools/list");
  assert.ok(answer.result.tools.length > 0);
}

async function review({ url }: HttpHost): Promise<void> {
  const params = { name: "review_code", arguments: { code: "x" } };
  assert.ok((await modernClient(url).request("tools/call", params)).answer.result);
}

Deno.test(`serve answers ${COUNT} malformed messages over HTTP once each, and lives on`, () =>
  withHttpHost(async (host) => {
    const { headers: session } = await legacyClient(host.url);
    const { headers: modern } = modernClient(host.url);
    const call = { ...modern, "mcp-method": "tools/call", "mcp-name": "format_code" };
    const headers = [session, modern, call, session, JSON_HEADERS, {}];
    await Promise.all([1, 2, 3, 4, 5].map(() => review(host))); // every worker has its engines
    const lanes = Array.from({ length: 5 }, (_, lane) => sendAll(host, headers, lane, 5));
    const slowest = Math.max(...await Promise.all(lanes));
    await assertServes(host);
    assert.equal((await (await legacyClient(host.url)).request("ping")).answer.error, undefined);
    console.log(`${COUNT} messages; the slowest took ${Math.round(slowest)} ms`);
  }, { config: DEADLINES }));

/** All responses until the server ends the connection; `isOver`: we say that no more comes. */
async function exchange(
  host: HttpHost,
  bytes: Uint8Array,
  isOver: boolean,
): Promise<RawResponse[]> {
  const connection = await RawConnection.open(host.port);
  try {
    await connection.send(bytes).catch(() => {}); // ended before it had all
    if (isOver) await connection.conn.closeWrite().catch(() => {});
    const responses: RawResponse[] = [];
    for (let next; (next = await connection.response());) responses.push(next);
    return responses;
  } finally {
    connection.close();
  }
}

Deno.test("serve takes no request that is not quite HTTP, and none that hides in another", () =>
  withHttpHost(async (host) => {
    await Promise.all(BAD_REQUESTS.map(async ({ what, text, statuses = [400] }) => {
      const address = `127.0.0.1:${host.port}`;
      const bytes = Uint8Array.from(text.replaceAll("HOST", address), (char) => char.charCodeAt(0));
      const responses = await soon(exchange(host, bytes, false), what);
      assert.equal(responses.length, 1, what);
      const { status } = responses[0]!;
      assert.ok(statuses.includes(status), `${what}: ${status}, not ${statuses.join(" or ")}`);
    }));
    await assertServes(host);
  }, { config: DEADLINES }));

Deno.test("serve survives damaged requests, and ends their connections", () =>
  withHttpHost(async (host) => {
    const count = Math.min(Math.ceil(COUNT / 5), 2000);
    let next = 0;
    const work = async () => {
      while (next < count) {
        const n = next++;
        const bytes = damagedRequest(SEED, n, host.port);
        const work = exchange(host, bytes, n % 10 !== 0);
        const responses = await soon(work, `the end of connection ${n}`);
        for (const { status } of responses) assert.ok(status >= 200 && status < 600);
      }
    };
    await Promise.all(Array.from({ length: 20 }, work));
    await assertServes(host);
  }, { config: DEADLINES }));
