import { until } from "../../config/until_fixture.ts";
import assert from "node:assert/strict";
import { firstChunks } from "./first_chunks.ts";
import { watchStream } from "./watch_stream.ts";

interface Watched {
  ended: boolean[];
  stalls: number;
}

/** A source that is written to by hand, under watch. */
async function watched(stallMs = 10_000) {
  const { readable, writable } = new TransformStream<Uint8Array>({}, undefined, {
    highWaterMark: 100,
  });
  const seen: Watched = { ended: [], stalls: 0 };
  const stream = watchStream(await firstChunks(readable, SOON), {
    onEnd: (left) => void seen.ended.push(left),
    onStall: () => void seen.stalls++,
    stallMs,
  });
  return { ...stream, seen, writer: writable.getWriter() };
}

const bytes = (text: string) => new TextEncoder().encode(text);

const SOON = { quietMs: 1, saidMs: 1 };

Deno.test("watchStream() passes on what comes, and tells of the end once", async () => {
  const { body, seen, writer } = await watched();
  const text = new Response(body).text();
  await writer.write(bytes("a"));
  await writer.write(bytes("b"));
  await writer.close();
  assert.equal(await text, "ab");
  assert.deepEqual(seen, { ended: [false], stalls: 0 });
});

Deno.test("watchStream() tells when the client leaves", async () => {
  const { body, seen, writer } = await watched();
  await body.cancel();
  assert.deepEqual(seen.ended, [true]);
  await assert.rejects(writer.write(bytes("a")));
});

Deno.test("watchStream() ends when what it passes on breaks off", async () => {
  const { body, seen, writer } = await watched();
  const text = new Response(body).text();
  await writer.abort(new Error("broken"));
  await assert.rejects(text, /broken/);
  assert.deepEqual(seen.ended, [true]);
});

Deno.test("watchStream() tells when nobody takes what was there at first", async () => {
  const { readable, writable } = new TransformStream<Uint8Array>({}, undefined, {
    highWaterMark: 100,
  });
  const writer = writable.getWriter();
  for (const text of ["a", "b"]) await writer.write(bytes(text));
  const stall = Promise.withResolvers<void>();
  const { body } = watchStream(await firstChunks(readable, SOON), {
    onEnd() {},
    onStall: stall.resolve,
    stallMs: 5,
  });
  await stall.promise;
  await body.cancel();
});

Deno.test("watchStream() can be ended with last words", async () => {
  const { body, end, seen, writer } = await watched();
  const text = new Response(body).text();
  await writer.write(bytes("a"));
  end(bytes("!"));
  end(bytes("?"));
  assert.match(await text, /^a?!$/);
  assert.deepEqual(seen.ended, [false]);
});

Deno.test("watchStream() tells when nobody takes what is there, not when nothing comes", async () => {
  const { body, seen, writer } = await watched(5);
  const reader = body.getReader();
  const first = reader.read();
  await new Promise((resolve) => setTimeout(resolve, 50)); // ten deadlines
  assert.equal(seen.stalls, 0);
  await writer.write(bytes("a"));
  await first;
  for (const text of ["b", "c"]) await writer.write(bytes(text));
  await until(() => seen.stalls > 0);
  await reader.cancel();
});

Deno.test("firstChunks() reads a short stream whole, and of a long one what comes in time", async () => {
  const short = await firstChunks(ReadableStream.from([bytes("a"), bytes("b")]), {
    quietMs: 10_000,
    saidMs: 10_000,
  });
  assert.deepEqual([short.chunks.length, short.next], [2, undefined]);
  const endless = new ReadableStream({ start: (to) => to.enqueue(bytes("a")) });
  const long = await firstChunks(endless, { quietMs: 20, saidMs: 20 });
  assert.equal(long.chunks.length, 1);
  assert.ok(long.next);
  await long.reader.cancel();
});

Deno.test("firstChunks() waits longer for the first message than for the end after it", async () => {
  const patience = { quietMs: 60_000, saidMs: 1 };
  const events = ["id: 1\ndata: \n\n", "id: 2\ndata: {}\n\n"].map(bytes);
  const endless = new ReadableStream({ start: (to) => events.forEach((one) => to.enqueue(one)) });
  assert.deepEqual((await firstChunks(endless, patience)).chunks, events);
});
