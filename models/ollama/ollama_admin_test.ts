import assert from "node:assert/strict";
import { createOllamaAdmin, type PullProgress } from "./ollama_admin.ts";
import {
  OPEN_HEAD,
  type Play,
  type RawServer,
  responseText,
  stall,
  startRawServer,
} from "../fakes/raw_server_fixture.ts";

function answering(value: unknown, status = 200): RawServer {
  return startRawServer(({ write }) => write(responseText(status, JSON.stringify(value))));
}

function admin(server: RawServer, timeoutMs = 500) {
  return createOllamaAdmin({ url: server.url, timeoutMs });
}

Deno.test("createOllamaAdmin() refuses a URL that is none", () => {
  assert.throws(
    () => createOllamaAdmin({ url: "ftp://x", timeoutMs: 1 }),
    /neither http nor https/,
  );
});

Deno.test("version() asks the server", async () => {
  await using server = answering({ version: "0.12.6" });
  assert.equal(await admin(server).version(), "0.12.6");
  assert.match(server.requests[0]!, /^GET \/api\/version /);
});

Deno.test("list() tells names, sizes and times", async () => {
  const models = [{ name: "a:7b", size: 4e9, modified_at: "2025-01-01T00:00:00Z" }, { name: "b" }];
  await using server = answering({ models });
  assert.deepEqual(await admin(server).list(), [
    { name: "a:7b", size: 4e9, modified: "2025-01-01T00:00:00Z" },
    { name: "b", size: 0, modified: "" },
  ]);
});

Deno.test("list() takes null for none, as Go writes it", async () => {
  await using server = answering({ models: null });
  assert.deepEqual(await admin(server).list(), []);
});

Deno.test("running() tells what is on the GPU", async () => {
  const models = [{ name: "a", size: 10, size_vram: 6, context_length: 4096 }, { name: "b" }];
  await using server = answering({ models });
  assert.deepEqual(await admin(server).running(), [
    { name: "a", size: 10, sizeVram: 6, contextTokens: 4096 },
    { name: "b", size: 0, sizeVram: 0 },
  ]);
});

Deno.test("show() tells what the model can do", async () => {
  await using server = answering({
    capabilities: ["completion", "tools"],
    details: { family: "llama", parameter_size: "7.2B", quantization_level: "Q4_K_M" },
    model_info: { "general.architecture": "llama", "llama.context_length": 32768 },
    template: "{{ .Prompt }}",
    parameters: 'stop "[INST]"',
  });
  assert.deepEqual(await admin(server).show("mistral"), {
    capabilities: ["completion", "tools"],
    contextTokens: 32768,
    family: "llama",
    parameters: "7.2B",
    quantization: "Q4_K_M",
    template: "{{ .Prompt }}",
    settings: 'stop "[INST]"',
  });
});

Deno.test("show() of an older server leaves out what that does not say", async () => {
  await using server = answering({
    model_info: { "general.architecture": "x", "x.context_length": -1 },
  });
  const shown = await admin(server).show("mistral");
  assert.deepEqual([shown.capabilities, shown.contextTokens, shown.family], [[], undefined, ""]);
});

Deno.test("show() says how to get a model that is missing", async () => {
  await using server = answering({ error: "model 'mistral' not found" }, 404);
  await assert.rejects(admin(server).show("mistral"), {
    fault: "missing",
    message: `Cannot show "mistral" at ${server.url}: the server does not have the model: ` +
      "model 'mistral' not found",
    hint: 'run "devmcp models pull mistral"',
  });
});

Deno.test("remove() takes an empty answer", async () => {
  await using server = startRawServer(({ write }) => write(responseText(200, "")));
  await admin(server).remove("mistral");
  assert.match(server.requests[0]!, /^DELETE \/api\/delete /);
});

Deno.test("every question ends within its time", async () => {
  await using server = startRawServer((connection) => stall(connection));
  const asked = admin(server, 100);
  const questions = [
    () => asked.version(),
    () => asked.list(),
    () => asked.running(),
    () => asked.show("a"),
    () => asked.remove("a"),
  ];
  for (const question of questions) await assert.rejects(question, { fault: "timeout" });
});

const STEPS = [
  { status: "pulling manifest" },
  { status: "pulling abc", total: 100, completed: 50 },
  { status: "success" },
];

function lines(values: unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

Deno.test("pull() tells its progress", async () => {
  await using server = startRawServer(({ write }) => write(OPEN_HEAD + lines(STEPS)));
  assert.deepEqual(await Array.fromAsync(admin(server).pull("mistral")), STEPS);
  assert.match(server.requests[0]!, /^POST \/api\/pull /);
});

Deno.test("pull() may take longer than the timeout, but not be silent for so long", async () => {
  const play: Play = async (connection) => {
    await connection.write(OPEN_HEAD);
    for (let i = 0; i < 6; i++) {
      await connection.write(lines([STEPS[1]]));
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await stall(connection);
  };
  await using server = startRawServer(play);
  const seen: PullProgress[] = [];
  const pulling = (async () => {
    for await (const step of admin(server, 200).pull("mistral")) seen.push(step);
  })();
  await assert.rejects(pulling, { fault: "timeout" });
  assert.equal(seen.length, 6);
});

for (
  const [name, text, fault] of [
    ["an end without success", lines(STEPS.slice(0, 2)), "protocol"],
    ["half a line", lines(STEPS).slice(0, -5), "protocol"],
    [
      "a name that does not exist",
      lines([{ error: "pull model manifest: file does not exist" }]),
      "missing",
    ],
    ["a full disk", lines([{ error: "write: no space left on device" }]), "failed"],
  ] as const
) {
  Deno.test(`pull() says what is wrong with ${name}`, async () => {
    await using server = startRawServer(({ write }) => write(OPEN_HEAD + text));
    await assert.rejects(Array.fromAsync(admin(server).pull("mistral")), (error: unknown) => {
      assert.equal((error as { fault?: string }).fault, fault);
      assert(!/models pull mistral/.test(String((error as { hint?: string }).hint)));
      return true;
    });
  });
}

Deno.test("pull() ends with its caller", async () => {
  const play: Play = async (connection) => {
    await connection.write(OPEN_HEAD + lines(STEPS.slice(0, 2)));
    await stall(connection);
  };
  await using server = startRawServer(play);
  for await (const _ of admin(server).pull("mistral")) break;
  const controller = new AbortController();
  const pulling = (async () => {
    for await (const _ of admin(server).pull("mistral", controller)) controller.abort("enough");
  })();
  await assert.rejects(pulling, (reason) => reason === "enough");
  for (let i = 0; i < 50 && server.open() > 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(server.open(), 0);
});

Deno.test("create() sends what the model is made from", async () => {
  await using server = startRawServer(({ write }) => write(OPEN_HEAD + lines(STEPS)));
  const options = { from: "base", template: "### {{ .Prompt }}", parameters: { stop: ["###"] } };
  assert.equal((await Array.fromAsync(admin(server).create("mine", options))).length, 3);
  const [request] = server.requests;
  assert.deepEqual(JSON.parse(request!.slice(request!.indexOf("\r\n\r\n"))), {
    model: "mine",
    stream: true,
    ...options,
  });
});
