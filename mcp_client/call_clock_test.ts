import assert from "node:assert/strict";
import { startCallClock } from "./call_clock.ts";

async function reasonOf(signal: AbortSignal): Promise<string> {
  if (!signal.aborted) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  }
  return signal.reason.message;
}

Deno.test("startCallClock() ends a call without progress", async () => {
  const { signal } = startCallClock({ idleMs: 5, totalMs: 50 });
  assert.equal(await reasonOf(signal), "it took more than 0.005 s and told of no progress");
});

Deno.test("startCallClock() ends a call with progress too, once it has taken its time in all", async () => {
  const clock = startCallClock({ idleMs: 1000, totalMs: 20 });
  const timer = setInterval(clock.touch, 1);
  assert.equal(await reasonOf(clock.signal), "it took more than 0.02 s");
  clearInterval(timer);
});

Deno.test("startCallClock() stands still while it is paused", async () => {
  const clock = startCallClock({ idleMs: 1, totalMs: 1000 });
  clock.pause();
  clock.touch();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(clock.signal.aborted, false);
  clock.resume();
  await reasonOf(clock.signal);
});
