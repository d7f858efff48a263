import assert from "node:assert/strict";
import { LOCAL } from "../caller.ts";
import { createCallGate } from "./create_call_gate.ts";
import type { Lane } from "./lane_of.ts";

const OTHER = { ...LOCAL, id: "other" };
const { signal } = new AbortController();

function open(limits: Partial<Parameters<typeof createCallGate>[0]["limits"]> = {}) {
  const clock = { ms: 0 };
  const gate = createCallGate({
    limits: { concurrent_calls: 1, queued_calls: 0, calls_per_minute: 0, ...limits },
    tools: [{ name: "ask", asksModel: "always" }, { name: "count" }],
    now: () => clock.ms,
  });
  return { gate, clock };
}

/** Work that ends when it is told to. */
function work() {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { run: () => promise, end: () => resolve("done") };
}

Deno.test("createCallGate() knows the lane of a call by its tool's name", () => {
  const { gate } = open();
  assert.deepEqual(["ask", "count", "nope"].map((name) => gate.laneOf(name)), [
    "long",
    "quick",
    "quick",
  ]);
});

Deno.test("createCallGate() keeps slots for quick calls while long ones run", async () => {
  const { gate } = open();
  const { run, end } = work();
  const long = gate.run(LOCAL, signal, run, "long");
  assert.ok(gate.refusal(LOCAL, "long"));
  assert.equal(gate.refusal(LOCAL), undefined);
  assert.equal(await gate.run(LOCAL, signal, () => Promise.resolve(1)), 1);
  end();
  assert.equal(await long, "done");
  assert.equal(gate.refusal(LOCAL, "long"), undefined);
});

Deno.test("createCallGate() limits the rate of each principal, whatever the lane", async () => {
  const { gate, clock } = open({ calls_per_minute: 2 });
  const call = (who = LOCAL, lane: Lane = "quick") =>
    gate.run(who, signal, () => Promise.resolve(), lane);
  await call();
  await call(LOCAL, "long");
  await assert.rejects(call(), { name: "BusyError", reason: "rate", retryAfterSeconds: 30 });
  await call(OTHER);
  clock.ms = 30_000;
  await call();
});

Deno.test("createCallGate() does not count what it refuses", async () => {
  const { gate } = open({ calls_per_minute: 2 });
  const { run, end } = work();
  const first = gate.run(LOCAL, signal, run);
  await assert.rejects(gate.run(LOCAL, signal, run), { name: "BusyError", reason: "busy" });
  end();
  await first;
  assert.equal(await gate.run(LOCAL, signal, run), "done");
  assert.equal(gate.refusal(LOCAL)!.reason, "rate");
});
