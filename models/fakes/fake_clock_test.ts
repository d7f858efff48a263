import assert from "node:assert/strict";
import { withFakeClock } from "./fake_clock.ts";

Deno.test("withFakeClock() rings at whole milliseconds, as real timers do", async () => {
  await withFakeClock(async (clock) => {
    const rung: number[] = [];
    setTimeout(() => setTimeout(() => rung.push(clock.now()), 1 / 3), 7 / 3);
    await clock.advance(10);
    assert.deepEqual(rung, [2]);
    assert.equal(clock.now(), 10);
  });
});
