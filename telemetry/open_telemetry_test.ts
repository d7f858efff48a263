import assert from "node:assert/strict";
import { ended, started } from "./event_fixture.ts";
import { startCollector } from "./fake_collector.ts";
import { openTelemetry } from "./open_telemetry.ts";

/** The SDK keeps connections for the next time, and timers of what it has given up. */
const test = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });

function fakeWorld(env: Record<string, string> = {}) {
  const told = { stderr: "", said: [] as string[] };
  return {
    told,
    world: {
      version: "1",
      env: (name: string) => env[name],
      writeError: (bytes: Uint8Array) => {
        told.stderr += new TextDecoder().decode(bytes);
        return Promise.resolve(bytes.length);
      },
      say: (text: string) => void told.said.push(text),
    },
  };
}

Deno.test("openTelemetry() is quiet and has no metrics where nothing is configured", async () => {
  const { world, told } = fakeWorld();
  const { emit, metrics, close } = await openTelemetry({}, world);
  emit(started());
  emit(ended());
  await close();
  assert.deepEqual([metrics, told], [undefined, { stderr: "", said: [] }]);
});

test("openTelemetry() tells logs, metrics and traces of the same request", async () => {
  const collector = startCollector();
  const { world, told } = fakeWorld();
  const { emit, metrics, close } = await openTelemetry({
    logging: { level: "info" },
    telemetry: { otlp_endpoint: collector.url },
    server: { metrics: true },
  }, world);
  emit(started());
  emit(ended());
  assert.match(await metrics!(), /gen_ai_tool_name="review_code"/);
  await close(5000);
  await collector.stop();
  assert.equal(JSON.parse(told.stderr).principal, "key:ci");
  assert.deepEqual(collector.spans.map(({ name }) => name), ["tools/call review_code"]);
});

test("openTelemetry() logs that a collector cannot be reached, and goes on", async () => {
  const { world, told } = fakeWorld({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  const { emit, close } = await openTelemetry({}, world);
  emit(started());
  emit(ended());
  await close(30_000);
  assert.match(JSON.parse(told.stderr).message, /^Cannot send traces to http:\/\/127.0.0.1:9: /);
});

test("openTelemetry() closes in time where neither the collector nor the log takes anything", async () => {
  const collector = startCollector();
  const stuck = Promise.withResolvers<Response>();
  collector.answer = () => stuck.promise;
  const { world } = fakeWorld({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const { emit, close } = await openTelemetry({ logging: { level: "info" } }, {
    ...world,
    writeError: () => new Promise(() => {}),
  });
  emit(started());
  emit(ended());
  let isLate = false;
  // Each of the two would take all of the time.
  const timer = setTimeout(() => isLate = true, 1900);
  await close(1000);
  assert.equal(isLate, false);
  clearTimeout(timer);
  stuck.resolve(new Response());
  await collector.stop();
});
