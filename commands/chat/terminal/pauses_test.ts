import assert from "node:assert/strict";
import { createPauses } from "./pauses.ts";

const never = new AbortController().signal;

Deno.test("createPauses() has one at once when nothing was typed, or long ago", async () => {
  let now = 5000;
  const { typed, idle } = createPauses(() => now);
  await idle(never);
  typed();
  now += 700;
  await idle(never);
});

Deno.test("createPauses() waits while somebody types, until it is stopped", async () => {
  const { typed, idle } = createPauses(() => 0);
  typed();
  const controller = new AbortController();
  const waiting = assert.rejects(idle(controller.signal));
  controller.abort(new Error("closed"));
  await waiting;
});
