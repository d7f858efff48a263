import assert from "node:assert/strict";
import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import { type EventLimits, SessionEvents } from "./session_events.ts";

const note = (text: string): JSONRPCMessage => ({ jsonrpc: "2.0", method: text });

function limitsOf(more: Partial<EventLimits> = {}): EventLimits {
  return { maxEvents: 100, maxBytes: 10_000, shared: { bytes: 0, maxBytes: 10_000 }, ...more };
}

/** What a client that knows `eventId` gets, as methods. */
async function replay(events: SessionEvents, eventId: string): Promise<unknown[]> {
  const sent: unknown[] = [];
  const send = (_id: string, message: JSONRPCMessage) => {
    sent.push("method" in message && message.method);
    return Promise.resolve();
  };
  await events.replayEventsAfter(eventId, { send });
  return sent;
}

Deno.test("SessionEvents gives what came later in the same stream", async () => {
  const events = new SessionEvents(limitsOf());
  const first = await events.storeEvent("a", {} as JSONRPCMessage);
  await events.storeEvent("b", note("other"));
  await events.storeEvent("a", note("1"));
  const second = await events.storeEvent("a", {} as JSONRPCMessage);
  await events.storeEvent("a", note("2"));
  assert.deepEqual(await replay(events, first), ["1", "2"]);
  assert.deepEqual(await replay(events, second), ["2"]);
  assert.equal(await events.getStreamIdForEventId(first), "a");
});

const bounds: [string, Partial<EventLimits>, number][] = [
  ["number", { maxEvents: 3 }, 3],
  ["bytes", { maxBytes: 120 }, 3],
  ["bytes, where one is larger", { maxBytes: 10 }, 1],
  ["bytes of all sessions", { shared: { bytes: 0, maxBytes: 120 } }, 3],
  ["bytes that others have taken", { shared: { bytes: 1000, maxBytes: 120 } }, 0],
];

for (const [what, limits, kept] of bounds) {
  Deno.test(`SessionEvents keeps the latest within its bound of ${what}`, async () => {
    const shared = limits.shared ?? { bytes: 0, maxBytes: 10_000 };
    const before = shared.bytes;
    const events = new SessionEvents(limitsOf({ ...limits, shared }));
    const ids: string[] = [];
    for (let i = 0; i < 10; i++) ids.push(await events.storeEvent("a", note(`m${i}`)));
    const found = await Promise.all(ids.map((id) => events.getStreamIdForEventId(id)));
    assert.equal(found.filter(Boolean).length, kept);
    assert.equal(found.at(-1), kept > 0 ? "a" : undefined);
    await assert.rejects(replay(events, ids[0]!), /forgotten/);
    events.clear();
    assert.equal(shared.bytes, before);
  });
}
