import assert from "node:assert/strict";
import { boundedFetch } from "./bounded_fetch.ts";

function fetchOf(type: string, chunks: string[]) {
  const body = ReadableStream.from(chunks.map((one) => new TextEncoder().encode(one)));
  const response = () =>
    new Response(body, { status: 201, headers: { "content-type": type, "x-own": "1" } });
  return boundedFetch(() => Promise.resolve(response()), 12);
}

async function read(type: string, chunks: string[]): Promise<string> {
  return await (await fetchOf(type, chunks)("http://x")).text();
}

Deno.test("boundedFetch() leaves small answers as they are", async () => {
  const response = await fetchOf("application/json", ["12345", "67890"])("http://x");
  assert.deepEqual([response.status, response.headers.get("x-own")], [201, "1"]);
  assert.equal(await response.text(), "1234567890");
  const empty = await boundedFetch(() => Promise.resolve(new Response(null, { status: 202 })))(
    "http://x",
  );
  assert.equal(await empty.text(), "");
});

Deno.test("boundedFetch() ends an answer that is too long", async () => {
  await assert.rejects(read("application/json", ["12345", "67890123"]), TypeError);
  await assert.rejects(read("application/json", ["1234\n\n", "67890123"]), TypeError);
});

Deno.test("boundedFetch() counts each event of a stream for itself", async () => {
  const stream = "text/event-stream; charset=utf-8";
  const events = ["data: 1\n\n", "data: 2\r\n\r", "\n", "data: 3\n\n"];
  assert.equal(await read(stream, events), events.join(""));
  await assert.rejects(read(stream, ["data: 1\n\n", "data: 2345", "6789"]), TypeError);
});

Deno.test("boundedFetch() heeds its signal as long as the body lasts", async () => {
  const { promise: cancelled, resolve } = Promise.withResolvers<void>();
  const body = new ReadableStream({ cancel: () => resolve() });
  const controller = new AbortController();
  const response = await boundedFetch(() => Promise.resolve(new Response(body)))("http://x", {
    signal: controller.signal,
  });
  const reading = response.text();
  controller.abort(new Error("stopped"));
  await assert.rejects(reading, /stopped/);
  await cancelled;
});
