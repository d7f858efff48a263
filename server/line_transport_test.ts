import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { LineTransport, type LineTransportOptions } from "./line_transport.ts";

type Fields = Record<string, unknown>;

/** A transport over streams in memory; requests are answered when the test says so. */
function open(options: Partial<LineTransportOptions> = {}) {
  const input = new TransformStream<Uint8Array, Uint8Array>(undefined, { highWaterMark: 100 });
  const written: Fields[] = [];
  const received: Fields[] = [];
  const output = new WritableStream<Uint8Array>({
    write: (bytes) => {
      const lines = new TextDecoder().decode(bytes).split("\n");
      assert.equal(lines.pop(), "");
      written.push(...lines.map((line) => JSON.parse(line)));
    },
  });
  const transport = new LineTransport({
    input: input.readable,
    output,
    log: () => {},
    ...options,
  });
  transport.onmessage = (message) => received.push(message as unknown as Fields);
  const writer = input.writable.getWriter();
  const send = (...texts: string[]) => {
    for (const text of texts) writer.write(new TextEncoder().encode(text)).catch(() => {});
    return settled();
  };
  return { transport, written, received, send, end: () => writer.close().catch(() => {}) };
}

/** What streams in memory pass on takes a few turns of the event loop. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
const request = (id: unknown, method = "ping") =>
  `${JSON.stringify({ jsonrpc: "2.0", id, method })}\n`;
const answer = (id: string | number): JSONRPCMessage => ({ jsonrpc: "2.0", id, result: {} });

Deno.test("LineTransport gives messages in order, however their bytes are cut", async () => {
  const { transport, received, send, end } = open();
  await transport.start();
  const text = request(1) + "\r\n\n" + request("zwei") + request(3).trimEnd();
  await send(...text);
  await end();
  await settled();
  assert.deepEqual(received.map(({ id }) => id), [1, "zwei", 3]);
  await transport.close();
});

Deno.test("LineTransport answers what is no message, and goes on", async () => {
  const { transport, written, received, send } = open();
  await transport.start();
  await send("{bad\n", "[]\n", request(null), request(7));
  assert.deepEqual(written.map(({ id, error }) => [id, (error as Fields).code]), [
    [null, -32700],
    [null, -32600],
    [null, -32600],
  ]);
  assert.deepEqual(received.map(({ id }) => id), [7]);
  await transport.close();
});

Deno.test("LineTransport refuses a message above the limit, and goes on", async () => {
  const { transport, written, received, send } = open({ maxMessageBytes: 1024 * 1024 });
  await transport.start();
  for (let i = 0; i < 3; i++) await send("x".repeat(500_000));
  await send("\n" + request(1));
  assert.equal(written.length, 1);
  assert.match((written[0]!.error as Fields).message as string, /longer than 1 MiB/);
  assert.deepEqual(received.map(({ id }) => id), [1]);
  await transport.close();
});

Deno.test("LineTransport refuses an id that is in use until it is answered", async () => {
  const { transport, written, received, send } = open();
  await transport.start();
  await send(request(1), request("1"), request(1));
  assert.equal(received.length, 2);
  assert.match((written[0]!.error as Fields).message as string, /in use/);
  await transport.send(answer(1));
  await send(request(1));
  assert.equal(received.length, 3);
  await transport.close();
});

Deno.test("LineTransport frees the id of a cancelled request", async () => {
  const { transport, received, send } = open();
  await transport.start();
  const method = "notifications/cancelled";
  const cancel = JSON.stringify({ jsonrpc: "2.0", method, params: { requestId: 1 } });
  await send(request(1), `${cancel}\n`, request(1));
  assert.deepEqual(received.map((message) => message.method), ["ping", method, "ping"]);
  await transport.close();
});

Deno.test("LineTransport refuses more requests than it keeps under way", async () => {
  const { transport, written, received, send } = open();
  await transport.start();
  await send(Array.from({ length: 300 }, (_, id) => request(id)).join(""));
  assert.equal(received.length, 256);
  assert.equal(written.length, 44);
  await transport.close();
});

Deno.test("LineTransport refuses requests that come to too much, until others are answered", async () => {
  const { transport, written, received, send } = open({ maxUnderWayBytes: 1024 * 1024 });
  await transport.start();
  const padding = " ".repeat(400_000);
  await send(...[1, 2, 3].map((id) => padding + request(id)));
  assert.deepEqual(received.map(({ id }) => id), [1, 2]);
  assert.equal(written[0]!.id, 3);
  assert.match((written[0]!.error as Fields).message as string, /more than 1 MiB/);
  await transport.send(answer(1));
  await send(padding + request(3));
  assert.equal(received.length, 3);
  await transport.close();
});

Deno.test("LineTransport lets requests be answered after the input's end", async () => {
  const { transport, written, send, end } = open();
  await transport.start();
  await send(request(1), request(2, "subscriptions/listen"));
  await end();
  await settled();
  await transport.send(answer(1));
  await transport.closed;
  assert.deepEqual(written, [answer(1)]);
});

Deno.test("LineTransport waits for answers only so long", async () => {
  const logged: string[] = [];
  const { transport, send, end } = open({ drainMs: 20, log: (_, line) => logged.push(line) });
  await transport.start();
  await send(request(1));
  await end();
  await transport.closed;
  assert.deepEqual(logged, ["the connection ends; not answered: 1"]);
});

Deno.test("LineTransport answers with an error what is not answered in that time", async () => {
  const { transport, written, send, end } = open({ drainMs: 20 });
  await transport.start();
  await send(request(1), request(2, "subscriptions/listen"));
  await end();
  await transport.closed;
  assert.deepEqual(written.map(({ id, error }) => [id, (error as Fields).code]), [[1, -32000]]);
});

Deno.test("LineTransport notices after the input's end that nobody reads", async () => {
  const output = new WritableStream<Uint8Array>({
    write: () => Promise.reject(new Error("broken pipe")),
  });
  const { transport, send, end } = open({ output, drainMs: 60_000 });
  await transport.start();
  await send(request(1, "initialize"));
  await end();
  await transport.closed;
});

Deno.test("LineTransport passes a request to listen once all is prepared, unless it is cancelled", async () => {
  const prepared = Promise.withResolvers<void>();
  const { transport, received, send } = open({ beforeListen: () => prepared.promise });
  await transport.start();
  const cancel = { method: "notifications/cancelled", params: { requestId: 2 } };
  await send(request(1, "subscriptions/listen"), request(2, "subscriptions/listen"), request(3));
  await send(`${JSON.stringify({ jsonrpc: "2.0", ...cancel })}\n`);
  assert.deepEqual(received.map(({ id }) => id), [3, undefined]);
  prepared.resolve();
  await settled();
  assert.deepEqual(received.map(({ id }) => id), [3, undefined, 1]);
  await transport.close();
});

Deno.test("LineTransport asks whether anybody reads, where that can be told, and writes nothing for it", async () => {
  let isUnread = false;
  const { transport, written, send, end } = open({ drainMs: 60_000, isUnread: () => isUnread });
  await transport.start();
  await send(request(1, "initialize"), request(2));
  await transport.send(answer(1));
  await end();
  isUnread = true;
  await transport.closed;
  assert.deepEqual(written.map(({ id }) => id), [1]);
  assert.equal(transport.endedBy, "output_closed");
});

Deno.test("LineTransport tells of what it refuses by the error's code alone", async () => {
  const refused: number[] = [];
  const { transport, send, end } = open({ onRefused: (code) => refused.push(code) });
  await transport.start();
  await send("{bad\n", "[]\n", request(7));
  await transport.send(answer(7));
  await end();
  await transport.closed;
  assert.deepEqual(refused, [-32700, -32600]);
  assert.equal(transport.endedBy, "input_ended");
});

Deno.test("LineTransport takes no more when it stops, and answers what is under way", async () => {
  const { transport, written, received, send } = open({ stopMs: 60_000 });
  await transport.start();
  await send(request(1));
  const stopped = transport.stop();
  await send(request(2));
  await transport.send(answer(1));
  await stopped;
  assert.deepEqual(received.map(({ id }) => id), [1]);
  assert.deepEqual(written.map(({ id, error }) => [id, (error as Fields)?.code]), [
    [2, -32000],
    [1, undefined],
  ]);
});

Deno.test("LineTransport answers with an error what takes too long when it stops", async () => {
  const { transport, written, send } = open({ stopMs: 20 });
  await transport.start();
  await send(request(1));
  await transport.stop();
  assert.deepEqual(written.map(({ id, error }) => [id, (error as Fields).code]), [[1, -32000]]);
});

Deno.test("LineTransport stops though its output takes nothing", async () => {
  const output = new WritableStream<Uint8Array>({ write: () => new Promise(() => {}) });
  const { transport, send } = open({ output, stopMs: 20 });
  await transport.start();
  await send(request(1));
  await transport.stop();
});

Deno.test("LineTransport answers half a message at the input's end", async () => {
  const { transport, written, send, end } = open();
  await transport.start();
  await send('{"jsonrpc":"2.0","id":1,"meth');
  await end();
  await transport.closed;
  assert.equal((written[0]!.error as Fields).code, -32700);
});

Deno.test("LineTransport ends when nobody reads its output", async () => {
  const output = new WritableStream<Uint8Array>({
    write: () => Promise.reject(new Error("broken pipe")),
  });
  const { transport, send } = open({ output });
  let closed = 0;
  transport.onclose = () => closed++;
  await transport.start();
  await send(request(1));
  await transport.send(answer(1));
  await transport.closed;
  await transport.close();
  assert.equal(closed, 1);
});

Deno.test("LineTransport writes at once what the output takes, and the rest in its turn", async () => {
  const room = [10_000, 5, 0];
  const taken: Uint8Array[] = [];
  const writeQuickly = (bytes: Uint8Array) => {
    const size = Math.min(room.shift() ?? 0, bytes.length);
    if (size > 0) taken.push(bytes.slice(0, size));
    return size;
  };
  const output = new WritableStream<Uint8Array>({ write: (bytes) => void taken.push(bytes) });
  const { transport } = open({ output, writeQuickly });
  await transport.start();
  for (const id of [1, 2, 3, 4]) await transport.send(answer(id));
  const text = await new Blob(taken.map((bytes) => new Uint8Array(bytes))).text();
  assert.equal(text, [1, 2, 3, 4].map((id) => `${JSON.stringify(answer(id))}\n`).join(""));
  assert.equal(taken.length, 5);
  await transport.close();
});

Deno.test("LineTransport passes on only what cannot be answered at once, and checks both", async () => {
  const asked: unknown[] = [];
  const { transport, received, written, send, end } = open({
    answerAtOnce: ({ id }) => {
      asked.push(id);
      return id === "now" ? answer(id) : undefined;
    },
  });
  await transport.start();
  await send(request("later") + request("now") + request("now") + request("later"));
  assert.deepEqual([asked, received.map(({ id }) => id)], [["later", "now", "now"], ["later"]]);
  assert.deepEqual(written.map(({ id, error }) => [id, error !== undefined]), [
    ["now", false],
    ["now", false],
    ["later", true],
  ]);
  await transport.send(answer("later"));
  await end();
  await transport.closed;
});

Deno.test("LineTransport answers nothing at once when it stops", async () => {
  const { transport, written, send } = open({
    answerAtOnce: ({ id }) => id === "now" ? answer(id) : undefined,
  });
  await transport.start();
  await send(request("later"));
  const stopped = transport.stop();
  await send(request("now"));
  await transport.send(answer("later"));
  await stopped;
  assert.deepEqual(written.map(({ id, error }) => [id, error !== undefined]), [
    ["now", true],
    ["later", false],
  ]);
});
