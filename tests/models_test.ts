/** The features that need a model: the binary against a fake Ollama, over HTTP. */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type FakeOllamaOptions,
  type FakeRequest,
  startFakeOllama,
} from "../models/fakes/fake_ollama.ts";
import { fakeModel, MISTRAL, STARCODER } from "../models/fakes/fake_ollama_library.ts";
import { startFaultyOllama } from "../models/fakes/fake_ollama_faults.ts";
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

/** A tool, as it is called and commanded. */
interface Case {
  tool: string;
  args: Record<string, string>;
  command: string[];
  stdin?: string;
  check(output: Message): void;
}

const CASES: Case[] = [
  {
    tool: "formalize_task",
    args: { informal_request: "make the import faster" },
    command: ["formalize", "make the import faster"],
    check(output) {
      assert.match(output.formalized_description, /make the import faster/);
      assert.ok(output.requirements.length >= 2 && output.steps.length >= 2);
      assert.match(output.estimated_complexity, /^(low|medium|high)$/);
    },
  },
  {
    tool: "generate_code",
    args: { description: "count the words of a page" },
    command: ["generate", "count the words of a page"],
    check(output) {
      assert.match(output.code, /^def count_the_words_of\(/m);
      assert.equal(output.language, "python");
      assert.deepEqual(output.dependencies, ["requests"]);
      assert.match(output.explanation, /reads its input once/);
    },
  },
  {
    tool: "generate_tests",
    args: { code: CODE },
    command: ["generate-tests", "-"],
    stdin: CODE,
    check(output) {
      assert.match(output.test_code, /^def test_area_refuses_nothing\(\):$/m);
      assert.equal(output.test_count, 2);
      assert.equal(output.test_cases.length, 2);
      assert.ok(output.coverage_estimate > 0);
    },
  },
];

for (const { tool, args, command, stdin, check } of CASES) {
  Deno.test(`${tool} says the same as \`devmcp ${command[0]}\` and over MCP`, async () => {
    await withGoodModel(async ({ run, env }) => {
      const { code, stdout, stderr } = await run([...command, "--json"], { stdin });
      assert.equal(code, 0, stderr);
      const { version, ...output } = JSON.parse(stdout);
      assert.equal(version, 1);
      check(output);
      await withHost(
        async (host) => {
          const { result } = await host.callTool(1, tool, args);
          assert.ok(!result.isError, result.content?.[0]?.text);
          assert.deepEqual(result.structuredContent, output);
        },
        [],
        env,
      );
    });
  });
}

Deno.test("generate prints nothing but code on standard output, or writes it to a new file", async () => {
  await withGoodModel(async ({ run, fake, folder }) => {
    const words = ["generate", "count", "the", "words"];
    const { stdout } = await run(words);
    assert.match(stdout, /^"""count the words\."""\n[^]*most_common\(limit\)\)\n$/);
    const file = join(folder, "words.py");
    assert.equal((await run([...words, "-o", file])).stdout, "");
    assert.equal(await Deno.readTextFile(file), stdout);
    await Deno.writeTextFile(file, "mine");
    const count = asked(fake).length;
    const refused = await run([...words, "-o", file]);
    assert.equal(refused.code, 2);
    assert.match(
      refused.stderr,
      /^devmcp: Cannot [^\n]*words\.py[^\n]*\n +hint: [^\n]*--force[^\n]*\n$/,
    );
    assert.deepEqual([await Deno.readTextFile(file), asked(fake).length], ["mine", count]);
    assert.equal((await run([...words, "-o", file, "--force"])).code, 0);
    assert.equal(await Deno.readTextFile(file), stdout);
  });
});

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
    assert.equal(requests.length, 2 * CASES.length);
    for (const { body } of requests) {
      const { num_ctx, num_predict } = body.options as Record<string, number>;
      assert.ok(num_ctx! >= 4096 && num_predict! > 0 && num_predict! < num_ctx!);
      for (const [key, value] of Object.entries(BOUNDS)) assert.equal(body[key], value, key);
    }
    CASES.forEach(({ tool }, i) => {
      const [first, second] = [requests[i]!, requests[i + CASES.length]!];
      const [one, other] = [textOf(first), textOf(second)];
      const fixed = one.indexOf("alpha");
      assert.ok(fixed > 500 && other.startsWith(one.slice(0, fixed)), `${tool}: ${one}`);
      assert.deepEqual(first.body.options, second.body.options);
    });
  });
});

function textOf({ body }: FakeRequest): string {
  return (body.messages as { role: string; content: string }[])
    .map(({ role, content }) => `${role}: ${content}`).join("\n");
}

async function callAll(host: Host, word: string): Promise<void> {
  for (const { tool, args } of CASES) {
    const values = Object.entries(args).map(([key, value]) => [
      key,
      key === "code" ? value.replace("area", word) : `${word} it`,
    ]);
    const { result } = await host.callTool(`${tool} ${word}`, tool, Object.fromEntries(values));
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
    const { code, stdout, stderr } = await run(["generate-tests", "-"], {
      stdin: `${CODE}\n${long}`,
    });
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^devmcp: Cannot [^\n]*\n( +hint: [^\n]+\n)?$/);
  });
});

Deno.test("without a server the tools say within 200 ms what to do", async () => {
  await withModels(() => startFaultyOllama("refused"), async ({ run, env }) => {
    const started = Math.min(...await timesOf(() => devmcp(["--version"], { env })));
    for (const { command, stdin } of CASES) {
      const told: string[] = [];
      const times = await timesOf(async () => {
        const { code, stdout, stderr } = await run(command, { stdin });
        assert.deepEqual([code, stdout], [2, ""], command[0]);
        told.push(stderr);
      });
      assert.match(told[0]!, /^devmcp: Cannot [^\n]*\n +hint: [^\n]*devmcp doctor[^\n]*\n$/);
      assert.ok(Math.min(...times) - started < 200, `${command}: ${times}, start ${started}`);
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
      const { code, stderr } = await run(["formalize", "x"], { env });
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
      const task = await run(["formalize", "x", "--json"], { env });
      assert.equal(JSON.parse(task.stdout).model, MISTRAL.name);
      assert.ok(chat.requests.some(({ path }) => path === "/v1/chat/completions"));
      const made = await run(["generate", "x", "--json"], { env });
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
    const made = await run(["generate", "x", "--json"]);
    assert.equal(JSON.parse(made.stdout).model, "tiny:1b");
    const removed = await run(["models", "rm", "tiny:1b", "--yes"]);
    assert.equal(removed.code, 0, removed.stderr);
    assert.ok(!fake.library.installed.has("tiny:1b"));
  }, { registry: [TINY] });
});

const BUGGY =
  "import os\n\n\ndef area(width, height):\n    size = width * height\n    return size\n";

/** What the rules and the model found in a file. */
async function reviewWith(world: ModelWorld, mode: string, env: Record<string, string> = {}) {
  await Deno.writeTextFile(join(world.folder, "area.py"), BUGGY);
  const { code, stdout, stderr } = await world.run(
    ["review", "area.py", "--json", "--model", mode],
    { env },
  );
  const issues: Message[] = stdout ? JSON.parse(stdout).files[0].issues : [];
  const byModel = ({ source }: Message) => source === "model";
  return {
    code,
    stderr,
    rules: issues.filter((issue) => !byModel(issue)),
    advice: issues.filter(byModel),
  };
}

Deno.test("review adds what a model finds, and changes nothing of what the rules find", async () => {
  await withGoodModel(async (world) => {
    const off = await reviewWith(world, "off");
    assert.deepEqual([off.advice, asked(world.fake)], [[], []]);
    const required = await reviewWith(world, "require");
    assert.equal(required.code, off.code, required.stderr);
    assert.deepEqual(required.rules, off.rules);
    assert.ok(required.advice.length > 0);
    for (const { line, confidence } of required.advice) {
      assert.ok(line >= 1 && line <= 6 && confidence > 0 && confidence <= 1);
    }
    const count = asked(world.fake).length;
    const again = await reviewWith(world, "require");
    assert.deepEqual(again.advice, required.advice);
    assert.equal(asked(world.fake).length, count, "the second review is kept from the first");
  });
});

Deno.test("review drops what a model says of lines that are not there", async () => {
  const finding = {
    quote: "    return launch_missiles()",
    line: 5,
    category: "correctness",
    message: "It should not.",
    suggestion: "Do not.",
    severity: "critical",
    confidence: 0.9,
  };
  await withGoodModel(async (world) => {
    const { code, advice } = await reviewWith(world, "require");
    assert.deepEqual(advice, []);
    assert.notEqual(code, 2);
    assert.equal(asked(world.fake).length, 1);
  }, { reply: () => ({ json: { findings: [finding] } }) });
});

Deno.test("review without a server is that of the rules, unless a model is required", async () => {
  await withModels(() => startFaultyOllama("refused"), async (world) => {
    const off = await reviewWith(world, "off");
    const auto = await reviewWith(world, "auto");
    assert.deepEqual([auto.code, auto.rules, auto.advice], [off.code, off.rules, []]);
    const required = await reviewWith(world, "require");
    assert.equal(required.code, 2);
    assert.match(required.stderr, /devmcp: Cannot [^\n]*\n/);
  });
});

Deno.test("doctor has a line for the server and its models, and what mends what is wrong", async () => {
  const lines = async ({ run }: ModelWorld) => {
    const { stdout } = await run(["doctor", "--json"]);
    return JSON.parse(stdout).checks as Message[];
  };
  await withGoodModel(async (world) => {
    const server = (await lines(world)).find(({ detail }) => detail.includes(world.fake.url));
    assert.equal(server?.state, "ok", JSON.stringify(server));
  });
  await withGoodModel(async (world) => {
    const wrong = (await lines(world)).filter(({ advice }) =>
      /devmcp (models|doctor)/.test(advice)
    );
    assert.ok(wrong.length > 0, "no models, and no line says what to do");
  }, { models: [] });
  await withModels(() => startFaultyOllama("refused"), async (world) => {
    const server = (await lines(world)).find(({ detail }) => detail.includes(world.fake.url));
    assert.ok(server && server.state !== "ok" && server.advice, JSON.stringify(server));
  });
});

Deno.test("a project that is not trusted sends nothing to servers of its own choice", async () => {
  const own = await startFakeOllama({ reply: goodModel });
  try {
    await withGoodModel(async ({ run, folder }) => {
      const endpoints = `{ endpoints: ["${own.url}"] }`;
      const yaml = `model:\n  code: ${endpoints}\n  chat: ${endpoints}\n`;
      await Deno.writeTextFile(join(folder, "devmcp.yaml"), yaml);
      const { stderr } = await run(["formalize", "x"], { env: { OLLAMA_HOST: "" } });
      assert.match(stderr, /trust/);
      assert.deepEqual(own.requests, []);
    });
  } finally {
    await own.stop();
  }
});
