import assert from "node:assert/strict";
import { createLimit } from "./limit.ts";

Deno.test("createLimit() runs so many at once, in order, failures included", async () => {
  const limit = createLimit(2);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const work = (i: number) => async () => {
    started.push(i);
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
    if (i === 1) throw new Error("failed");
    return i;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((i) => limit(work(i))));
  assert.deepEqual(results.map(({ status }) => status === "fulfilled"), [
    true,
    false,
    true,
    true,
    true,
  ]);
  assert.deepEqual(started, [0, 1, 2, 3, 4]);
  assert.equal(most, 2);
});
