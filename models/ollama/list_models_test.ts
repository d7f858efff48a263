import assert from "node:assert/strict";
import fc from "fast-check";
import type { Endpoint } from "../endpoints/endpoint.ts";
import { type ListedModel, listModels } from "./list_models.ts";
import { ModelError } from "../model_error.ts";

/** A server that gives these answers, by path; 404 for the rest. */
function serve(answers: Record<string, unknown>): typeof fetch {
  return (input) => {
    const { pathname } = new URL(String(input));
    const found = answers[pathname];
    return Promise.resolve(
      found === undefined
        ? new Response("404 page not found", { status: 404 })
        : typeof found === "string"
        ? new Response(found)
        : Response.json(found),
    );
  };
}

function list(kind: Endpoint["kind"], answers: Record<string, unknown>): Promise<ListedModel[]> {
  return listModels({ url: "http://127.0.0.1:9", kind, timeoutMs: 1000, fetch: serve(answers) });
}

const LISTS: [string, Endpoint["kind"], Record<string, unknown>, ListedModel[]][] = [
  [
    "Ollama's with their sizes",
    "ollama",
    {
      "/api/tags": {
        models: [
          { name: "mistral:7b", size: 4_113_301_824, details: { parameter_size: "7.2B" } },
          { name: "smollm2:135m", size: 270_898_672, details: { parameter_size: "134.52M" } },
          { name: "gpt-oss:120b-cloud", size: 384, remote_host: "https://ollama.com:443" },
        ],
      },
    },
    [
      { name: "mistral:7b", sizeBytes: 4_113_301_824, parameters: 7.2 },
      { name: "smollm2:135m", sizeBytes: 270_898_672, parameters: 0.13452 },
      { name: "gpt-oss:120b-cloud", sizeBytes: 384, remote: true },
    ],
  ],
  ["none of an empty Ollama", "ollama", { "/api/tags": { models: null } }, []],
  [
    "vLLM's with the context they run with",
    "openai",
    { "/v1/models": { data: [{ id: "bigcode/starcoder2-7b-instruct", max_model_len: 8192 }] } },
    [{ name: "bigcode/starcoder2-7b-instruct", contextTokens: 8192 }],
  ],
  [
    "llama.cpp's with the context they were trained for",
    "openai",
    { "/v1/models": { data: [{ id: "/m/mistral.gguf", meta: { n_ctx_train: 32_768 } }] } },
    [{ name: "/m/mistral.gguf", contextTokens: 32_768 }],
  ],
  [
    "LM Studio's with the context they were loaded with",
    "openai",
    {
      "/v1/models": { data: [{ id: "gemma-3-4b", owned_by: "organization_owner" }] },
      "/api/v0/models": {
        data: [
          { id: "gemma-3-4b", max_context_length: 131_072, loaded_context_length: 4096 },
          { id: "qwen3-8b", max_context_length: 40_960 },
        ],
      },
    },
    [{ name: "gemma-3-4b", contextTokens: 4096 }, { name: "qwen3-8b", contextTokens: 40_960 }],
  ],
  [
    "an older LM Studio's by name",
    "openai",
    { "/v1/models": { data: [{ id: "gemma-3-4b", owned_by: "organization_owner" }] } },
    [{ name: "gemma-3-4b" }],
  ],
  [
    "the one of local_models",
    "local_chat",
    { "/health": { status: "healthy", model: "mistralai/Mistral-7B-Instruct-v0.2" } },
    [{ name: "mistralai/Mistral-7B-Instruct-v0.2" }],
  ],
  ["none of a local_models that does not say", "local_chat", { "/health": { status: "ok" } }, []],
  [
    "only those whose names can be used",
    "ollama",
    {
      "/api/tags": {
        models: [{ name: 7 }, null, { name: "" }, { name: "a\x1b[2J" }, { name: "b" }],
      },
    },
    [{ name: "b" }],
  ],
  [
    "sizes only where they are numbers",
    "ollama",
    { "/api/tags": { models: [{ name: "a", size: "big", details: { parameter_size: 7 } }] } },
    [{ name: "a" }],
  ],
];

for (const [title, kind, answers, expected] of LISTS) {
  Deno.test(`listModels() lists ${title}`, async () => {
    assert.deepEqual(await list(kind, answers), expected);
  });
}

const FAULTS: [string, Endpoint["kind"], Record<string, unknown>][] = [
  ["a page", "openai", { "/v1/models": "<html>hello</html>" }],
  ["another server", "ollama", {}],
  ["a list of another shape", "openai", { "/v1/models": { models: [] } }],
  ["a health check of something else", "local_chat", { "/health": "OK" }],
  ["a health check without words", "local_chat", { "/health": "" }],
  ["a status that is none", "local_chat", { "/health": { status: 1, model: "x" } }],
];

for (const [title, kind, answers] of FAULTS) {
  Deno.test(`listModels() refuses ${title}`, async () => {
    await assert.rejects(list(kind, answers), { name: "ModelError", fault: "protocol" });
  });
}

Deno.test("listModels() bounds what it looks at", async () => {
  const models = Array.from({ length: 5000 }, (_, at) => ({ name: `m${at}` }));
  assert.equal((await list("ollama", { "/api/tags": { models } })).length, 2000);
});

Deno.test("listModels() gives models or a ModelError for whatever a server sends", async () => {
  const json = fc.oneof(
    fc.jsonValue(),
    fc.record({ models: fc.array(fc.record({ name: fc.jsonValue(), details: fc.jsonValue() })) }),
    fc.record({ data: fc.array(fc.record({ id: fc.string(), meta: fc.jsonValue() })) }),
  );
  await fc.assert(fc.asyncProperty(json, async (answer) => {
    const paths = { "/api/tags": answer, "/v1/models": answer, "/health": answer };
    for (const kind of ["ollama", "openai", "local_chat"] as const) {
      await list(kind, paths).catch((error) => assert.ok(error instanceof ModelError, `${error}`));
    }
  }));
});
