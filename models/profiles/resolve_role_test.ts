import assert from "node:assert/strict";
import type { RoleConfig } from "../../config/config.ts";
import { DEFAULTS } from "../../config/schema.ts";
import type { Role } from "../chat_model.ts";
import { type FakeOllama, startFakeOllama } from "../fakes/fake_ollama.ts";
import { type FakeModel, fakeModel, MISTRAL, STARCODER } from "../fakes/fake_ollama_library.ts";
import { type ResolvedRole, resolveRole } from "./resolve_role.ts";

const DEAD = "http://127.0.0.1:1";

function resolve(
  role: Role,
  settings: Partial<RoleConfig>,
  options: Parameters<typeof resolveRole>[2] = {},
): Promise<ResolvedRole> {
  const config = { ...DEFAULTS.model, [role]: { ...DEFAULTS.model[role], ...settings } };
  return resolveRole(role, config, { candidates: [], ...options });
}

/** Runs a test with servers that have these models. */
async function withServers(
  libraries: FakeModel[][],
  test: (...servers: FakeOllama[]) => Promise<void>,
): Promise<void> {
  const servers = await Promise.all(libraries.map((models) => startFakeOllama({ models })));
  try {
    await test(...servers);
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

function candidateOf({ url }: FakeOllama) {
  return { port: Number(new URL(url).port), kinds: ["ollama" as const], patienceMs: 1000 };
}

/** An OpenAI-compatible server's list and nothing else. */
function openAi(...models: Record<string, unknown>[]): typeof fetch {
  return () => Promise.resolve(Response.json({ data: models }));
}

const CODER = fakeModel("qwen2.5-coder:7b", { size: 4.7e9 });

Deno.test("resolveRole() finds what runs here and says what it chose", async () => {
  await withServers([[MISTRAL, CODER, STARCODER]], async (server) => {
    const candidates = [candidateOf(server)];
    const code = await resolve("code", {}, { candidates });
    assert.equal(code.targets[0].model, "starcoder2-7b-instruct:latest");
    assert.equal(code.targets[0].endpoint.url, server.url);
    assert.equal(code.why, "chosen: starcoder2-7b-instruct:latest of 3 installed");
    assert.equal(code.profileFrom, "table");
    const chat = await resolve("chat", {}, { candidates });
    assert.equal(chat.targets[0].model, MISTRAL.name);
  });
});

Deno.test("resolveRole() chooses among all servers of this machine, and uses one", async () => {
  await withServers([[CODER], [STARCODER, CODER]], async (first, second) => {
    const candidates = [candidateOf(first), candidateOf(second)];
    const { targets, why } = await resolve("code", {}, { candidates });
    assert.deepEqual(targets.map(({ endpoint }) => endpoint.url), [second.url]);
    assert.equal(why, "chosen: starcoder2-7b-instruct:latest of 2 installed");
  });
});

Deno.test("resolveRole() says that nothing runs here", async () => {
  await assert.rejects(resolve("code", {}), {
    fault: "none",
    message: 'Cannot find a model for "code": no server of models runs on this machine',
    hint: 'start Ollama, then run "devmcp doctor --fix"',
  });
});

Deno.test("resolveRole() says that nothing fitting is installed", async () => {
  const embedder = fakeModel("nomic-embed-text", { capabilities: ["embedding"] });
  const states: [FakeModel[], RegExp][] = [
    [[], /no model is installed at http/],
    [[embedder], /the only one installed cannot play it at http/],
    [[embedder, fakeModel("starcoder2:7b")], /none of the 2 installed can play it at http/],
  ];
  for (const [models, message] of states) {
    await withServers([models], async (server) => {
      const resolved = resolve("code", {}, { candidates: [candidateOf(server)] });
      await assert.rejects(resolved, { fault: "none", message });
      await assert.rejects(resolve("code", { endpoints: [server.url] }), {
        fault: "none",
        message,
      });
    });
  }
});

Deno.test("resolveRole() passes over unknown models that answer nothing", async () => {
  const silent = fakeModel("a-unknown:latest", { capabilities: ["embedding"] });
  const assistant = fakeModel("b-unknown:latest", { capabilities: ["completion", "tools"] });
  await withServers([[silent, assistant]], async ({ url }) => {
    const { targets } = await resolve("chat", { endpoints: [url] });
    assert.equal(targets[0].model, "b-unknown:latest");
  });
});

Deno.test("resolveRole() believes Ollama about models that it does not know", async () => {
  const model = fakeModel("my-assistant:latest", {
    family: "novel",
    capabilities: ["completion", "tools", "thinking"],
    contextTokens: 12_345,
    template: "{{ range .Messages }}<|{{ .Role }}|>{{ .Content }}{{ end }}",
  });
  await withServers([[model]], async ({ url }) => {
    const { profile, profileFrom, targets } = await resolve("chat", {
      endpoints: [url],
      model: "my-assistant",
    });
    assert.equal(profileFrom, "server");
    assert.deepEqual(
      [profile.name, profile.systemRole, profile.tools, profile.thinks, profile.contextTokens],
      ["novel", true, true, true, 12_345],
    );
    assert.equal(targets[0].contextTokens, 12_345);
  });
});

Deno.test("resolveRole() asks about unknown models with the key", async () => {
  const model = fakeModel("my-assistant:latest", { contextTokens: 12_345 });
  const server = await startFakeOllama({ models: [model], apiKey: "secret" });
  try {
    const endpoints = [server.url];
    const { profileFrom } = await resolve("chat", { endpoints }, { apiKey: "secret" });
    assert.equal(profileFrom, "server");
  } finally {
    await server.stop();
  }
});

Deno.test("resolveRole() is careful with models that nobody knows", async () => {
  const { profile, profileFrom } = await resolve(
    "chat",
    { endpoints: ["http://127.0.0.1:9/v1"] },
    { fetch: openAi({ id: "novel" }) },
  );
  assert.equal(profileFrom, "default");
  assert.deepEqual([profile.systemRole, profile.tools, profile.contextTokens], [
    false,
    false,
    8192,
  ]);
});

const CONTEXTS: [string, Partial<RoleConfig>, Record<string, unknown>, number][] = [
  ["the configured one", { context_tokens: 4096 }, { id: "mistral" }, 4096],
  ["the trained one", { context_tokens: 100_000 }, { id: "mistral" }, 32_768],
  ["the one it runs with", { context_tokens: 9000 }, { id: "mistral", max_model_len: 8192 }, 8192],
];
for (const [title, settings, model, expected] of CONTEXTS) {
  Deno.test(`resolveRole() takes the smallest context: ${title}`, async () => {
    const { targets } = await resolve(
      "chat",
      { ...settings, endpoints: ["http://127.0.0.1:9/v1"] },
      { fetch: openAi(model) },
    );
    assert.equal(targets[0].contextTokens, expected);
  });
}

Deno.test("resolveRole() takes the configured temperature, or else the family's", async () => {
  const options = { fetch: openAi({ id: "gpt-oss-20b" }) };
  const endpoints = ["http://127.0.0.1:9/v1"];
  assert.equal((await resolve("chat", { endpoints }, options)).profile.temperature, 1);
  const chosen = await resolve("chat", { endpoints, temperature: 0 }, options);
  assert.equal(chosen.profile.temperature, 0);
});

Deno.test("resolveRole() takes the configured model, with or without its tag", async () => {
  await withServers([[MISTRAL, STARCODER]], async ({ url }) => {
    for (const model of ["starcoder2-7b-instruct", "starcoder2-7b-instruct:latest"]) {
      const resolved = await resolve("chat", { endpoints: [url], model });
      assert.equal(resolved.targets[0].model, model);
      assert.equal(resolved.why, "configured");
    }
  });
});

Deno.test("resolveRole() says how to get a configured model that is not installed", async () => {
  await withServers([[MISTRAL, CODER]], async (server) => {
    const places = [{ endpoints: [server.url] }, { endpoints: [] }];
    for (const place of places) {
      const resolved = resolve("code", { ...place, model: "qwen2.5-coder:3b" }, {
        candidates: [candidateOf(server)],
      });
      await assert.rejects(resolved, {
        fault: "missing",
        message: `Cannot use model "qwen2.5-coder:3b": not installed at ${server.url}` +
          '; did you mean "qwen2.5-coder:7b"?',
        hint: 'run "devmcp models pull qwen2.5-coder:3b"',
      });
    }
  });
});

Deno.test("resolveRole() lets servers of one model answer to any name, with what they run it with", async () => {
  const { targets } = await resolve(
    "chat",
    { endpoints: ["http://127.0.0.1:9/v1"], model: "mistral" },
    { fetch: openAi({ id: "/m/mistral.gguf", meta: { n_ctx: 2048 } }) },
  );
  assert.deepEqual([targets[0].model, targets[0].contextTokens], ["mistral", 2048]);
});

Deno.test("resolveRole() asks a local_models service that tells nothing of itself", async () => {
  const fetch = () => Promise.resolve(new Response("404", { status: 404 }));
  const endpoints = ["http://127.0.0.1:9/chat"];
  const { targets, profileFrom } = await resolve("code", { endpoints }, { fetch });
  assert.deepEqual([targets[0].endpoint.kind, profileFrom], ["local_chat", "default"]);
  const named = await resolve("code", { endpoints, model: "starcoder2-7b-instruct" }, { fetch });
  assert.equal(named.profile.name, "starcoder2-7b-instruct");
});

Deno.test("resolveRole() shares the load among endpoints that have the model or its like", async () => {
  const like = { ...STARCODER, name: "hf.co/QuantFactory/starcoder2-7b-instruct-GGUF:Q4_K_M" };
  await withServers([[MISTRAL], [STARCODER], [like, CODER]], async (none, has, hasLike) => {
    const endpoints = [DEAD, none.url, has.url, hasLike.url];
    const { targets } = await resolve("code", { endpoints });
    assert.deepEqual(
      targets.map(({ endpoint, model }) => [endpoint.url, model]),
      [
        [has.url, STARCODER.name],
        [hasLike.url, like.name],
        // It may have it when it runs again.
        [DEAD, STARCODER.name],
      ],
    );
  });
});

Deno.test("resolveRole() tells what is wrong when no endpoint can be asked", async () => {
  await assert.rejects(resolve("code", { endpoints: [DEAD] }), { fault: "unreachable" });
  await assert.rejects(resolve("code", { endpoints: [DEAD], model: "mistral" }), {
    fault: "unreachable",
  });
  const locked = () => Promise.resolve(new Response("", { status: 401 }));
  await assert.rejects(resolve("code", { endpoints: ["http://127.0.0.1:9"] }, { fetch: locked }), {
    fault: "unauthorized",
  });
});

Deno.test("resolveRole() leaves it to the call when a list cannot be had in time", async () => {
  const silent: typeof fetch = (_, init) =>
    new Promise((_, reject) => {
      const signal = (init as RequestInit).signal!;
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const start = performance.now();
  const endpoints = ["http://127.0.0.1:9", "http://127.0.0.1:10"];
  const resolved = await resolve("chat", { endpoints, model: "mistral" }, { fetch: silent });
  assert.equal(resolved.targets.length, 2);
  assert.ok(performance.now() - start < 900);
});

Deno.test("resolveRole() does not wait for a slow endpoint when another has answered", async () => {
  await withServers([[MISTRAL]], async ({ url }) => {
    const silent = await startFakeOllama({ intercept: () => new Promise<Response>(() => {}) });
    try {
      const start = performance.now();
      const { targets } = await resolve("chat", { endpoints: [silent.url, url] });
      assert.deepEqual(targets.map(({ endpoint }) => endpoint.url), [url, silent.url]);
      assert.ok(performance.now() - start < 800);
    } finally {
      await silent.stop();
    }
  });
});

Deno.test("resolveRole() refuses an endpoint that is no URL", async () => {
  await assert.rejects(resolve("code", { endpoints: ["ftp://x"] }), { name: "ToolError" });
});
