import assert from "node:assert/strict";
import { startTurnClock } from "./turn_clock.ts";
import { BudgetError } from "./turn_state.ts";

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

Deno.test("startTurnClock() counts what is waited for at the same time once", async () => {
  const clock = startTurnClock(60_000);
  await Promise.all([1, 2, 3].map(() => clock.waitFor(() => after(30))));
  const { totalMs, waitedMs } = clock.times();
  clock.stop();
  assert.ok(waitedMs >= 25 && waitedMs <= totalMs, `${waitedMs} of ${totalMs}`);
});

Deno.test("startTurnClock() counts waiting that fails, and that is still going on", async () => {
  const clock = startTurnClock(60_000);
  await assert.rejects(() =>
    clock.waitFor(() => after(20).then(() => Promise.reject(new Error())))
  );
  const open = clock.waitFor(() => after(20));
  assert.ok(clock.times().waitedMs >= 15);
  await open;
  clock.stop();
});

Deno.test("startTurnClock() ends the turn when its time is over, without the person's", async () => {
  const clock = startTurnClock(40);
  await Promise.all([clock.waitForPerson(() => after(80)), clock.waitForPerson(() => after(60))]);
  assert.equal(clock.signal.aborted, false);
  assert.ok(clock.pausedMs() >= 75 && clock.pausedMs() <= clock.times().waitedMs + 1);
  await new Promise((resolve) => clock.signal.addEventListener("abort", resolve));
  assert.ok(clock.signal.reason instanceof BudgetError);
  clock.stop();
});
