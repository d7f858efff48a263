import { until } from "../config/until_fixture.ts";
import assert from "node:assert/strict";
import { LineQueue, type LineQueueOptions } from "./line_queue.ts";

const lostLine = (count: number) => `lost ${count}\n`;

/** A queue whose writer can be held up, and made to fail. */
function queueTo(options: Partial<LineQueueOptions> = {}) {
  const world = {
    written: "",
    chunks: 0,
    failures: 0,
    isBroken: false,
    gate: Promise.resolve(),
  };
  const queue = new LineQueue({
    write: async (text) => {
      await world.gate;
      if (world.isBroken) throw new Error("disk full");
      world.written += text;
      world.chunks++;
    },
    onFailure: () => world.failures++,
    lostLine,
    delayMs: 0,
    retryMs: 0,
    ...options,
  });
  return { queue, world };
}

Deno.test("LineQueue writes lines in their order and together", async () => {
  const { queue, world } = queueTo();
  for (let i = 0; i < 100; i++) queue.push(`${i}\n`);
  await until(() => world.chunks > 0);
  queue.push("last\n");
  await queue.close(1000);
  assert.equal(world.written, [...Array(100).keys(), "last"].map((i) => `${i}\n`).join(""));
  assert.equal(world.chunks, 2);
});

Deno.test("LineQueue writes chunks of whole lines, also where one is longer", async () => {
  const { queue, world } = queueTo({ chunkCharacters: 4 });
  for (const line of ["a\n", "b\n", "c\n", "much longer\n", "d\n"]) queue.push(line);
  await queue.close(1000);
  assert.deepEqual([world.written, world.chunks], ["a\nb\nc\nmuch longer\nd\n", 4]);
});

Deno.test("LineQueue keeps so much while the writer is slow, and says how much is lost", async () => {
  const { queue, world } = queueTo({ maxCharacters: 10 });
  const { promise, resolve } = Promise.withResolvers<void>();
  world.gate = promise;
  for (let i = 0; i < 9; i++) queue.push(`${i}\n`);
  resolve();
  await until(() => world.written !== "");
  queue.push("next\n");
  await queue.close(1000);
  assert.equal(world.written, "lost 4\n0\n1\n2\n3\n4\nnext\n");
});

Deno.test("LineQueue tells a streak of failures once, and goes on when it works again", async () => {
  const { queue, world } = queueTo();
  for (let streak = 1; streak <= 2; streak++) {
    world.isBroken = true;
    queue.push("a\n");
    await until(() => world.failures === streak);
    queue.push("b\n");
    await new Promise((resolve) => setTimeout(resolve, 5));
    world.isBroken = false;
    queue.push("c\n");
    await until(() => world.written.endsWith("c\n"));
    assert.match(world.written, /lost \d\n(b\n)?c\n$/);
  }
  await queue.close(1000);
  assert.equal(world.failures, 2);
});

Deno.test("LineQueue.close() does not wait for a writer that stands still", async () => {
  const { queue, world } = queueTo();
  world.gate = new Promise(() => {});
  queue.push("a\n");
  await queue.close(20);
  queue.push("b\n");
  assert.equal(world.written, "");
});
