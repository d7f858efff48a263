/**
 * Malformed messages over standard input: no exit, no hang, nothing but JSON-RPC on standard output,
 * exactly one answer for each. DEVMCP_MALFORMED: how many.
 */
import assert from "node:assert/strict";
import { expectedAnswer } from "./expected_answer.ts";
import { malformed } from "./malformed.ts";
import { Host, INITIALIZE } from "./mcp_host.ts";

const COUNT = Number(Deno.env.get("DEVMCP_MALFORMED") ?? 3000);
const SEED = Number(Deno.env.get("DEVMCP_SEED") ?? 1);
/** Sent together; fewer than may be under way at once. */
const WINDOW = 50;
/** For a window on a machine that does other things too; asked for 1 s a message. */
const MOST_MS = COUNT > 3000 ? 1000 : 10_000;

const NEWLINE = Uint8Array.of(0x0a);

/** Sends messages `from`… and reads answers until the ping behind them is answered. */
async function sendWindow(host: Host, from: number, to: number): Promise<void> {
  const sent = Array.from({ length: to - from }, (_, i) => malformed(SEED, from + i));
  const expected: unknown[] = [];
  for (const { bytes } of sent) {
    await host.send(bytes, NEWLINE);
    const answer = expectedAnswer(bytes);
    if (answer) expected.push(answer.id);
  }
  const answered: unknown[] = [];
  while (answered.length < expected.length) {
    const message = await host.next();
    if (message.method !== undefined) continue; // what the server asks or tells by itself
    assert.ok("result" in message !== "error" in message, JSON.stringify(message));
    if (message.error) assert.ok(Number.isInteger(message.error.code));
    answered.push(message.id);
  }
  const sorted = (ids: unknown[]) => ids.map((id) => JSON.stringify(id)).sort();
  const kinds = () => sent.map(({ kind }) => kind).join(" ");
  assert.deepEqual(sorted(answered), sorted(expected), `messages ${from}-${to}: ${kinds()}`);
  host.messages.length = 0;
}

Deno.test(`serve answers ${COUNT} malformed messages over stdio once each, and lives on`, async () => {
  const host = new Host(["--log-level", "error"]);
  await host.send(INITIALIZE, { jsonrpc: "2.0", method: "notifications/initialized" });
  await host.response("init");
  const started = performance.now();
  let slowest = 0;
  for (let from = 0; from < COUNT; from += WINDOW) {
    const began = performance.now();
    await sendWindow(host, from, Math.min(from + WINDOW, COUNT));
    const took = performance.now() - began;
    slowest = Math.max(slowest, took);
    assert.ok(took < MOST_MS, `messages from ${from} took ${Math.round(took)} ms`);
  }
  assert.deepEqual((await host.request("last", "ping")).result, {});
  const { code, stderr } = await host.close();
  assert.deepEqual([code, stderr], [0, ""]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${COUNT} in ${seconds} s; ${WINDOW} together took ${Math.round(slowest)} ms at most`,
  );
});
