import assert from "node:assert/strict";
import fc from "fast-check";
import { readEvents } from "./event_stream.ts";
import { readLines, readText } from "./line_reader.ts";

const encoder = new TextEncoder();

/** A body whose bytes come cut at the given places. */
function bodyOf(bytes: Uint8Array, cuts: number[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const places = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
  const chunks = [...places, bytes.length].map((end, i) => bytes.slice(places[i - 1] ?? 0, end));
  return ReadableStream.from(chunks);
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  return await Array.fromAsync(values);
}

const cuts = fc.array(fc.nat({ max: 500 }), { maxLength: 40 });
/** Text of one to four bytes a character, without line breaks. */
const line = fc.string({ unit: "binary" }).map((text) => text.replace(/[\r\n\ufeff]/g, ""));
const ending = fc.constantFrom("\n", "\r\n");

Deno.test("readLines() gives the same lines however the bytes are cut", async () => {
  await fc.assert(fc.asyncProperty(fc.array(line), ending, cuts, async (lines, end, cuts) => {
    const bytes = encoder.encode(lines.map((text) => text + end).join(""));
    const read = await all(readLines(bodyOf(bytes, cuts), 1e6));
    assert.deepEqual(read, lines.map((text) => ({ text, ended: true })));
  }));
});

Deno.test("readLines() says when the last line has no end", async () => {
  const body = bodyOf(encoder.encode("a\n\né"), [4]);
  assert.deepEqual(await all(readLines(body, 100)), [
    { text: "a", ended: true },
    { text: "", ended: true },
    { text: "é", ended: false },
  ]);
});

Deno.test("readLines() reads any bytes without failing", async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array(), cuts, async (bytes, cuts) => {
    const whole = await all(readLines(bodyOf(bytes, []), 1e6));
    assert.deepEqual(await all(readLines(bodyOf(bytes, cuts), 1e6)), whole);
  }));
});

Deno.test("readLines() stops at its limit and lets go of the body", async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: () => {
      cancelled = true;
    },
  });
  await assert.rejects(all(readLines(body, 95)), { fault: "protocol" });
  assert(cancelled);
});

Deno.test("readLines() lets go of a body whose reader has enough", async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(encoder.encode("line\n")),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const { text } of readLines(body, 1e6)) {
    assert.equal(text, "line");
    break;
  }
  assert(cancelled);
});

Deno.test("readLines() takes a body that is absent for an empty one", async () => {
  assert.deepEqual(await all(readLines(null, 10)), []);
  assert.equal(await readText(null, 10), "");
});

Deno.test("readText() keeps characters whole that are cut", async () => {
  await fc.assert(fc.asyncProperty(line, cuts, async (text, cuts) => {
    assert.equal(await readText(bodyOf(encoder.encode(text), cuts), 1e6), text);
  }));
});

Deno.test("readEvents() gives the same events however the bytes are cut", async () => {
  const noise = fc.constantFrom(
    "",
    ": ping",
    "event: message",
    "id: 7",
    "retry: 10",
    "database: x",
  );
  const event = fc.tuple(fc.array(line, { minLength: 1 }), noise);
  await fc.assert(fc.asyncProperty(fc.array(event), ending, cuts, async (events, end, cuts) => {
    const text = events.map(([lines, noise]) =>
      [...noise ? [noise] : [], ...lines.map((line) => `data: ${line}`), "", ""].join(end)
    );
    const read = await all(readEvents(bodyOf(encoder.encode(text.join("")), cuts), 1e6));
    assert.deepEqual(read, events.map(([lines]) => lines.join("\n")));
  }));
});

for (
  const [name, text, events] of [
    ["fields without a space", "data:a\n\n", ["a"]],
    ["one space only, the rest is data", "data:  a\n\n", [" a"]],
    ["an empty line of data", "data\ndata:\n\n", ["\n"]],
    ["blank lines between events", "\n\ndata: a\n\n\n\ndata: b\n\n", ["a", "b"]],
    ["an event that the end cuts off", "data: a\n\ndata: b", ["a", "b"]],
    ["a byte order mark", "\ufeffdata: a\n\n", ["a"]],
    ["no events", "<!doctype html>\n<p>\n\n", []],
  ] as const
) {
  Deno.test(`readEvents() reads ${name}`, async () => {
    assert.deepEqual(await all(readEvents(bodyOf(encoder.encode(text), []), 1e6)), events);
  });
}
