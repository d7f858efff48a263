/** The features that need a model: the binary against a fake Ollama, over HTTP. */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type FakeOllamaOptions,
  type FakeRequest,
  startFakeOllama,
} from "../models/fake_ollama.ts";
import { fakeModel, MISTRAL, STARCODER } from "../models/fake_ollama_library.ts";
import { startFaultyOllama } from "../models/fake_ollama_faults.ts";
import { devmcp } from "./devmcp.ts";
import { type Host, type Message, withHost } from "./mcp_host.ts";
import { asked, goodModel, type ModelWorld, withModels } from "./model_world.ts";

const CODE = "def area(width, height):\n    if width < 0:\n        raise ValueError(width)\n" +
  "    return width * height\n";

function withGoodModel(
  test: (world: ModelWorld) => Promise<void>,
  options: FakeOllamaOptions = {},
): Promise<void> {
  return withModels(() => startFakeOllama({ reply: goodModel, ...options }), test);
}

/** The three tools: what they are called with, and what must come of it. */
const TOOLS: [name: string, args: Record<string, string>, check: (output: Message) => void][] = [
  ["formalize_task", { informal_request: "make the import faster" }, (output) => {
    assert.match(output.formalized_description, /make the import faster/);
    assert.ok(output.requirements.length >= 2 && output.steps.length >= 2);
    assert.match(output.estimated_complexity, /^(low|medium|high)$/);
  }],
  ["generate_code", { description: "count the words of a page" }, (output) => {
    assert.match(output.code, /^def count_the_words_of\(/m);
    assert.equal(output.language, "python");
    assert.deepEqual(output.dependencies, ["requests"]);
    assert.match(output.explanation, /reads its input once/);
  }],
  ["generate_tests", { code: CODE }, (output) => {
    assert.match(output.test_code, /^def test_area_refuses_nothing\(\):$/m);
    assert.equal(output.test_count, 2);
    assert.equal(output.test_cases.length, 2);
    assert.ok(output.coverage_estimate > 0);
  }],
];

for (const [name, args, check] of TOOLS) {
  Deno.test(`${name} works as a command and over MCP`, async () => {
    await withGoodModel(async ({ run, env }) => {
      const flags = Object.entries(args).flatMap(([key, value]) => [
        `--${key.replaceAll("_", "-")}`,
        value,
      ]);
      const command = await run([name.replaceAll("_", "-"), ...flags, "--json"]);
      assert.equal(command.code, 0, command.stderr);
      check(JSON.parse(command.stdout));
      await withHost(
        async (host) => {
          const { result } = await host.callTool(1, name, args);
          assert.ok(!result.isError, result.content?.[0]?.text);
          check(result.structuredContent);
          assert.deepEqual(result.structuredContent, JSON.parse(command.stdout));
        },
        [],
        env,
      );
    });
  });
}

const BOUNDS = { truncate: false, shift: false, stream: true };

Deno.test("every call is bounded, and its fixed part comes first and stays the same", async () => {
  await withGoodModel(async ({ fake, env }) => {
    await withHost(
      async (host) => {
        for (const word of ["alpha", "omega"]) await callAll(host, word);
      },
      [],
      env,
    );
    const requests = asked(fake);
    assert.equal(requests.length, 2 * TOOLS.length);
    for (const { body } of requests) {
      const { num_ctx, num_predict } = body.options as Record<string, number>;
      assert.ok(num_ctx! >= 4096 && num_predict! > 0 && num_predict! < num_ctx!);
      for (const [key, value] of Object.entries(BOUNDS)) assert.equal(body[key], value, key);
    }
    TOOLS.forEach(([name], i) => {
      const [first, second] = [requests[i]!, requests[i + TOOLS.length]!];
      const [one, other] = [textOf(first), textOf(second)];
      const fixed = one.indexOf("alpha");
      assert.ok(fixed > 500 && other.startsWith(one.slice(0, fixed)), `${name}: ${one}`);
      assert.deepEqual(first.body.options, second.body.options);
    });
  });
});

function textOf({ body }: FakeRequest): string {
  return (body.messages as { role: string; content: string }[])
    .map(({ role, content }) => `${role}: ${content}`).join("\n");
}

async function callAll(host: Host, word: string): Promise<void> {
  for (const [name, args] of TOOLS) {
    const values = Object.entries(args).map(([key, value]) => [
      key,
      key === "code" ? value.replace("area", word) : `${word} it`,
    ]);
    const { result } = await host.callTool(`${name} ${word}`, name, Object.fromEntries(values));
    assert.ok(!result.isError, result.content?.[0]?.text);
  }
}

Deno.test("a call's progress arrives over MCP while the model still writes", async () => {
  await withGoodModel(async ({ env }) => {
    await withHost(
      async (host) => {
        await host.send({
          jsonrpc: "2.0",
          id: 1,
          method: "tools/call",
          params: {
            name: "generate_code",
            arguments: { description: "count words" },
            _meta: { progressToken: "p" },
          },
        });
        await host.response(1);
        const reports = host.messages.filter(({ method }) => method === "notifications/progress");
        assert.ok(reports.length >= 2, `${reports.length} reports`);
      },
      [],
      env,
    );
  }, { tokenDelayMs: 20 });
});

Deno.test("a cancelled call hangs up on the server", async () => {
  await withGoodModel(async ({ fake, env }) => {
    await withHost(
      async (host) => {
        const params = { name: "generate_code", arguments: { description: "count words" } };
        await host.send({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
        await until(() => asked(fake).length === 1);
        await host.send({
          jsonrpc: "2.0",
          method: "notifications/cancelled",
          params: { requestId: 1 },
        });
        await until(() => asked(fake)[0]!.aborted === true);
      },
      [],
      env,
    );
  }, { tokenDelayMs: 50 });
});

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 10) {
    if (waited > 30_000) throw new Error("waited too long");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

Deno.test("a prompt that the server would cut is refused, never answered in part", async () => {
  const long = "x = 1\n".repeat(10_000);
  await withGoodModel(async ({ run }) => {
    const { code, stdout, stderr } = await run(["generate-tests", "--code", "-"], {
      stdin: `${CODE}\n${long}`,
    });
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^devmcp: Cannot [^\n]*\n( +hint: [^\n]+\n)?$/);
  });
});

Deno.test("without a server the tools say within 200 ms what to do", async () => {
  await withModels(() => startFaultyOllama("refused"), async ({ run, env }) => {
    const started = Math.min(...await timesOf(() => devmcp(["--version"], { env })));
    for (const [name, args] of TOOLS) {
      const flags = Object.entries(args).flatMap(([key, value]) => [
        `--${key.replaceAll("_", "-")}`,
        value,
      ]);
      const runs: string[] = [];
      const times = await timesOf(async () => {
        const { code, stdout, stderr } = await run([name.replaceAll("_", "-"), ...flags]);
        assert.deepEqual([code, stdout], [2, ""], name);
        runs.push(stderr);
      });
      assert.match(runs[0]!, /^devmcp: Cannot [^\n]*\n +hint: [^\n]*devmcp doctor[^\n]*\n$/);
      assert.ok(Math.min(...times) - started < 200, `${name}: ${times}, start ${started}`);
    }
  });
});

async function timesOf(work: () => Promise<unknown>): Promise<number[]> {
  const times = [];
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}

Deno.test("nothing is sent to a proxy, nor anywhere but to the configured server", async () => {
  const proxy = await startFakeOllama();
  try {
    await withGoodModel(async ({ run, fake }) => {
      const names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"];
      const env = Object.fromEntries(names.map((name) => [name, proxy.url]));
      const { code, stderr } = await run(["formalize-task", "--informal-request", "x"], { env });
      assert.equal(code, 0, stderr);
      assert.equal(asked(fake).length, 1);
      assert.deepEqual(proxy.requests, []);
    });
  } finally {
    await proxy.stop();
  }
});

Deno.test("STARCODER_ENDPOINT and MISTRAL_ENDPOINT name the servers of the roles", async () => {
  const chat = await startFakeOllama({ reply: goodModel, models: [MISTRAL] });
  try {
    await withGoodModel(async ({ run, fake }) => {
      const env = { MISTRAL_ENDPOINT: `${chat.url}/v1`, STARCODER_ENDPOINT: fake.url };
      const task = await run(["formalize-task", "--informal-request", "x", "--json"], { env });
      assert.equal(JSON.parse(task.stdout).model, MISTRAL.name);
      assert.ok(chat.requests.some(({ path }) => path === "/v1/chat/completions"));
      const made = await run(["generate-code", "--description", "x", "--json"], { env });
      assert.equal(JSON.parse(made.stdout).model, STARCODER.name);
      assert.equal(asked(fake).length, 1);
    });
  } finally {
    await chat.stop();
  }
});

const TINY = fakeModel("tiny:1b", { size: 1000 });

Deno.test("models lists, shows, chooses, downloads and removes", async () => {
  await withGoodModel(async ({ run, fake, env }) => {
    const list = await run(["models", "list", "--json"]);
    const [server] = JSON.parse(list.stdout).servers;
    assert.deepEqual(server.models.map(({ name }: Message) => name), [
      MISTRAL.name,
      STARCODER.name,
    ]);
    const show = await run(["models", "show", STARCODER.name]);
    assert.match(show.stdout, /16,384 tokens/);
    const pull = await run(["models", "pull", "tiny:1b"]);
    assert.equal(pull.code, 0, pull.stderr);
    assert.ok(fake.library.installed.has("tiny:1b"));
    const use = await run(["models", "use", "code", "tiny:1b"]);
    assert.equal(use.code, 0, use.stderr);
    const written = await Deno.readTextFile(join(env.XDG_CONFIG_HOME!, "devmcp/devmcp.yaml"));
    assert.match(written, /model: tiny:1b/);
    const made = await run(["generate-code", "--description", "x", "--json"]);
    assert.equal(JSON.parse(made.stdout).model, "tiny:1b");
    const removed = await run(["models", "rm", "tiny:1b", "--yes"]);
    assert.equal(removed.code, 0, removed.stderr);
    assert.ok(!fake.library.installed.has("tiny:1b"));
  }, { registry: [TINY] });
});
