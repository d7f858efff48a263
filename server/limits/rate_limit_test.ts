import assert from "node:assert/strict";
import fc from "fast-check";
import { createRateLimit } from "./rate_limit.ts";

function open(perMinute: number, maxKeys?: number) {
  const clock = { ms: 0 };
  const rate = createRateLimit({ perMinute, maxKeys, now: () => clock.ms });
  const use = (key: string) => {
    const isFree = rate.wait(key) === 0;
    if (isFree) rate.take(key);
    return isFree;
  };
  return { clock, rate, use };
}

Deno.test("createRateLimit() lets a minute's uses through, then so many as time allows", () => {
  const { clock, rate, use } = open(3);
  assert.deepEqual([1, 2, 3, 4].map(() => use("a")), [true, true, true, false]);
  assert.equal(rate.wait("a"), 20);
  assert.equal(use("b"), true);
  clock.ms = 19_999;
  assert.equal(use("a"), false);
  clock.ms = 20_000;
  assert.deepEqual([use("a"), use("a")], [true, false]);
  clock.ms = 3_600_000;
  assert.deepEqual([1, 2, 3, 4].map(() => use("a")), [true, true, true, false]);
});

Deno.test("createRateLimit() limits nothing at 0", () => {
  const { use } = open(0);
  for (let n = 0; n < 1000; n++) assert.equal(use(`${n % 2}`), true);
});

Deno.test("createRateLimit() forgets the key unused for longest", () => {
  const { use } = open(1, 2);
  assert.deepEqual(["a", "b", "b", "c"].map(use), [true, true, false, true]);
  assert.deepEqual(["b", "c", "a"].map(use), [false, false, true]);
});

Deno.test("createRateLimit() never lets more through than a minute's uses and what time adds", () => {
  const steps = fc.array(fc.nat(20_000), { maxLength: 60 });
  fc.assert(fc.property(fc.integer({ min: 1, max: 10 }), steps, (perMinute, waits) => {
    const { clock, use } = open(perMinute);
    let used = 0;
    for (const ms of waits) {
      clock.ms += ms;
      if (use("a")) used++;
      assert.ok(used <= perMinute + clock.ms * perMinute / 60_000 + 1e-6);
    }
  }));
});
