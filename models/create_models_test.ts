import assert from "node:assert/strict";
import type { Config, RoleConfig } from "../config/config.ts";
import { DEFAULTS } from "../config/schema.ts";
import { createModels } from "./create_models.ts";
import { type FakeOllamaOptions, startFakeOllama } from "./fakes/fake_ollama.ts";
import { fakeModel, MISTRAL, STARCODER } from "./fakes/fake_ollama_library.ts";
import type { ModelError } from "./model_error.ts";

const noEnv = () => undefined;
const ask = { messages: [{ role: "user" as const, content: "Say hi" }], maxTokens: 100_000 };

function configure(settings: Partial<RoleConfig>): Config["model"] {
  return {
    ...DEFAULTS.model,
    timeout_seconds: 5,
    code: { ...DEFAULTS.model.code, ...settings },
    chat: { ...DEFAULTS.model.chat, ...settings },
  };
}

async function withServer(
  options: FakeOllamaOptions,
  test: (server: Awaited<ReturnType<typeof startFakeOllama>>) => Promise<void>,
): Promise<void> {
  const server = await startFakeOllama(options);
  try {
    await test(server);
  } finally {
    await server.stop();
  }
}

Deno.test("createModels() gives a model that answers, with the limits of the configuration", async () => {
  await withServer({ reply: () => "hi" }, async ({ url, calls }) => {
    const models = createModels(configure({ endpoints: [url], max_tokens: 77 }), noEnv);
    const model = await models.get("code");
    assert.equal(model.contextTokens, 16_384);
    assert.equal((await model.chat({ ...ask, maxTokens: 5000 })).text, "hi");
    assert.equal(calls.length, 1);
  });
});

Deno.test("createModels() gives what embeds, at the first endpoint that can", async () => {
  await withServer({ reply: () => "hi" }, async ({ url, requests }) => {
    for (const [kind, path] of [["ollama", "/api/embed"], ["openai", "/v1/embeddings"]] as const) {
      const endpoint = kind === "openai" ? `${url}/v1` : url;
      const models = createModels(configure({ endpoints: [endpoint], kind }), noEnv);
      const embedder = await models.embedder("code");
      const vectors = await embedder.embed(["one", "two"]);
      assert.deepEqual([vectors.length, embedder.model], [2, STARCODER.name]);
      assert.notDeepEqual(vectors[0], vectors[1]);
      assert.equal(requests.at(-1)?.path, path);
    }
    const both = [`${url}/chat`, url];
    const model = STARCODER.name;
    const mixed = createModels(configure({ endpoints: both, model }), noEnv);
    assert.equal((await (await mixed.embedder("code")).embed(["one"])).length, 1);
    const alone = createModels(configure({ endpoints: [`${url}/chat`], model }), noEnv);
    await assert.rejects(alone.embedder("code"), { fault: "none", message: /^Cannot embed with/ });
  });
});

Deno.test("createModels() sends context, length, temperature and keep-alive", async () => {
  await withServer({ reply: () => "hi" }, async ({ url, requests }) => {
    const config = configure({
      endpoints: [url],
      max_tokens: 77,
      context_tokens: 4096,
      temperature: 0.7,
    });
    const model = await createModels(config, noEnv).get("chat");
    await model.chat({ ...ask, maxTokens: 5000 });
    await model.chat({ ...ask, maxTokens: 50 });
    const sent = requests.filter(({ path }) => path === "/api/chat").map(({ body }) =>
      JSON.parse(typeof body === "string" ? body : JSON.stringify(body))
    );
    const [first, second] = sent;
    assert.equal(first.model, MISTRAL.name);
    assert.equal(first.keep_alive, "5m");
    assert.equal(first.options.num_ctx, 4096);
    assert.equal(first.options.temperature, 0.7);
    assert.equal(first.options.num_predict, 77);
    assert.equal(second.options.num_predict, 50);
  });
});

Deno.test("createModels() finds each role once, for all who ask", async () => {
  await withServer({ reply: () => "hi" }, async ({ url, requests }) => {
    const models = createModels(configure({ endpoints: [url] }), noEnv);
    const [a, b] = await Promise.all([models.get("code"), models.get("code")]);
    assert.equal(a, b);
    assert.equal(await models.get("code"), a);
    await models.describe("code");
    assert.equal(requests.length, 1);
    assert.notEqual(await models.get("chat"), a);
    assert.equal(requests.length, 2);
  });
});

Deno.test("createModels() asks nobody before it is asked", async () => {
  await withServer({}, async ({ url, requests }) => {
    createModels(configure({ endpoints: [url] }), noEnv);
    await new Promise((done) => setTimeout(done, 20));
    assert.equal(requests.length, 0);
  });
});

Deno.test("createModels() tries again what failed", async () => {
  let isUp = false;
  const intercept = () => isUp ? undefined : new Response("", { status: 503 });
  await withServer({ intercept, reply: () => "hi" }, async ({ url }) => {
    const models = createModels(configure({ endpoints: [url] }), noEnv);
    await assert.rejects(models.get("code"), { fault: "busy" });
    isUp = true;
    assert.equal((await models.get("code")).model, STARCODER.name);
  });
});

Deno.test("createModels() fails in no time where nothing runs", async () => {
  const models = createModels(configure({}), noEnv, { candidates: [] });
  await models.get("chat").catch(() => {});
  const start = performance.now();
  await assert.rejects(models.get("code"), { fault: "none", hint: /doctor --fix/ });
  assert.ok(performance.now() - start < 50);
});

Deno.test("createModels() stops waiting when the caller gives up, and goes on for the others", async () => {
  const release = Promise.withResolvers<Response>();
  await withServer({ intercept: () => release.promise }, async ({ url }) => {
    const models = createModels(configure({ endpoints: [url] }), noEnv);
    const stop = new AbortController();
    const given = models.get("code", { signal: stop.signal });
    const kept = models.get("code");
    stop.abort(new Error("enough"));
    await assert.rejects(given, { message: "enough" });
    release.resolve(Response.json({ models: [{ name: STARCODER.name }] }));
    assert.equal((await kept).model, STARCODER.name);
  });
});

Deno.test("createModels() sends the key of the environment to configured endpoints", async () => {
  await withServer({ apiKey: "secret", reply: () => "hi" }, async ({ url }) => {
    const config = configure({ endpoints: [`${url}/v1`], api_key_env: "MY_KEY" });
    const env = (name: string) => name === "MY_KEY" ? "secret" : undefined;
    const model = await createModels(config, env).get("chat");
    assert.equal((await model.chat(ask)).text, "hi");
  });
});

Deno.test("createModels() sends no key to what happens to run here", async () => {
  await withServer({ reply: () => "hi" }, async ({ url, requests }) => {
    const port = Number(new URL(url).port);
    const candidates = [{ port, kinds: ["ollama" as const], patienceMs: 1000 }];
    const config = configure({ api_key_env: "MY_KEY" });
    const model = await createModels(config, () => "secret", { candidates, fetch }).get("chat");
    await model.chat(ask);
    assert.deepEqual(requests.map(({ headers }) => headers.get("authorization")), [null, null]);
  });
});

Deno.test("createModels() shares the load of a role among its endpoints", async () => {
  await withServer({ reply: () => "one" }, async (one) => {
    await withServer({ reply: () => "two" }, async (two) => {
      const config = configure({ endpoints: [one.url, two.url] });
      const models = createModels(config, noEnv);
      const model = await models.get("chat");
      const replies = await Promise.all([model.chat(ask), model.chat(ask)]);
      assert.deepEqual(replies.map(({ text }) => text).sort(), ["one", "two"]);
      await one.stop();
      assert.equal((await model.chat(ask)).text, "two");
      const { endpoints } = await models.describe("chat");
      assert.deepEqual(endpoints.map(({ url }) => url), [one.url, two.url]);
    });
  });
});

Deno.test("createModels() says how to get a model that went away", async () => {
  await withServer({ reply: () => "hi" }, async (server) => {
    const config = configure({ endpoints: [server.url], model: MISTRAL.name });
    const model = await createModels(config, noEnv).get("chat");
    const admin = await import("./ollama/ollama_admin.ts");
    await admin.createOllamaAdmin({ url: server.url, timeoutMs: 1000 }).remove(MISTRAL.name);
    await assert.rejects(model.chat(ask), (error: ModelError) => {
      assert.equal(error.fault, "missing");
      assert.match(error.hint!, /devmcp models pull mistral:7b-instruct-v0\.2-q4_K_M/);
      return true;
    });
  });
});

Deno.test("createModels() describes a role without showing credentials", async () => {
  await withServer({}, async ({ url }) => {
    const secret = url.replace("//", "//me:secret@");
    const models = createModels(configure({ endpoints: [secret] }), noEnv);
    const description = await models.describe("chat");
    assert.ok(!JSON.stringify(description).includes("secret"));
    const { profile, ...rest } = description;
    assert.equal(profile.name, "mistral-7b-instruct-v0.2");
    assert.deepEqual(rest, {
      role: "chat",
      kind: "ollama",
      url,
      model: MISTRAL.name,
      why: `chosen: ${MISTRAL.name} of 2 installed`,
      contextTokens: 16_384,
      remote: false,
      profileFrom: "table",
      endpoints: [{ url, kind: "ollama", model: MISTRAL.name }],
    });
  });
});

for (const fault of ["missing", "unreachable"] as const) {
  Deno.test(`createModels() finds a role anew when its model is ${fault}`, async () => {
    const models = [MISTRAL, STARCODER];
    await withServer({ reply: () => "hi", models }, async (server) => {
      await withServer({ reply: () => "hi", models }, async (other) => {
        let now = 0;
        const config = configure({ endpoints: [server.url, other.url] });
        const found = createModels(config, noEnv, { now: () => now });
        const code = await found.get("code");
        assert.equal(code.model, STARCODER.name);
        if (fault === "missing") {
          for (const one of [server, other]) one.library.installed.delete(STARCODER.name);
        } else await Promise.all([server.stop(), other.stop()]);
        await assert.rejects(code.chat(ask), { fault });
        if (fault === "unreachable") return await assert.rejects(found.get("code"), { fault });
        const renewed = await found.get("code");
        assert.equal(renewed.model, MISTRAL.name);
        assert.equal((await renewed.chat(ask)).text, "hi");
        for (const one of [server, other]) one.library.installed.delete(MISTRAL.name);
        await assert.rejects(renewed.chat(ask), { fault });
        assert.equal(await found.get("code"), renewed);
        now = 5000;
        await assert.rejects(found.get("code"), { fault: "none" });
      });
    });
  });
}

Deno.test("createModels() keeps no profile that was guessed because the server did not tell", async () => {
  let isUp = false;
  const intercept: FakeOllamaOptions["intercept"] = ({ path }) =>
    path === "/api/show" && !isUp ? new Response("", { status: 500 }) : undefined;
  const models = [fakeModel("homemade:7b", { contextTokens: 2048 })];
  await withServer({ intercept, models }, async ({ url, requests }) => {
    const found = createModels(configure({ endpoints: [url] }), noEnv);
    assert.equal((await found.describe("code")).profileFrom, "default");
    isUp = true;
    const { profileFrom, contextTokens } = await found.describe("code");
    assert.deepEqual([profileFrom, contextTokens], ["server", 2048]);
    const asked = requests.length;
    await found.describe("code");
    assert.equal(requests.length, asked);
  });
});
