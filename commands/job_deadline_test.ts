import assert from "node:assert/strict";
import { until } from "../config/until_fixture.ts";
import { keepDeadlines } from "./job_deadline.ts";
import type { Crew } from "./pool_worker.ts";

/** Workers that are told of, with the limit as their task. */
function crewWith(limitMs: number, isAtWork = true): Crew<number> & { abandoned: string[] } {
  const abandoned: string[] = [];
  return {
    tasks: [limitMs],
    spentMs: 0,
    isAtWork: () => isAtWork,
    assign: () => {},
    end: () => Promise.resolve(),
    abandon: ({ message }) => void abandoned.push(message),
    abandoned,
  };
}

/** @param each what is computed between two looks, in milliseconds */
async function afterLooks(crews: Crew<number>[], each: number, looks = 4): Promise<void> {
  let asked = 0;
  const end = keepDeadlines(new Set(crews), (limit) => limit, () => each * asked++);
  await until(() => asked > looks);
  end();
}

Deno.test("keepDeadlines() counts no time in which nothing is computed", async () => {
  const asleep = crewWith(1);
  await afterLooks([asleep], 0);
  assert.deepEqual([asleep.spentMs, asleep.abandoned], [0, []]);
});

Deno.test("keepDeadlines() shares what is computed among those at work, at most what passed", async () => {
  const [one, other, idle] = [crewWith(1e9), crewWith(1e9), crewWith(1, false)];
  await afterLooks([one, other, idle], 200);
  assert.deepEqual([one.spentMs, other.spentMs, idle.spentMs], [400, 400, 0]);
  const alone = crewWith(1e9);
  await afterLooks([alone], 9999);
  assert.equal(alone.spentMs, 1000);
});

Deno.test("keepDeadlines() abandons what computes for too long", async () => {
  const [short, long] = [crewWith(300), crewWith(30_000)];
  await afterLooks([short, long], 400);
  assert.equal(short.abandoned[0], "it takes longer than 0.3 s");
  assert.deepEqual(long.abandoned, []);
});
