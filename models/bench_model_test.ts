import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { benchModel, type BenchOptions } from "./bench_model.ts";
import { type FakeOllamaOptions, startFakeOllama } from "./fakes/fake_ollama.ts";
import { ModelError } from "./model_error.ts";

const MODEL = "mistral:7b-instruct-v0.2-q4_K_M";

async function withFake<T>(
  options: FakeOllamaOptions,
  work: (bench: (values?: Partial<BenchOptions>) => ReturnType<typeof benchModel>) => Promise<T>,
) {
  const fake = await startFakeOllama(options);
  const { signal } = new AbortController();
  const usual = { model: MODEL, contextTokens: 4096, replyTokens: 16, number: 1, timeoutMs: 5000 };
  try {
    await work((values) => benchModel({ url: fake.url, ...usual, signal, ...values }));
    return fake;
  } finally {
    await fake.stop();
  }
}

const END = {
  done: true,
  load_duration: 2e9,
  prompt_eval_count: 500,
  prompt_eval_duration: 1e9,
  eval_count: 100,
  eval_duration: 4e9,
};

Deno.test("benchModel() reads the server's own durations", async () => {
  const lines = [{ message: { content: "a" }, done: false }, END];
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const { requests } = await withFake({ intercept: () => new Response(body) }, async (bench) => {
    const { firstTokenMs, ...run } = await bench();
    ok(firstTokenMs > 0);
    deepEqual(run, {
      loadMs: 2000,
      promptTokens: 500,
      promptMs: 1000,
      replyTokens: 100,
      replyMs: 4000,
    });
  });
  const { options, truncate } = requests[0]!.body as { options: object; truncate: boolean };
  equal(truncate, false);
  deepEqual(options, { num_ctx: 4096, num_predict: 16, temperature: 0, seed: 1 });
});

Deno.test("benchModel() works against the fake Ollama, which tells less", async () => {
  await withFake({ reply: () => "a b c d" }, async (bench) => ok((await bench()).replyTokens > 0));
});

Deno.test("benchModel() asks differently each time, so that nothing is read from a cache", async () => {
  const { requests } = await withFake({}, async (bench) => {
    await bench({ number: 1 });
    await bench({ number: 2 });
  });
  const [first, second] = requests.map(({ body }) => JSON.stringify(body.messages));
  ok(first !== second);
});

const FAULTS: [what: string, answer: () => Response, message: RegExp][] = [
  ["an error status", () => new Response("{}", { status: 503 }), /the server is busy/],
  ["HTML", () => new Response("<html>"), /HTML/],
  ["an error in a line", () => new Response('{"error":"out of memory"}\n'), /out of memory/],
  [
    "a reply that is cut off",
    () => new Response('{"message":{"content":"a"},"done":false}\n'),
    /cut off/,
  ],
  ["wrong types", () => new Response('{"message":5,"done":"yes"}\n[]\n7'), /message: /],
];

for (const [what, answer, message] of FAULTS) {
  Deno.test(`benchModel() refuses ${what}`, async () => {
    await withFake({ intercept: answer }, async (bench) => {
      await rejects(bench(), (error) => error instanceof ModelError && message.test(error.message));
    });
  });
}

Deno.test("benchModel() says which model is missing, and how to get it", async () => {
  await withFake({}, async (bench) => {
    await rejects(bench({ model: "absent" }), { fault: "missing", hint: /models pull absent/ });
  });
});

Deno.test("benchModel() ends at its deadline, and at once when it is stopped", async () => {
  const silent = { intercept: () => new Promise<Response>(() => {}) };
  await withFake(silent, async (bench) => {
    await rejects(bench({ timeoutMs: 50 }), { fault: "timeout" });
    await rejects(bench({ signal: AbortSignal.abort(new Error("stop")) }), /stop/);
  });
});
