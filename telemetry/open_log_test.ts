import assert from "node:assert/strict";
import { ended, started } from "./event_fixture.ts";
import { openLog } from "./open_log.ts";
import type { TelemetryWorld } from "./telemetry_world.ts";

function fakeWorld() {
  const told = { stderr: "", said: [] as string[] };
  const world: TelemetryWorld = {
    version: "1",
    env: () => undefined,
    writeError: (bytes) => {
      // As a pipe does that is nearly full.
      const taken = bytes.subarray(0, 10);
      told.stderr += new TextDecoder().decode(taken);
      return Promise.resolve(taken.length);
    },
    say: (text) => void told.said.push(text),
  };
  return { world, told };
}

Deno.test("openLog() writes to standard error what is at or above the level", async () => {
  for (const [level, lines] of [["debug", 2], ["info", 1], ["warning", 0]] as const) {
    const { world, told } = fakeWorld();
    const log = openLog({ level }, world);
    log.sink(started(), started());
    log.sink(ended(), started());
    await log.close(1000);
    assert.equal(
      told.stderr.split("\n").filter(Boolean).map((one) => JSON.parse(one)).length,
      lines,
    );
  }
});

Deno.test("openLog() says once that a file cannot be written, and goes on", async () => {
  const folder = await Deno.makeTempDir();
  const { world, told } = fakeWorld();
  const log = openLog({ level: "info", file: folder }, world);
  for (let i = 0; i < 3; i++) log.sink(ended());
  await log.close(1000);
  await Deno.remove(folder, { recursive: true });
  assert.equal(told.said.length, 1);
  assert.match(told.said[0]!, /^warning: Cannot write the log ".*": /);
  assert.equal(told.stderr, "");
});

Deno.test("openLog() touches no file before there is something to write", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/a.log`;
  const { world } = fakeWorld();
  const log = openLog({ level: "warning", file }, world);
  log.sink(ended());
  await log.close(1000);
  await assert.rejects(Deno.stat(file), Deno.errors.NotFound);
  await Deno.remove(folder, { recursive: true });
});
