import assert from "node:assert/strict";
import { keepResults } from "./keep_results.ts";

function setUp() {
  const clock = { now: 0 };
  const renewals: (() => void)[] = [];
  let count = 0;
  const get = keepResults((key: string, renew: () => void) => {
    renewals.push(renew);
    return Promise.resolve(`${key}${++count}`);
  }, () => clock.now);
  return { clock, renewals, get };
}

Deno.test("keepResults() makes a result once for each key", async () => {
  const { get } = setUp();
  assert.equal(get("a"), get("a"));
  assert.deepEqual(await Promise.all([get("a"), get("b"), get("a")]), ["a1", "b2", "a1"]);
});

Deno.test("keepResults() renews at once, then not more often than every five seconds", async () => {
  const { clock, renewals, get } = setUp();
  await get("a");
  clock.now = 100_000;
  renewals[0]!();
  assert.equal(await get("a"), "a2");
  renewals[1]!();
  renewals[0]!(); // of a result that is gone
  assert.equal(await get("a"), "a2");
  clock.now += 4999;
  assert.equal(await get("a"), "a2");
  clock.now += 1;
  assert.equal(await get("a"), "a3");
  clock.now += 100_000;
  assert.equal(await get("a"), "a3");
  renewals[2]!();
  assert.equal(await get("a"), "a4");
});

Deno.test("keepResults() keeps no failure, and no newer result is lost by an older one's", async () => {
  const results = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const renewals: (() => void)[] = [];
  const get = keepResults((_: string, renew: () => void) => {
    renewals.push(renew);
    return results[renewals.length - 1]!.promise;
  }, () => 0);
  const first = get("a");
  renewals[0]!();
  const second = get("a");
  results[0]!.reject(new Error("late"));
  await assert.rejects(first, /late/);
  assert.equal(get("a"), second);
  results[1]!.reject(new Error("too"));
  await assert.rejects(second, /too/);
  results.push(Promise.withResolvers<string>());
  assert.notEqual(get("a"), second);
});
