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
    const log = await openLog({ level }, world);
    log.sink(started(), started());
    log.sink(ended(), started());
    await log.close(1000);
    assert.equal(
      told.stderr.split("\n").filter(Boolean).map((one) => JSON.parse(one)).length,
      lines,
    );
  }
});

Deno.test("openLog() throws for a file that cannot be opened", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/a`, "");
  for (const [file, state] of [[folder, "it is a folder"], [`${folder}/a/b.log`, ""]] as const) {
    await assert.rejects(openLog({ file }, fakeWorld().world), (error: Error) => {
      assert.ok(error.message.startsWith(`Cannot write the log "${file}": ${state}`), `${error}`);
      return true;
    });
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("openLog() says once that a file can be written no more, and goes on", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/a.log`;
  const { world, told } = fakeWorld();
  const log = await openLog({ level: "info", file }, world);
  await Deno.remove(file);
  await Deno.mkdir(file);
  for (let i = 0; i < 3; i++) log.sink(ended());
  await log.close(1000);
  await Deno.remove(folder, { recursive: true });
  assert.deepEqual(told.said, [`warning: Cannot write the log "${file}": it is a folder`]);
  assert.equal(told.stderr, "");
});

Deno.test("openLog() does not wait for the reader of a pipe", async () => {
  if (Deno.build.os === "windows") return;
  const folder = await Deno.makeTempDir();
  const file = `${folder}/pipe`;
  await new Deno.Command("mkfifo", { args: [file] }).output();
  const log = await openLog({ file }, fakeWorld().world);
  await log.close(1000);
  await Deno.remove(folder, { recursive: true });
});
