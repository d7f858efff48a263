import assert from "node:assert/strict";
import fc from "fast-check";
import { createSchedule, type Timers } from "./schedule.ts";

/** A clock that is moved by hand. */
class FakeTimers implements Timers {
  #now = 0;
  #due: { at: number; work: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, work: () => void): () => void {
    const timer = { at: this.#now + ms, work };
    this.#due.push(timer);
    return () => this.#due = this.#due.filter((one) => one !== timer);
  }

  async pass(ms: number): Promise<void> {
    for (const end = this.#now + ms;;) {
      const [next] = this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      this.#now = next?.at ?? end;
      if (!next) break;
      this.#due = this.#due.filter((one) => one !== next);
      next.work();
      await settled();
    }
    await settled();
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

/** Runs that take so long, or end when they are given up. */
function runsOf(timers: FakeTimers, tookMs: number) {
  const runs: { began: number; ended?: number; isCancelled: boolean }[] = [];
  let atOnce = 0, mostAtOnce = 0;
  const run = async (signal: AbortSignal) => {
    const one: (typeof runs)[number] = { began: timers.now(), isCancelled: false };
    runs.push(one);
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    const { promise, resolve } = Promise.withResolvers<void>();
    timers.after(tookMs, resolve);
    signal.addEventListener("abort", () => {
      one.isCancelled = one.ended === undefined;
      resolve();
    });
    await promise;
    one.ended = timers.now();
    atOnce--;
  };
  return { runs, run, mostAtOnce: () => mostAtOnce };
}

Deno.test("createSchedule() runs once soon after the last of several changes", async () => {
  const timers = new FakeTimers(), { runs, run } = runsOf(timers, 10);
  const schedule = createSchedule(run, timers);
  schedule.begin();
  await timers.pass(100);
  for (let save = 0; save < 5; save++) {
    schedule.changed(1);
    await timers.pass(10);
  }
  await timers.pass(100);
  assert.deepEqual(runs.map(({ began }) => began), [0, 165]);
});

Deno.test("createSchedule() waits longer after many changes, but not for ever", async () => {
  const timers = new FakeTimers(), { runs, run } = runsOf(timers, 10);
  const schedule = createSchedule(run, timers);
  schedule.begin();
  await timers.pass(1000);
  for (let save = 0; save < 50; save++) {
    schedule.changed(20);
    await timers.pass(90);
  }
  assert.deepEqual(runs.map(({ began }) => began).slice(0, 2), [0, 3000]);
});

Deno.test("createSchedule() gives a run up for a change, but not two in a row", async () => {
  const timers = new FakeTimers(), { runs, run } = runsOf(timers, 500);
  const schedule = createSchedule(run, timers);
  schedule.begin();
  for (let save = 0; save < 30; save++) {
    await timers.pass(50);
    schedule.changed(1);
  }
  const cancelled = runs.map(({ isCancelled }) => isCancelled);
  assert.deepEqual(cancelled.slice(0, 3), [true, false, true]);
});

Deno.test("createSchedule() tells of a run that fails, and begins no other", async () => {
  const timers = new FakeTimers();
  let runs = 0;
  const schedule = createSchedule(() => {
    runs++;
    return Promise.reject(new Error("broken"));
  }, timers);
  schedule.begin();
  await assert.rejects(schedule.failed, /broken/);
  schedule.changed(1);
  await timers.pass(1000);
  assert.equal(runs, 1);
});

Deno.test("createSchedule() has at most one run at a time, and the last whole one begins after the last change", async () => {
  const steps = fc.array(
    fc.record({ waitMs: fc.integer({ min: 0, max: 400 }), count: fc.integer({ min: 0, max: 30 }) }),
    { maxLength: 30 },
  );
  await fc.assert(fc.asyncProperty(steps, fc.integer({ min: 0, max: 600 }), async (steps, took) => {
    const timers = new FakeTimers(), { runs, run, mostAtOnce } = runsOf(timers, took);
    const schedule = createSchedule(run, timers);
    let last = 0;
    schedule.begin();
    for (const { waitMs, count } of steps) {
      await timers.pass(waitMs);
      schedule.changed(count);
      if (count > 0) last = timers.now();
    }
    await timers.pass(10_000);
    assert.equal(mostAtOnce(), 1);
    const final = runs.at(-1)!;
    assert(final.ended !== undefined && !final.isCancelled);
    assert(final.began >= last);
    assert(runs.every(({ isCancelled }, index) => !isCancelled || !runs[index + 1]?.isCancelled));
    assert(runs.length <= 1 + steps.length);
  }));
});
