/** Every fault of a server of models, under a command: one line, exit code 2, in time, nothing half-written. */
import assert from "node:assert/strict";
import {
  FAULT_NAMES,
  type FaultName,
  startFaultyOllama,
} from "../models/fakes/fake_ollama_faults.ts";
import { MISTRAL } from "../models/fakes/fake_ollama_library.ts";
import { goodModel, type ModelWorld, withModels } from "./model_world.ts";

const TIMEOUT_SECONDS = 2;
const ENV = { MODEL_TIMEOUT_SECONDS: String(TIMEOUT_SECONDS) };

const ASKING = [
  ["formalize", "make it faster", "-o", "task.md"],
  ["generate", "count words", "-o", "words.py"],
];
const SHOWING = ["models", "show", MISTRAL.name];

/** How the sentence goes on, by the fault. */
const SAYINGS: Record<FaultName, RegExp> = {
  refused: /refused|reach/,
  reset: /connection was lost/,
  reset_in_stream: /connection was lost while it answered/,
  hung_up: /connection was lost while it answered/,
  unauthorized: /key|401/,
  forbidden: /refuses|403/,
  missing: /does not have|not found/,
  no_such_route: /404|path/,
  too_many: /too many|429|limit/,
  failed: /failed|500|terminated/,
  out_of_memory: /memory/,
  busy: /busy|503/,
  html: /./,
  html_error: /502/,
  empty: /end|empty/,
  not_json: /./,
  bad_bytes: /./,
  redirect: /redirect/,
  error_in_200: /memory/,
  error_in_stream: /CUDA error/,
  half_line: /end|line|broke/,
  no_done: /end/,
  wrong_types: /./,
  silence: /2 s|time|answer/,
  silence_after_head: /2 s|time|answer/,
  silence_after_token: /2 s|time|answer/,
  byte_a_second: /2 s|time|answer/,
  endless: /goes on after the tokens it was given|within 2 s/,
  endless_line: /does not end|within 2 s/,
  endless_head_line: /does not end|within 2 s/,
  whitespace_loop: /cut off|blank|no |empty|white/,
};

/** What a call may take beyond its time: 1 s on a quiet machine, which that of a whole test run is not. */
const GRACE_MS = Deno.env.get("DEVMCP_FAULTS") ? 1000 : 8000;

async function assertTold(
  fault: FaultName,
  args: string[],
  { run }: ModelWorld,
): Promise<void> {
  const { code, stdout, stderr, elapsedMs } = await run(args, { env: ENV });
  const what = `${fault}, ${args[0]}: ${stderr}`;
  assert.deepEqual([code, stdout], [2, ""], what);
  assert.match(stderr, /^devmcp: Cannot [^\n]*(\n +hint: [^\n]+)?\n$/, what);
  assert.doesNotMatch(stderr, /\n +at |internal error|undefined|\[object/, what);
  // What a process takes to start is not the call's, and it takes longer while others run.
  const start = (await run(["--version"])).elapsedMs;
  const most = TIMEOUT_SECONDS * 1000 + GRACE_MS + 2 * start;
  assert.ok(elapsedMs < most, `${what} after ${elapsedMs} ms, a start took ${start}`);
  if (args !== SHOWING) assert.match(stderr, SAYINGS[fault], what);
}

/** Waits for all, also when one fails: what still ran would be the next test's. */
async function all(work: Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) {
    if (result.status === "rejected") throw result.reason;
  }
}

for (const fault of FAULT_NAMES) {
  Deno.test(`a server with the fault "${fault}" is one line and exit code 2`, async () => {
    await withModels(() => startFaultyOllama(fault, { reply: goodModel }), async (world) => {
      await all(ASKING.map((args) => assertTold(fault, args, world)));
      const left = await Array.fromAsync(Deno.readDir(world.folder), ({ name }) => name);
      assert.deepEqual(left, [".keep"], "nothing is written in part");
    });
  });
}

const EVERYWHERE: FaultName[] = [
  "reset",
  "html",
  "empty",
  "unauthorized",
  "failed",
  "wrong_types",
  "silence",
  "endless_line",
  "byte_a_second",
];

for (const fault of EVERYWHERE) {
  Deno.test(`a server with the fault "${fault}" on every route is one line too`, async () => {
    await withModels(() => startFaultyOllama(fault, { on: () => true }), async (world) => {
      await all([ASKING[0]!, SHOWING].map((args) => assertTold(fault, args, world)));
    });
  });
}

const PULLING: FaultName[] = [
  "reset",
  "reset_in_stream",
  "half_line",
  "no_done",
  "empty",
  "html",
  "error_in_200",
  "error_in_stream",
  "wrong_types",
  "busy",
  "endless_line",
];

for (const fault of PULLING) {
  Deno.test(`a download that breaks by the fault "${fault}" is one line, and no model`, async () => {
    const start = () => startFaultyOllama(fault, { on: (path) => path === "/api/pull" });
    await withModels(start, async ({ run, fake }) => {
      const { code, stdout, stderr } = await run(["models", "pull", "tiny:1b", "--force"]);
      assert.deepEqual([code, stdout], [2, ""], `${fault}: ${stderr}`);
      assert.match(stderr, /(^|\n)devmcp: Cannot [^\n]*(\n +hint: [^\n]+)?\n$/, fault);
      assert.doesNotMatch(stderr, /\n +at |internal error|undefined|\[object/, fault);
      assert.ok(!fake.library.installed.has("tiny:1b"));
    });
  });
}
