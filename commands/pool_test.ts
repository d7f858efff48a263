import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ToolError } from "../config/tool_error.ts";
import { availableCores, createPool, type PoolOptions } from "./pool.ts";
import type { TestJob } from "./testdata/pool_worker.ts";

const workerUrl = new URL("./testdata/pool_worker.ts", import.meta.url);

type Failure = { failed: string; hint?: string; expected: boolean };

function testPool(options: Partial<PoolOptions<TestJob, unknown>> = {}) {
  return createPool<TestJob, unknown>({
    size: 2,
    workerUrl,
    failed: (_, error): Failure => ({
      failed: error.message,
      hint: error instanceof ToolError ? error.hint : undefined,
      expected: error instanceof ToolError,
    }),
    ...options,
  });
}

async function resultsOf(
  jobs: AsyncIterable<TestJob> | Iterable<TestJob>,
  options?: Partial<PoolOptions<TestJob, unknown>>,
): Promise<unknown[]> {
  const pool = testPool(options);
  try {
    return await Array.fromAsync(pool.run(jobs));
  } finally {
    await pool.close();
  }
}

const echoes = (count: number): TestJob[] =>
  Array.from({ length: count }, (_, value) => ({ do: "echo", value }));

Deno.test("pool.run() gives the results in the order of the jobs", async () => {
  const jobs: TestJob[] = [{ do: "sleep", ms: 60 }, ...echoes(300)];
  const [first, ...rest] = await resultsOf(jobs);
  assert.equal(first, undefined);
  assert.deepEqual(rest, echoes(300).map((_, index) => index));
});

Deno.test("pool.run() gives nothing for no jobs and starts no worker", async () => {
  assert.deepEqual(await resultsOf([], { workerUrl: new URL("file:///does/not/exist.ts") }), []);
});

Deno.test("createPool() gives init to the handler", async () => {
  assert.deepEqual(await resultsOf([{ do: "init" }], { init: { a: [1] } }), [{ a: [1] }]);
});

const FAILURES: [TestJob["do"], RegExp, boolean][] = [
  ["throw", /^a bug$/, false],
  ["refuse", /^Cannot do it$/, true],
  ["die", /^Cannot finish: the worker stopped \(out of luck\)$/, true],
  ["reject", /the worker stopped \(nobody caught this\)/, true],
  ["exit", /the worker stopped \(it ended by itself\)/, true],
  ["unsendable", /could not be cloned/, false],
];

Deno.test("pool.run() fails one job alone and goes on", async (t) => {
  for (const [what, message, expected] of FAILURES) {
    await t.step(what, async () => {
      const bad = { do: what } as TestJob;
      const results = await resultsOf([...echoes(3), bad, ...echoes(9), bad, ...echoes(1)], {
        size: 1,
      });
      assert.equal(results.length, 15);
      const failures = results.filter((result) => typeof result === "object") as Failure[];
      assert.equal(failures.length, 2);
      for (const failure of failures) {
        assert.match(failure.failed, message);
        assert.equal(failure.expected, expected);
      }
      assert.deepEqual(results.slice(4, 13), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    });
  }
});

Deno.test("pool.run() keeps the result after which a worker is of no use, and goes on with another", async () => {
  const jobs: TestJob[] = [...echoes(2), { do: "spend" }, ...echoes(6), { do: "spend" }];
  const results = await resultsOf(jobs, { size: 1 });
  assert.deepEqual(results, [0, 1, "spent", 0, 1, 2, 3, 4, 5, "spent"]);
});

Deno.test("pool.run() keeps the hint of a ToolError", async () => {
  const [failure] = await resultsOf([{ do: "refuse" }]) as Failure[];
  assert.equal(failure?.hint, "do not");
});

Deno.test("pool.run() survives when every job kills its worker", async () => {
  const results = await resultsOf(Array.from({ length: 8 }, () => ({ do: "die" as const })));
  assert.equal(results.length, 8);
});

Deno.test("pool.run() throws a failure when there is no `failed`", async () => {
  await assert.rejects(resultsOf([{ do: "refuse" }, ...echoes(5)], { failed: undefined }), {
    name: "ToolError",
    message: "Cannot do it",
  });
});

Deno.test("pool.run() fails a job that cannot be sent", async () => {
  const job = { do: "echo", value: () => {} } as TestJob;
  const results = await resultsOf([job, ...echoes(2)]) as Failure[];
  assert.match(results[0]?.failed ?? "", /cloned/);
  assert.deepEqual(results.slice(1), [0, 1]);
});

Deno.test("pool.run() throws when no worker can start", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "devmcp-pool-"));
  const broken = join(folder, "broken.js");
  await writeFile(broken, "throw new Error('no engine');");
  for (const url of [pathToFileURL(broken), pathToFileURL(join(folder, "missing.js"))]) {
    await t.step(url.pathname.split("/").at(-1) ?? "", async () => {
      await assert.rejects(resultsOf(echoes(50), { workerUrl: url }), /Cannot start a worker: /);
    });
  }
  await rm(folder, { recursive: true });
});

Deno.test("pool.run() throws what the source of jobs throws", async () => {
  async function* source(): AsyncGenerator<TestJob> {
    yield { do: "echo", value: 1 };
    await Promise.resolve();
    throw new ToolError("Cannot find it");
  }
  await assert.rejects(resultsOf(source()), { message: "Cannot find it" });
});

Deno.test("pool.run() takes jobs only as fast as results are fetched", async () => {
  let taken = 0;
  function* source(): Generator<TestJob> {
    for (; taken < 10_000; taken++) yield { do: "echo", value: taken };
  }
  const pool = testPool();
  const results = pool.run(source());
  await results.next();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert(taken < 200, `${taken} jobs taken for one result`);
  await results.return(undefined);
  await pool.close();
});

Deno.test("pool.run() gives a result before the source has its next job", async () => {
  const release = Promise.withResolvers<void>();
  async function* source(): AsyncGenerator<TestJob> {
    yield { do: "echo", value: "early" };
    await release.promise;
  }
  const pool = testPool();
  const results = pool.run(source());
  assert.equal((await results.next()).value, "early");
  release.resolve();
  assert.equal((await results.next()).done, true);
  await pool.close();
});

Deno.test("createPool() stops at an abort, promptly and with its reason", async () => {
  const controller = new AbortController();
  const pool = testPool({ signal: controller.signal });
  const running = Array.fromAsync(
    pool.run(Array.from({ length: 50 }, () => ({ do: "sleep" as const, ms: 20_000 }))),
  );
  setTimeout(() => controller.abort(new Error("Ctrl-C")), 50);
  const started = performance.now();
  await assert.rejects(running, { message: "Ctrl-C" });
  assert(performance.now() - started < 3000);
});

Deno.test("createPool() lets a job that has begun finish at an abort, and begins no other", async () => {
  const folder = await mkdtemp(join(tmpdir(), "devmcp-pool-"));
  const paths = Array.from({ length: 6 }, (_, index) => join(folder, String(index)));
  const controller = new AbortController();
  const pool = testPool({ signal: controller.signal });
  const running = Array.fromAsync(
    pool.run(paths.map((path) => ({ do: "write" as const, path, ms: 100 }))),
  );
  await untilExists(join(folder, "0"));
  controller.abort(new Error("Ctrl-C"));
  await assert.rejects(running, { message: "Ctrl-C" });
  const states = await Promise.all(paths.map((path) => readFile(path, "utf8").catch(() => "")));
  assert.equal(states[0], "done");
  assert(!states.includes("begun"), states.join());
  assert(states.includes(""), states.join());
  await rm(folder, { recursive: true });
});

async function untilExists(path: string): Promise<void> {
  while (!await Deno.stat(path).catch(() => undefined)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

Deno.test("createPool() does nothing when it was aborted before", async () => {
  await assert.rejects(resultsOf(echoes(3), { signal: AbortSignal.abort(new Error("no")) }), {
    message: "no",
  });
});

Deno.test("pool.close() ends what is under way", async () => {
  const pool = testPool();
  const running = Array.fromAsync(pool.run([{ do: "sleep", ms: 20_000 }]));
  running.catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 100));
  await pool.close();
  await assert.rejects(running, { message: "The pool is closed" });
});

Deno.test("availableCores() is at least 1", () => {
  assert(Number.isInteger(availableCores()) && availableCores() >= 1);
});

Deno.test("pool.run() ends a job that takes too long, and goes on", async () => {
  // Deno ends the thread only when it is done: it shall not be in the way of other tests for long.
  const endless: TestJob = { do: "burn", ms: 6000 };
  const jobs: TestJob[] = [...echoes(2), endless, ...echoes(6), endless];
  const results = await resultsOf(jobs, { deadlineMs: () => 1500 }) as Failure[];
  assert.deepEqual(results.slice(3, 9), [0, 1, 2, 3, 4, 5]);
  for (const { failed, expected } of [results[2]!, results[9]!]) {
    assert.equal(failed, "it takes longer than 1.5 s");
    assert.ok(expected);
  }
});
