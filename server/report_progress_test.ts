import assert from "node:assert/strict";
import { createReport } from "./report_progress.ts";

function record(
  token: string | number | undefined,
  steps: [at: number, done: number][],
  above?: number,
) {
  const sent: unknown[] = [];
  let time = 0;
  const report = createReport(token, (params) => sent.push(params), { above, now: () => time });
  for (const [at, done] of steps) {
    time = at;
    report(done, 10, `step ${done}`);
  }
  return sent;
}

Deno.test("createReport() tells nothing to a caller without a token", () => {
  assert.deepEqual(record(undefined, [[0, 1], [500, 2]]), []);
});

Deno.test("createReport() sends the caller's token, 0 included", () => {
  assert.deepEqual(record(0, [[0, 1]]), [
    { progressToken: 0, progress: 1, total: 10, message: "step 1" },
  ]);
});

const done = (sent: unknown[]) => sent.map((params) => (params as { progress: number }).progress);

Deno.test("createReport() leaves out what follows too soon, but not the end", () => {
  assert.deepEqual(done(record("t", [[0, 1], [10, 2], [110, 3], [111, 10]])), [1, 3, 10]);
});

Deno.test("createReport() never falls or stands still", () => {
  assert.deepEqual(done(record("t", [[0, 5], [200, 4], [400, 5], [600, 6]])), [5, 6]);
});

Deno.test("createReport() goes on above what was told before", () => {
  assert.deepEqual(done(record("t", [[0, 0], [200, 1], [400, 2]], 0)), [1, 2]);
});
