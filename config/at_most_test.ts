import assert from "node:assert/strict";
import { atMost } from "./at_most.ts";

Deno.test("atMost() gives what comes in time, and leaves no timer behind", async () => {
  assert.equal(await atMost(60_000, Promise.resolve("done")), "done");
  await assert.rejects(atMost(60_000, Promise.reject(new Error("broken"))), /broken/);
});

Deno.test("atMost() waits no longer than it may, and a later failure is nobody's", async () => {
  const { promise, reject } = Promise.withResolvers<string>();
  assert.equal(await atMost(1, promise), undefined);
  reject(new Error("too late"));
  await promise.catch(() => {});
});
