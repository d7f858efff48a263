import assert from "node:assert/strict";
import { type Candidate, discover } from "./discover.ts";
import { startFakeOllama } from "../fakes/fake_ollama.ts";
import { fakeModel } from "../fakes/fake_ollama_library.ts";

interface Fake {
  port: number;
  stop(): Promise<void>;
}

function serve(respond: (path: string) => Response | Promise<Response>): Fake {
  const abort = new AbortController();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    signal: abort.signal,
    onListen() {},
  }, (request) => respond(new URL(request.url).pathname));
  return {
    port: server.addr.port,
    stop: () => {
      abort.abort();
      return server.finished;
    },
  };
}

/** A port where nobody listens. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}

const SHARED: Candidate["kinds"] = ["openai", "local_chat"];
const nothing = () => new Response("404", { status: 404 });

Deno.test("discover() finds servers of each kind, in the order of the candidates", async () => {
  const ollama = await startFakeOllama({
    models: [fakeModel("mistral:7b", { parameters: "7.2B" })],
  });
  const vllm = serve((path) =>
    path === "/v1/models"
      ? Response.json({ data: [{ id: "a/b", max_model_len: 4096 }] })
      : path === "/health"
      ? new Response("")
      : nothing()
  );
  const local = serve((path) =>
    path === "/health" ? Response.json({ status: "healthy", model: "m" }) : nothing()
  );
  try {
    const found = await discover({
      candidates: [
        { port: freePort(), kinds: ["ollama"], patienceMs: 1000 },
        { port: Number(new URL(ollama.url).port), kinds: ["ollama"], patienceMs: 1000 },
        { port: local.port, kinds: SHARED, patienceMs: 1000 },
        { port: vllm.port, kinds: SHARED, patienceMs: 1000 },
      ],
    });
    assert.deepEqual(found, [
      {
        url: ollama.url,
        kind: "ollama",
        models: [{ name: "mistral:7b", sizeBytes: 4.4e9, parameters: 7.2 }],
      },
      { url: `http://127.0.0.1:${local.port}`, kind: "local_chat", models: [{ name: "m" }] },
      {
        url: `http://127.0.0.1:${vllm.port}/v1`,
        kind: "openai",
        models: [{ name: "a/b", contextTokens: 4096 }],
      },
    ]);
  } finally {
    await Promise.all([ollama.stop(), vllm.stop(), local.stop()]);
  }
});

Deno.test("discover() takes no other server for one of models", async () => {
  const others = [
    serve(() => new Response("<html>", { headers: { "content-type": "text/html" } })),
    serve(() => Response.json({ status: "ok" })),
    serve(() => Response.redirect("http://192.0.2.1/")),
  ];
  try {
    const candidates = others.map(({ port }): Candidate => ({
      port,
      kinds: ["ollama", ...SHARED],
      patienceMs: 1000,
    }));
    assert.deepEqual(await discover({ candidates }), []);
  } finally {
    await Promise.all(others.map(({ stop }) => stop()));
  }
});

Deno.test("discover() finds nothing in no time where nobody listens", async () => {
  const candidates = Array.from({ length: 8 }, (): Candidate => ({
    port: freePort(),
    kinds: SHARED,
    patienceMs: 1000,
  }));
  const start = performance.now();
  assert.deepEqual(await discover({ candidates }), []);
  assert.ok(performance.now() - start < 100);
});

Deno.test("discover() does not wait for those that say nothing", async () => {
  const silent = serve(() => new Promise<Response>(() => {}));
  const quick = await startFakeOllama();
  try {
    const start = performance.now();
    const found = await discover({
      candidates: [
        { port: silent.port, kinds: SHARED, patienceMs: 50 },
        { port: Number(new URL(quick.url).port), kinds: ["ollama"], patienceMs: 1000 },
      ],
    });
    assert.deepEqual(found.map(({ kind }) => kind), ["ollama"]);
    assert.ok(performance.now() - start < 200);
  } finally {
    await Promise.all([silent.stop(), quick.stop()]);
  }
});
