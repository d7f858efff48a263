import assert from "node:assert/strict";
import { createReadiness } from "./readiness.ts";

const answers: [string, Parameters<typeof createReadiness>[0], number, RegExp][] = [
  ["what the check says", () => Promise.resolve({ ready: true, checks: {} }), 200, /"ready":true/],
  ["a check that fails", () => Promise.reject(new Error("secret")), 503, /the check failed/],
  ["a check that never ends", () => new Promise(() => {}), 503, /takes too long/],
];

for (const [what, check, status, expected] of answers) {
  Deno.test(`createReadiness() answers by ${what}`, async () => {
    const response = await createReadiness(check, what.includes("never") ? 1 : 10_000)(false);
    const text = await response.text();
    assert.equal(response.status, status);
    assert.match(text, expected);
    assert.doesNotMatch(text, /secret/);
  });
}

Deno.test("createReadiness() asks once for many that ask at once, and never while it stops", async () => {
  let asked = 0;
  const readiness = createReadiness(() => {
    asked++;
    return Promise.resolve({ ready: true, checks: {} });
  });
  assert.equal((await readiness(true)).status, 503);
  assert.equal(asked, 0);
  await Promise.all([readiness(false), readiness(false)]);
  assert.equal(asked, 1);
});
