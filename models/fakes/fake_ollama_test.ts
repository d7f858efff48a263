import { until } from "../../config/until_fixture.ts";
import assert from "node:assert/strict";
import { Ollama } from "ollama/browser";
import { type FakeOllama, type FakeOllamaOptions, startFakeOllama } from "./fake_ollama.ts";
import { fakeModel, MISTRAL, STARCODER, STARCODER_GGUF } from "./fake_ollama_library.ts";

// deno-lint-ignore no-explicit-any -- answers of a protocol, as JSON
type Json = any;

async function withFake(
  options: FakeOllamaOptions,
  test: (fake: FakeOllama) => Promise<void>,
): Promise<void> {
  const fake = await startFakeOllama(options);
  try {
    await test(fake);
  } finally {
    await fake.stop();
  }
}

async function send(
  fake: FakeOllama,
  path: string,
  body: object,
  method = "POST",
): Promise<Response> {
  return await fetch(fake.url + path, { method, body: JSON.stringify(body) });
}

async function ask(fake: FakeOllama, path: string, body: object): Promise<Json> {
  return await (await send(fake, path, body)).json();
}

async function linesOf(response: Response): Promise<Json[]> {
  return (await response.text()).trim().split("\n").map((line) => JSON.parse(line));
}

const messages = [{ role: "user", content: "hi" }];

Deno.test("startFakeOllama() streams a reply token by token and ends it with figures", async () => {
  await withFake({ reply: () => "The answer." }, async (fake) => {
    const response = await send(fake, "/api/chat", { model: MISTRAL.name, messages });
    assert.equal(response.headers.get("content-type"), "application/x-ndjson");
    const lines = await linesOf(response);
    assert.deepEqual(lines.map(({ message }) => message.content), ["The ", "answ", "er.", ""]);
    const last = lines.at(-1);
    assert.deepEqual([last.done, last.done_reason, last.eval_count], [true, "stop", 3]);
    assert.ok(last.prompt_eval_count > 0 && last.total_duration > 0);
    assert.ok(lines.slice(0, -1).every(({ done }) => done === false));
    assert.equal(fake.requests[0]!.path, "/api/chat");
    assert.deepEqual(fake.calls[0]!.messages, messages);
  });
});

/** Reads the body to its end, which the package does not. */
async function fetchWhole(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  return new Response(await response.arrayBuffer(), response);
}

Deno.test("startFakeOllama() is what the ollama package expects", async () => {
  const registry = [fakeModel("qwen:1b", { size: 100 })];
  await withFake({ reply: () => "Hello there.", registry }, async (fake) => {
    const ollama = new Ollama({ host: fake.url, fetch: fetchWhole });
    let text = "";
    const parts = await ollama.chat({ model: MISTRAL.name, messages, stream: true });
    for await (const { message } of parts) text += message.content;
    assert.equal(text, "Hello there.");
    assert.equal((await ollama.chat({ model: MISTRAL.name, messages })).message.content, text);
    assert.equal((await ollama.generate({ model: MISTRAL.name, prompt: "hi" })).response, text);
    assert.deepEqual((await ollama.list()).models.map(({ name }) => name), [
      MISTRAL.name,
      STARCODER.name,
    ]);
    const shown = await ollama.show({ model: STARCODER.name });
    assert.equal((shown.model_info as Json)["starcoder2.context_length"], 16_384);
    const statuses = [];
    for await (const { status } of await ollama.pull({ model: "qwen:1b", stream: true })) {
      statuses.push(status);
    }
    assert.deepEqual([statuses[0], statuses.at(-1)], ["pulling manifest", "success"]);
    assert.equal(
      (await ollama.embed({ model: "qwen:1b", input: ["a", "b"] })).embeddings.length,
      2,
    );
  });
});

Deno.test("startFakeOllama() keeps to num_ctx, num_predict, stop and format", async () => {
  const reply = () => ({ json: { answer: "yes", reason: "because [END] it is" } });
  await withFake({ reply }, async (fake) => {
    const long = [{ role: "user", content: "first " + "words ".repeat(5000) + "last" }];
    const chat = (rest: object) =>
      ask(fake, "/api/chat", { model: MISTRAL.name, messages, stream: false, ...rest });
    const dropped = await chat({ messages: long, options: { num_ctx: 100 } });
    assert.equal(dropped.prompt_eval_count, 100);
    const { prompt, truncated } = fake.calls.at(-1)!;
    assert.ok(truncated && prompt.includes("last") && !prompt.includes("first"));
    const refused = await chat({ messages: long, options: { num_ctx: 100 }, truncate: false });
    assert.match(refused.error, /exceeds the context length/);
    const short = await chat({ options: { num_predict: 2 } });
    assert.deepEqual([short.eval_count, short.done_reason], [2, "length"]);
    const full = await chat({ options: { num_ctx: 8 }, shift: false });
    assert.deepEqual([full.done_reason, full.prompt_eval_count + full.eval_count], ["length", 8]);
    assert.equal((await chat({ options: { num_ctx: 8 } })).done_reason, "stop");
    const stopped = await chat({ options: { stop: ["[END]"] } });
    assert.ok(stopped.message.content.endsWith("because "));
    assert.match(stopped.message.content, /^Here you are:/);
    const constrained = await chat({ format: { type: "object" } });
    assert.deepEqual(JSON.parse(constrained.message.content), reply().json);
  });
});

Deno.test("startFakeOllama() takes a prompt that is too long as its version does", async () => {
  const overflow = {
    messages: [{ role: "user", content: "words ".repeat(5000) }],
    truncate: false,
  };
  const cases: [string, RegExp | undefined][] = [
    ["0.12.5", undefined],
    ["0.12.6", /^the input length exceeds the context length$/],
    ["0.34.0", /"type":"exceed_context_size_error","n_prompt_tokens":7504,"n_ctx":4096/],
  ];
  for (const [version, message] of cases) {
    await withFake({ version }, async (fake) => {
      const reply = await ask(fake, "/api/chat", {
        model: MISTRAL.name,
        stream: false,
        ...overflow,
      });
      if (message) assert.match(reply.error, message);
      else assert.equal(reply.prompt_eval_count, 4096);
    });
  }
});

Deno.test("startFakeOllama() refuses in Ollama's words", async () => {
  await withFake({}, async (fake) => {
    const cases: [string, object, number, RegExp][] = [
      ["/api/chat", { model: "gpt", messages }, 404, /^model 'gpt' not found$/],
      ["/api/show", { model: "gpt" }, 404, /not found/],
      ["/api/chat", { messages }, 400, /^model is required$/],
      ["/api/chat", { model: MISTRAL.name, messages, tools: [{}] }, 400, /does not support tools/],
      ["/api/chat", { model: MISTRAL.name, messages, think: true }, 400, /not support thinking/],
      ["/api/create", { model: "mine" }, 400, /neither 'from' or 'files'/],
    ];
    for (const [path, body, status, message] of cases) {
      const response = await send(fake, path, body);
      assert.equal(response.status, status, path);
      assert.match((await response.json()).error, message);
    }
    const lines = await linesOf(await send(fake, "/api/pull", { model: "nope" }));
    assert.deepEqual(lines, [
      { status: "pulling manifest" },
      { error: "pull model manifest: file does not exist" },
    ]);
  });
});

Deno.test("startFakeOllama() wants the key when there is one", async () => {
  await withFake({ apiKey: "secret" }, async (fake) => {
    const get = (headers?: HeadersInit) => fetch(`${fake.url}/api/tags`, { headers });
    for (
      const [response, status] of [
        [await get(), 401],
        [await get({ authorization: "Bearer secret" }), 200],
      ] as const
    ) {
      assert.equal(response.status, status);
      await response.body?.cancel();
    }
  });
});

Deno.test("startFakeOllama() loads a model, keeps it and gives it up", async () => {
  await withFake({ models: [{ ...MISTRAL, onGpu: 0.5 }] }, async (fake) => {
    const chat = (rest: object) => ask(fake, "/api/chat", { model: MISTRAL.name, ...rest });
    const running = async () => (await (await fetch(`${fake.url}/api/ps`)).json()).models;
    assert.deepEqual(await running(), []);
    assert.equal((await chat({ keep_alive: -1 })).done_reason, "load");
    const [loaded] = await running();
    assert.equal(loaded.size_vram, MISTRAL.size / 2);
    assert.ok(Date.parse(loaded.expires_at) > Date.now() + 1e12);
    assert.equal((await chat({ keep_alive: 0 })).done_reason, "unload");
    assert.deepEqual(await running(), []);
    await chat({ messages, keep_alive: "10m", stream: false });
    const left = Date.parse((await running())[0].expires_at) - Date.now();
    assert.ok(left > 590_000 && left <= 600_000);
  });
});

Deno.test("startFakeOllama() goes on with a pull that was cancelled", async () => {
  const model = fakeModel("big:1b", { size: 1000 });
  // So slow that it cannot end before the server sees that nobody waits any more.
  await withFake({ registry: [model], pullDelayMs: 150 }, async (fake) => {
    const stop = new AbortController();
    const body = JSON.stringify({ model: "big:1b" });
    const options = { method: "POST", body, signal: stop.signal };
    const reader = (await fetch(`${fake.url}/api/pull`, options)).body!.getReader();
    while ((fake.library.partial.get("big:1b") ?? 0) < 300) await reader.read();
    stop.abort();
    await reader.closed.catch(() => {});
    await until(() => fake.requests[0]!.aborted === true);
    assert.ok(!fake.library.installed.has("big:1b"));
    const lines = await linesOf(await send(fake, "/api/pull", { model: "big:1b" }));
    assert.ok(lines[1].completed >= 300, JSON.stringify(lines));
    assert.equal(lines.at(-1).status, "success");
    assert.ok(fake.library.installed.has("big:1b"));
  });
});

Deno.test("startFakeOllama() creates a model from another one, copies and deletes", async () => {
  await withFake({ models: [], registry: [STARCODER_GGUF] }, async (fake) => {
    const created = await linesOf(
      await send(fake, "/api/create", {
        model: "coder",
        from: STARCODER_GGUF.name,
        template: "{{ .System }}### Instruction",
        parameters: { num_ctx: 16384, stop: ["###", "<|endoftext|>"] },
      }),
    );
    assert.equal(created.at(-1).status, "success");
    const shown = await ask(fake, "/api/show", { model: "coder" });
    assert.equal(shown.template, "{{ .System }}### Instruction");
    assert.match(shown.parameters, /^num_ctx +16384\nstop +###\nstop +<\|endoftext\|>$/);
    await (await send(fake, "/api/copy", { source: "coder", destination: "twin" })).body?.cancel();
    await (await send(fake, "/api/delete", { model: "coder" }, "DELETE")).body?.cancel();
    assert.deepEqual([...fake.library.installed.keys()], [STARCODER_GGUF.name, "twin:latest"]);
  });
});

Deno.test("startFakeOllama() drops system messages where the template has no place for them", async () => {
  await withFake({}, async (fake) => {
    const said = [{ role: "system", content: "Be brief." }, ...messages];
    for (const [model, isSeen] of [[MISTRAL.name, true], [STARCODER.name, false]] as const) {
      await ask(fake, "/api/chat", { model, messages: said, stream: false });
      assert.equal(fake.calls.at(-1)!.prompt.includes("Be brief."), isSeen);
    }
  });
});

Deno.test("startFakeOllama() speaks OpenAI's dialect under /v1", async () => {
  await withFake({ reply: () => ({ json: { a: 1 } }) }, async (fake) => {
    const body = { model: MISTRAL.name, messages };
    const chat = (rest: object) => send(fake, "/v1/chat/completions", { ...body, ...rest });
    const response_format = { type: "json_schema", json_schema: { name: "x", schema: {} } };
    const whole = await (await chat({ response_format })).json();
    assert.equal(whole.choices[0].message.content, '{"a":1}');
    assert.equal(whole.usage.completion_tokens, 2);
    const text = await (await chat({
      stream: true,
      max_tokens: 1,
      stream_options: { include_usage: true },
    })).text();
    assert.ok(text.endsWith("data: [DONE]\n\n"));
    const events = text.split("\n\n").filter((line) => line.startsWith("data: {"))
      .map((line) => JSON.parse(line.slice(6)));
    assert.equal(events[0].choices[0].delta.content, "Here");
    assert.equal(events[1].choices[0].finish_reason, "length");
    assert.equal(events[2].usage.completion_tokens, 1);
    const missing = await (await chat({ model: "gpt" })).json();
    assert.equal(missing.error.type, "not_found_error");
    const { data } = await (await fetch(`${fake.url}/v1/models`)).json();
    assert.equal(data[0].id, MISTRAL.name);
  });
});

Deno.test("startFakeOllama() notes that the client hung up, and stops with answers open", async () => {
  await withFake({ reply: () => "word ".repeat(10_000), tokenDelayMs: 5 }, async (fake) => {
    const stop = new AbortController();
    const body = JSON.stringify({ model: MISTRAL.name, messages });
    const options = { method: "POST", body, signal: stop.signal };
    const response = await fetch(`${fake.url}/api/chat`, options);
    await response.body!.getReader().read();
    stop.abort();
    const request = fake.requests[0]!;
    await until(() => request.aborted === true);
    assert.equal(request.answeredAt, undefined);
    const open = await fetch(`${fake.url}/api/chat`, { method: "POST", body });
    await fake.stop();
    await assert.rejects(open.text());
  });
});
