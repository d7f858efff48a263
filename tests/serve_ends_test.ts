/** How a server on standard input and output ends: what was under way, and what the log says of it. */
import assert from "node:assert/strict";
import {
  type FakeOllama,
  type FakeOllamaOptions,
  startFakeOllama,
} from "../models/fakes/fake_ollama.ts";
import { inFolder } from "./devmcp.ts";
import { homeIn, HttpHost } from "./http_host.ts";
import { Host, INITIALIZE } from "./mcp_host.ts";
import { modernClient } from "./mcp_over_http.ts";
import { asked, goodModel } from "./model_world.ts";
import { until } from "../config/until_fixture.ts";
import { askModel } from "./slow_model.ts";

const MODERN_META = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "0" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

const ERAS: [era: string, first: object[], meta: object][] = [
  ["of 2025-11-25", [INITIALIZE, { jsonrpc: "2.0", method: "notifications/initialized" }], {}],
  ["of 2026-07-28", [], { _meta: MODERN_META }],
];

/** Of work that nobody waits for any more; asked for 2000, here with what we need to notice. */
const MOST_LEAVE_MS = Deno.env.has("DEVMCP_SOAK") ? 2500 : 8000;

/** A model that talks for ten minutes. */
const TALKER = { reply: () => "word ".repeat(12_000), tokenDelayMs: 50 };

/** Runs `test` with a server whose call 1 waits for a model. */
async function withCall(
  [, first, meta]: typeof ERAS[number],
  test: (host: Host, fake: FakeOllama) => Promise<void>,
  model: FakeOllamaOptions = TALKER,
): Promise<void> {
  const fake = await startFakeOllama(model);
  await inFolder({ "work/.keep": "" }, async (folder) => {
    const env = { ...homeIn(folder), OLLAMA_HOST: fake.url };
    const host = new Host(["--root", `${folder}/work`, "--log-level", "info"], env);
    const args = { description: "a function that adds" };
    const params = { name: "generate_code", arguments: args, ...meta };
    try {
      await host.send(...first, { jsonrpc: "2.0", id: 1, method: "tools/call", params });
      await until(() => asked(fake).length === 1, "the model is asked");
      await test(host, fake);
    } finally {
      kill(host);
    }
  }).finally(() => fake.stop());
}

/** Does nothing where it has ended. */
function kill(host: Host | HttpHost): void {
  try {
    host.kill("SIGKILL");
  } catch {
    // it has
  }
}

/** The events of a log that are about connection and server, in order. */
function endingOf(stderr: string) {
  return stderr.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line))
    .filter(({ event }) => /^(server|session)_|^request_ended$/.test(event))
    .filter(({ method }) => method !== "initialize");
}

/** One session that opens at most once, and is closed as often; then the server's end. */
function checkEnding(stderr: string, outcome: string, reason: string): void {
  const events = endingOf(stderr);
  const names = events.map(({ event }) => event);
  const sessions = names.filter((name) => name.startsWith("session_"));
  assert.ok(
    sessions.length === 0 || sessions.join() === "session_opened,session_closed",
    names.join(),
  );
  assert.equal(names[0], "server_started");
  assert.equal(names.at(-1), "server_stopped");
  assert.equal(events.at(-1).reason, reason);
  assert.deepEqual(
    events.filter(({ method }) => method === "tools/call").map((event) => event.outcome),
    [outcome],
  );
}

for (const era of ERAS) {
  Deno.test(`a client ${era[0]} that leaves stdio in mid-call takes its work with it`, () =>
    withCall(era, async (host, fake) => {
      const left = performance.now();
      await host.stopReading();
      await host.closeInput();
      await until(() => asked(fake)[0]!.aborted === true, "nobody listens to the model");
      assert.ok(performance.now() - left < MOST_LEAVE_MS, "asked for are 2 s");
      const { code, stderr } = await host.ended();
      assert.equal(code, 0, stderr);
      checkEnding(stderr, "cancelled", "output_closed");
    }));

  Deno.test(`a script ${era[0]} that says no more gets its answer`, () =>
    withCall(era, async (host) => {
      await host.closeInput();
      assert.ok((await host.response(1)).result);
      const { code, stderr } = await host.ended();
      assert.equal(code, 0, stderr);
      assert.equal(endingOf(stderr).at(-1).reason, "input_ended");
    }, { reply: goodModel, tokenDelayMs: 5 }));

  Deno.test(`SIGTERM over stdio ends a call ${era[0]} with an answer`, () =>
    withCall(era, async (host) => {
      host.kill("SIGTERM");
      assert.equal((await host.response(1)).error.code, -32000);
      const { code, stderr } = await host.ended();
      assert.equal(code, 0, stderr);
      checkEnding(stderr, "cancelled", "signal");
    }));
}

Deno.test("a client that asks what there is, and then says initialize, has one session", async () => {
  const host = new Host(["--log-level", "info"]);
  const discover = { jsonrpc: "2.0", id: "d", method: "server/discover" };
  await host.send({ ...discover, params: { _meta: MODERN_META } });
  assert.ok((await host.response("d")).result);
  await host.send(INITIALIZE);
  await host.response("init");
  assert.ok((await host.request("l", "tools/list")).result);
  const { stderr } = await host.close();
  const sessions = endingOf(stderr).filter(({ event }) => event.startsWith("session_"));
  assert.deepEqual(sessions.map(({ event, protocol }) => [event, protocol]), [
    ["session_opened", "2025-11-25"],
    ["session_closed", "2025-11-25"],
  ]);
});

Deno.test("a second SIGTERM ends the server at once, and it says so", async () => {
  const fake = await startFakeOllama(TALKER);
  const config = JSON.stringify({ server: { drain_seconds: 600 } });
  await inFolder({ "config/devmcp/devmcp.yaml": config }, async (folder) => {
    const env = { ...homeIn(folder), OLLAMA_HOST: fake.url };
    const host = new HttpHost(["--http", "127.0.0.1:0"], env, folder);
    try {
      await host.listening();
      const broken = assert.rejects(askModel(modernClient(host.url), 1));
      await until(() => asked(fake).length === 1, "the model is asked");
      host.kill("SIGTERM");
      await until(() => /waiting for 1 call/.test(host.stderr), "it stops");
      host.kill("SIGTERM");
      const { code, stderr } = await host.ended();
      assert.equal(code, 143);
      assert.match(stderr, /^devmcp: a second signal: ended at once/m);
      assert.match(stderr, /"event":"server_stopped".*"reason":"second_signal"/);
      await broken;
    } finally {
      kill(host);
    }
  }).finally(() => fake.stop());
});
