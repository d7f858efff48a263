import assert from "node:assert/strict";
import fc from "fast-check";
import { FairQueue } from "./fair_queue.ts";

function drain<T>(queue: FairQueue<T>): T[] {
  const items: T[] = [];
  while (queue.size > 0) items.push(queue.shift()!);
  return items;
}

Deno.test("FairQueue.shift() takes the lines in turn, and each in its order", () => {
  const queue = new FairQueue<string>();
  for (const item of ["a1", "a2", "a3", "b1", "c1", "b2"]) queue.push(item[0]!, item);
  assert.deepEqual(drain(queue), ["a1", "b1", "c1", "a2", "b2", "a3"]);
  assert.equal(queue.shift(), undefined);
});

Deno.test("FairQueue.remove() takes one out, once", () => {
  const queue = new FairQueue<string>();
  queue.push("a", "a1");
  queue.push("a", "a2");
  assert.deepEqual(
    [queue.remove("a", "a1"), queue.remove("a", "a1"), queue.remove("b", "a2")],
    [true, false, false],
  );
  assert.deepEqual(drain(queue), ["a2"]);
});

Deno.test("FairQueue.displacedBy() names the newest of the longest line, where that is fairer", () => {
  const queue = new FairQueue<string>();
  assert.equal(queue.displacedBy("a"), undefined);
  for (const item of ["a1", "a2", "a3", "b1"]) queue.push(item[0]!, item);
  assert.deepEqual(queue.displacedBy("c"), { key: "a", item: "a3" });
  assert.deepEqual(queue.displacedBy("b"), { key: "a", item: "a3" });
  queue.push("b", "b2");
  assert.equal(queue.displacedBy("b"), undefined);
  assert.equal(queue.displacedBy("a"), undefined);
});

Deno.test("FairQueue.shift() serves everybody before anybody twice, and forgets no item", () => {
  const keys = fc.array(fc.constantFrom("a", "b", "c", "__proto__", ""), { maxLength: 40 });
  fc.assert(fc.property(keys, (pushed) => {
    const queue = new FairQueue<{ key: string; n: number }>();
    pushed.forEach((key, n) => queue.push(key, { key, n }));
    const served = drain(queue);
    assert.equal(served.length, pushed.length);
    for (const key of new Set(pushed)) {
      const mine = served.filter((item) => item.key === key).map(({ n }) => n);
      assert.deepEqual(mine, mine.toSorted((a, b) => a - b));
    }
    // The nth of one line comes before the (n+1)th of every other.
    const rounds = served.map(({ key, n }) => pushed.slice(0, n).filter((k) => k === key).length);
    assert.deepEqual(rounds, rounds.toSorted((a, b) => a - b));
  }));
});
