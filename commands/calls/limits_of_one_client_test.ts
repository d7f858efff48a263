import assert from "node:assert/strict";
import { inHome, USER_FILE } from "../../config/home_fixture.ts";
import { loadConfig } from "../../config/load.ts";
import { limitsOfOneClient } from "./limits_of_one_client.ts";

/** The limits of calls with such a configuration. */
async function limitsWith(yaml: string): Promise<unknown[]> {
  const found: unknown[] = [];
  await inHome({ [USER_FILE]: yaml }, async ({ path, env }) => {
    const limits = limitsOfOneClient(await loadConfig({ cwd: path, env: env() }));
    found.push(limits.concurrent_calls, limits.queued_calls, limits.calls_per_minute);
  });
  return found;
}

Deno.test("limitsOfOneClient() are the same whatever else is configured", async () => {
  const { concurrent_calls, queued_calls, calls_per_minute } = limitsOfOneClient();
  const own = [concurrent_calls, queued_calls, calls_per_minute];
  assert.deepEqual(await limitsWith("logging: {level: info}"), own);
});

Deno.test("limitsOfOneClient() are those that are configured", async () => {
  assert.deepEqual(await limitsWith("server: {limits: {queued_calls: 100}}"), [5, 100, 0]);
  assert.deepEqual(
    await limitsWith("server: {limits: {concurrent_calls: 2, calls_per_minute: 9}}"),
    [2, 256, 9],
  );
});
