import assert from "node:assert/strict";
import { Exchanges } from "./exchanges.ts";
import { until } from "../../config/until_fixture.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A client of which is noted what it is told. */
function peer() {
  const told = { answered: 0, dropped: 0 };
  const answered = () => void told.answered++;
  const drop = () => void told.dropped++;
  return { told, address: "", localAddress: "127.0.0.1", answered, drop };
}

function events(stream: ReadableStream<Uint8Array>): Promise<Response> {
  return Promise.resolve(
    new Response(stream, { headers: { "content-type": "text/event-stream" } }),
  );
}

Deno.test("Exchanges tells when all of an answer is there, whatever its kind", async () => {
  const exchanges = new Exchanges(10_000);
  const broken = Promise.reject(new Error("broken"));
  const json = peer();
  await exchanges.answer({ id: 1, peer: json }, Promise.resolve(new Response("{}")));
  const short = peer();
  await exchanges.answer({ id: 1, peer: short }, events(ReadableStream.from([bytes("a")])));
  const none = peer();
  await assert.rejects(exchanges.answer({ id: 1, peer: none }, broken), /broken/);
  const long = peer();
  const { readable, writable } = new TransformStream<Uint8Array>();
  const response = await exchanges.answer({ id: 1, peer: long }, events(readable));
  assert.equal(long.told.answered, 0);
  await Promise.all([writable.close(), response.text()]);
  for (const { told } of [json, short, none, long]) {
    assert.deepEqual(told, { answered: 1, dropped: 0 });
  }
  assert.equal(exchanges.calls, 0);
});

Deno.test("Exchanges counts a stream that breaks off no more", async () => {
  const exchanges = new Exchanges(10_000);
  const { readable, writable } = new TransformStream<Uint8Array>();
  let ended = 0;
  const onEnd = () => void ended++;
  const response = await exchanges.answer({ id: 1, peer: peer(), onEnd }, events(readable));
  assert.equal(exchanges.calls, 1);
  await Promise.all([writable.abort(new Error("broken")), assert.rejects(response.text())]);
  assert.deepEqual([exchanges.calls, ended], [0, 1]);
});

Deno.test("Exchanges ends a call with an error at whatever moment it stops", async () => {
  for (const wait of ["before the response", "before its first events", "amid its events"]) {
    const exchanges = new Exchanges(10_000);
    const { readable, writable } = new TransformStream<Uint8Array>();
    const work = wait === "before the response"
      ? Promise.withResolvers<Response>().promise
      : events(readable);
    const answer = exchanges.answer({ id: 9, peer: peer() }, work);
    if (wait === "before its first events") await Promise.resolve();
    if (wait === "amid its events") await answer;
    exchanges.stopCalls();
    const text = await (await answer).text();
    assert.match(text, /"id":9,"error":\{"code":-32000,.*stopping/, wait);
    await until(() => exchanges.calls === 0);
    await writable.abort().catch(() => {});
  }
});
