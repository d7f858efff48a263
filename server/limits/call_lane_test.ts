import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { BusyError } from "../call_gate.ts";
import { CallLane } from "./call_lane.ts";

interface Call {
  key: string;
  state: "waiting" | "running" | "done" | "refused" | "aborted" | "failed";
  abort(): void;
  /** Lets its work end. */
  end(): void;
}

function open(concurrent: number, queued: number) {
  const clock = { ms: 0 };
  const lane = new CallLane({ concurrent, queued, now: () => clock.ms });
  const started: Call[] = [];
  const call = (key: string, fails = false): Call => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const controller = new AbortController();
    const self: Call = {
      key,
      state: "waiting",
      abort: () => controller.abort("left"),
      end: () => fails ? reject(new TypeError("boom")) : resolve(),
    };
    lane.run(key, controller.signal, () => {
      self.state = "running";
      started.push(self);
      return promise;
    }).then(() => self.state = "done", (error) => {
      if (error instanceof BusyError) self.state = "refused";
      else self.state = error === "left" ? "aborted" : "failed";
    });
    return self;
  };
  return { clock, lane, call, started };
}

const settle = () => setImmediate();
const states = (calls: Call[]) => calls.map(({ state }) => state);

Deno.test("CallLane.run() lets so many run, so many wait, and refuses the rest at once", async () => {
  const { lane, call } = open(2, 1);
  const calls = ["a", "a", "a", "a"].map((key) => call(key));
  await settle();
  assert.deepEqual(states(calls), ["running", "running", "waiting", "refused"]);
  assert.deepEqual([lane.running, lane.waiting], [2, 1]);
  calls[1]!.end();
  await settle();
  assert.deepEqual(states(calls), ["running", "done", "running", "refused"]);
  assert.equal(lane.refusal("a"), undefined);
});

Deno.test("CallLane.run() takes calls where none may wait, up to the last slot", async () => {
  const { call } = open(1, 0);
  const calls = [call("a"), call("b")];
  await settle();
  assert.deepEqual(states(calls), ["running", "refused"]);
});

Deno.test("CallLane.run() gives the slot of work that failed on", async () => {
  const { lane, call } = open(1, 1);
  const calls = [call("a", true), call("a")];
  await settle();
  calls[0]!.end();
  await settle();
  assert.deepEqual(states(calls), ["failed", "running"]);
  calls[1]!.end();
  await settle();
  assert.deepEqual([lane.running, lane.waiting], [0, 0]);
});

Deno.test("CallLane.run() runs nothing for a signal that is aborted", async () => {
  const { lane } = open(1, 1);
  const run = lane.run("a", AbortSignal.abort("left"), () => Promise.reject(new Error("ran")));
  await assert.rejects(run, (error) => error === "left");
  assert.equal(lane.running, 0);
});

Deno.test("CallLane.run() makes room for who has fewer waiting", async () => {
  const { call, lane } = open(1, 3);
  const flood = ["a", "a", "a", "a"].map((key) => call(key));
  await settle();
  assert.ok(lane.refusal("a"));
  assert.equal(lane.refusal("b"), undefined);
  const other = call("b");
  await settle();
  assert.deepEqual(states(flood), ["running", "waiting", "waiting", "refused"]);
  flood[0]!.end();
  await settle();
  assert.equal(flood[1]!.state, "running");
  flood[1]!.end();
  await settle();
  assert.equal(other.state, "running");
});

Deno.test("CallLane.refusal() says when it may be worth to come again", async () => {
  const { clock, call, lane } = open(1, 1);
  const first = call("a");
  call("a");
  assert.equal(lane.refusal("a")!.retryAfterSeconds, 2);
  assert.match(lane.refusal("a")!.message, /^Cannot take the call: 1 are running and 1 waiting$/);
  clock.ms = 3_600_000;
  first.end();
  await settle();
  call("a");
  assert.equal(lane.refusal("a")!.retryAfterSeconds, 60);
});

Deno.test("CallLane.run() never runs too many, keeps each principal's order and loses nothing", async () => {
  const step = fc.record({
    what: fc.constantFrom("call", "call", "call", "end", "abort"),
    key: fc.constantFrom("a", "b", "c"),
    nth: fc.nat(30),
  });
  const sizes = fc.record({ concurrent: fc.integer({ min: 1, max: 4 }), queued: fc.nat(5) });
  await fc.assert(
    fc.asyncProperty(sizes, fc.array(step, { maxLength: 60 }), async (size, steps) => {
      const { lane, call, started } = open(size.concurrent, size.queued);
      const calls: Call[] = [];
      const running = () => calls.filter(({ state }) => state === "running");
      for (const { what, key, nth } of steps) {
        if (what === "call") {
          const isFull = lane.refusal(key) !== undefined;
          calls.push(call(key));
          await settle();
          assert.equal(calls.at(-1)!.state === "refused", isFull);
        } else if (what === "end") running()[nth % (running().length || 1)]?.end();
        else calls[nth % (calls.length || 1)]?.abort();
        await settle();
        assert.equal(lane.running, running().length);
        assert.ok(lane.running <= size.concurrent && lane.waiting <= size.queued);
        assert.equal(lane.waiting, states(calls).filter((state) => state === "waiting").length);
        assert.ok(lane.waiting === 0 || lane.running === size.concurrent, "a slot is unused");
      }
      while (running().length > 0) {
        running()[0]!.end();
        await settle();
      }
      assert.deepEqual([lane.running, lane.waiting], [0, 0]);
      for (const key of ["a", "b", "c"]) {
        const order = started.filter((one) => one.key === key).map((one) => calls.indexOf(one));
        assert.deepEqual(order, order.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 200 },
  );
});
