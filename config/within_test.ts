import assert from "node:assert/strict";
import { within } from "./within.ts";

Deno.test("within() gives what comes in time, and undefined for the rest", async () => {
  assert.equal(await within(10_000, Promise.resolve(1)), 1);
  assert.equal(await within(1, new Promise(() => {})), undefined);
  await assert.rejects(within(10_000, Promise.reject(new Error("broken"))), /broken/);
});
