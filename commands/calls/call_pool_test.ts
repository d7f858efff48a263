import assert from "node:assert/strict";
import type { CallOptions } from "../../server/call_tool.ts";
import { createCallPool } from "./call_pool.ts";

const url = new URL("./call_pool_fixture.ts", import.meta.url);

/** A pool of real workers that counts them. */
function open(size = 1, ahead = 0) {
  const workers = { started: 0, crashed: Promise.withResolvers<void>() };
  const pool = createCallPool({
    spawn: () => {
      workers.started++;
      const worker = new Worker(url, { type: "module" });
      worker.addEventListener("error", () => workers.crashed.resolve());
      return worker;
    },
    root: "/",
    size,
    ahead,
  });
  const call = (name: string, ms: unknown = 0, options: Partial<CallOptions> = {}) => {
    const quiet = { signal: new AbortController().signal, progress: () => {}, log: () => {} };
    return pool.call(name, { ms }, { ...quiet, ...options });
  };
  return { call, workers, [Symbol.dispose]: () => pool.close() };
}

const done = (calls: number) => ({
  ok: true,
  output: { calls },
  text: JSON.stringify({ calls }, null, 2),
});

Deno.test("createCallPool() starts no worker before the first call, and keeps it", async () => {
  using pool = open();
  assert.equal(pool.workers.started, 0);
  assert.deepEqual(await pool.call("work"), done(1));
  assert.deepEqual(await pool.call("work"), done(2));
  assert.equal(pool.workers.started, 1);
});

Deno.test("createCallPool() passes progress and log on", async () => {
  using pool = open();
  const told: unknown[] = [];
  await pool.call("wait", 0, { progress: (...p) => told.push(p), log: (...l) => told.push(l) });
  assert.deepEqual(told, [[1, 2, "waiting"], ["info", "waiting"]]);
});

Deno.test("createCallPool() runs calls side by side up to its size, the others in turn", async () => {
  using pool = open(2);
  const order: string[] = [];
  const note = (name: string, ms: number) => pool.call(name, ms).then(() => order.push(name));
  await Promise.all([note("block", 400), note("wait", 50), note("work", 0)]);
  assert.deepEqual(order, ["wait", "work", "block"]);
  assert.equal(pool.workers.started, 2);
});

Deno.test("createCallPool() tells failures as outcomes, and goes on", async () => {
  using pool = open();
  assert.deepEqual(await pool.call("refuse"), {
    ok: false,
    message: "Cannot do it",
    hint: "do another thing",
    detail: undefined,
  });
  const failed = await pool.call("fail");
  assert.ok(!failed.ok && failed.detail);
  assert.equal(failed.message, 'Cannot finish "fail": internal error (TypeError: boom)');
  assert.deepEqual(await pool.call("work"), done(1));
});

Deno.test("createCallPool() refuses arguments that nest too deep for a message", async () => {
  using pool = open();
  let deep: unknown = 0;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  const outcome = await pool.call("work", deep);
  assert.ok(!outcome.ok && /nest too deep/.test(outcome.message));
  assert.deepEqual(await pool.call("work"), done(1));
  assert.equal(pool.workers.started, 1);
});

Deno.test("createCallPool() replaces a worker that crashed", async () => {
  using pool = open();
  const outcome = await pool.call("crash");
  assert.ok(!outcome.ok && /internal error/.test(outcome.message));
  assert.deepEqual(await pool.call("work"), done(1));
  assert.equal(pool.workers.started, 2);
});

Deno.test("createCallPool() replaces a worker that says it is of no more use", async () => {
  using pool = open(1, 2);
  const names = ["work", "spend", "work", "work", "spend", "work"];
  const outcomes = await Promise.all(names.map((name) => pool.call(name)));
  assert.deepEqual(outcomes, [1, 2, 1, 2, 3, 1].map(done));
  assert.equal(pool.workers.started, 3);
});

Deno.test("createCallPool() replaces a worker that crashed while it was idle", async () => {
  using pool = open();
  assert.deepEqual(await pool.call("crash_later", 20), done(1));
  await pool.workers.crashed.promise;
  assert.deepEqual(await pool.call("work"), done(1));
  assert.equal(pool.workers.started, 2);
});

Deno.test("createCallPool() tells that a worker cannot be started, to all who wait", async () => {
  let started = 0;
  const spawn = () => {
    if (started++ > 0) throw new Error("no threads left");
    return new Worker(url, { type: "module" });
  };
  const pool = createCallPool({ spawn, root: "/", size: 1 });
  const { signal } = new AbortController();
  const options = { signal, progress: () => {}, log: () => {} };
  const names = ["crash", "work", "work", "work"];
  const outcomes = await Promise.all(names.map((name) => pool.call(name, {}, options)));
  for (const outcome of outcomes.slice(1)) {
    assert.ok(!outcome.ok && /internal error \(Error: no threads left\)/.test(outcome.message));
  }
  pool.close();
});

Deno.test("createCallPool() says why arguments cannot be passed on", async () => {
  using pool = open();
  const outcome = await pool.call("work", () => {});
  assert.ok(!outcome.ok && /cannot be passed on \(DataCloneError: /.test(outcome.message));
});

Deno.test("createCallPool() keeps the worker of a call that heeds its abort", async () => {
  using pool = open();
  await pool.call("work");
  await assert.rejects(pool.call("wait", 10_000, { signal: AbortSignal.timeout(20) }), {
    name: "TimeoutError",
  });
  assert.deepEqual(await pool.call("work"), done(2));
});

Deno.test("createCallPool() ends the worker of a call that does not", async () => {
  using pool = open();
  await pool.call("work");
  const started = performance.now();
  await assert.rejects(pool.call("block", 10_000, { signal: AbortSignal.timeout(20) }));
  assert.ok(performance.now() - started < 5000);
  assert.deepEqual(await pool.call("work"), done(1));
});

Deno.test("createCallPool() lets a waiting call be aborted, and the next have its turn", async () => {
  using pool = open();
  const first = pool.call("wait", 100);
  const second = pool.call("work", 0, { signal: AbortSignal.timeout(10) });
  const third = pool.call("work");
  await assert.rejects(second);
  assert.deepEqual(await first, done(1));
  assert.deepEqual(await third, done(2));
});

Deno.test("createCallPool() makes no call whose signal is aborted", async () => {
  using pool = open();
  await assert.rejects(pool.call("work", 0, { signal: AbortSignal.abort() }));
  assert.equal(pool.workers.started, 0);
});

Deno.test("createCallPool() ends a call with its question to the client's model, and takes the answer", async () => {
  using pool = open();
  const asked = await pool.call("ask", 0, { clientModel: {} });
  assert.ok(!asked.ok && asked.needs);
  const { key, messages } = asked.needs;
  assert.deepEqual(messages, [{ role: "user", text: "How many?" }]);
  const told: unknown[] = [];
  const outcome = await pool.call("ask", 0, {
    clientModel: { [key]: "7" },
    emit: ({ provider, inputTokens }) => told.push([provider, inputTokens! > 0]),
  });
  assert.deepEqual(outcome, done(7));
  assert.deepEqual(told, [["client", true]]);
  const without = await pool.call("ask");
  assert.ok(!without.ok && !without.needs && /no server runs/.test(without.message));
  assert.equal(pool.workers.started, 1);
});

Deno.test("createCallPool() makes calls ahead of their turn at a worker in their order, each once", async () => {
  using pool = open(1, 2);
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => pool.call("work")));
  assert.deepEqual(outcomes, outcomes.map((_, n) => done(n + 1)));
});

Deno.test("createCallPool() does not make a call that was aborted behind another", async () => {
  using pool = open(1, 2);
  await pool.call("work");
  let isOver = false;
  const first = pool.call("block", 1000).finally(() => isOver = true);
  const second = pool.call("work", 0, { signal: AbortSignal.timeout(10) });
  const third = pool.call("work");
  await assert.rejects(second);
  assert.ok(!isOver);
  assert.deepEqual(await first, done(2));
  assert.deepEqual(await third, done(3));
});

Deno.test("createCallPool() ends the worker of a call that heeds no abort; those behind it go on", async () => {
  using pool = open(1, 2);
  await pool.call("work");
  const first = pool.call("block", 10_000, { signal: AbortSignal.timeout(20) });
  const others = [pool.call("work"), pool.call("work")];
  await assert.rejects(first, { name: "TimeoutError" });
  assert.deepEqual(await Promise.all(others), [done(1), done(2)]);
  assert.equal(pool.workers.started, 2);
});

Deno.test("createCallPool() makes calls behind one that crashed elsewhere", async () => {
  using pool = open(1, 2);
  const names = ["crash", "work", "work"];
  const [crashed, ...others] = await Promise.all(names.map((name) => pool.call(name)));
  assert.ok(crashed && !crashed.ok);
  assert.deepEqual(others, [done(1), done(2)]);
  assert.equal(pool.workers.started, 2);
});

Deno.test("createCallPool() gives what waits behind a long call to a worker without any", async () => {
  using pool = open(2, 2);
  await Promise.all([pool.call("wait", 50), pool.call("wait", 50)]);
  let isOver = false;
  void pool.call("block", 5000).finally(() => isOver = true);
  await Promise.all(["wait", "work", "work", "work"].map((name) => pool.call(name)));
  assert.ok(!isOver);
});
