import assert from "node:assert/strict";
import type { McpHost, ServerStatus } from "../../mcp_client/mcp_host.ts";
import { settleServers } from "./settle_servers.ts";
import { slashChat } from "./slash_fixture.ts";

const SERVER = { name: "slow", address: "slow", tools: 0, prompts: 0, resources: 0 };

/** A host whose server connects when `settled` resolves. */
function hostOf(state: ServerStatus["state"], settled: () => Promise<void>): McpHost {
  return { ...slashChat().chat.host, servers: () => [{ ...SERVER, state }], settled };
}

/** What happens, in order. */
async function events(message: string, host: McpHost, signal = new AbortController().signal) {
  const events: string[] = [];
  const onWait = () => void events.push("waits");
  const tell = (line: string) => void events.push(line);
  await settleServers(message, host, { signal, onWait, tell, patienceMs: 1 });
  return events;
}

const never = () => new Promise<void>(() => {});
const LATE = "slow: not waited for any longer; it does not answer";

const CASES: [message: string, state: ServerStatus["state"], events: string[]][] = [
  ["review app.py", "connecting", []],
  ["write a function that adds numbers, with tests", "connecting", []],
  ["review @slow:file://app.py", "connecting", ["waits", LATE]],
  ["which tickets are open?", "connecting", ["waits", LATE]],
  ["/slow:triage", "connecting", ["waits", LATE]],
  ["which tickets are open?", "connected", []],
  ["which tickets are open?", "failed", []],
];

for (const [message, state, expected] of CASES) {
  const does = expected.length > 0 ? "waits a while" : "does not wait";
  Deno.test(`settleServers() ${does} for "${message}" while it is ${state}`, async () => {
    assert.deepEqual(await events(message, hostOf(state, never)), expected);
  });
}

Deno.test("settleServers() waits when one of our own tools is not offered", async () => {
  const host = { ...hostOf("connecting", never), list: () => [] };
  assert.deepEqual(await events("review app.py", host), ["waits", LATE]);
});

Deno.test("settleServers() ends with the signal, without a word", async () => {
  const controller = new AbortController();
  const stop = () => (controller.abort(130), never());
  const host = hostOf("connecting", stop);
  assert.deepEqual(await events("which tickets are open?", host, controller.signal), ["waits"]);
});
