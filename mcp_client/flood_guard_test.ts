import assert from "node:assert/strict";
import { FloodGuard } from "./flood_guard.ts";

Deno.test("FloodGuard takes a burst, then as many as time gives back", () => {
  let now = 0;
  const guard = new FloodGuard({ burst: 3, perSecond: 2 }, () => now);
  assert.deepEqual([1, 2, 3, 4].map(() => guard.take()), [true, true, true, false]);
  now += 1000;
  assert.deepEqual([1, 2].map(() => guard.take()), [true, false]);
  now += 60_000;
  assert.deepEqual([1, 2, 3, 4].map(() => guard.take()), [true, true, true, false]);
});
