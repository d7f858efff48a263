import { deepEqual, equal, match, ok } from "node:assert/strict";
import { RecordedOutput } from "../cli/fake_app.ts";
import { addTrust } from "../config/trust.ts";
import type { FakeOllamaOptions } from "../models/fakes/fake_ollama.ts";
import {
  fakeModel,
  MISTRAL,
  STARCODER,
  STARCODER_GGUF,
} from "../models/fakes/fake_ollama_library.ts";
import { type ModelsWorld, withModels } from "./models/models_fixture.ts";

const entry = { name: "models", summary: "models", load: () => import("./models.ts") };

function withServer(options: FakeOllamaOptions, test: (world: ModelsWorld) => Promise<void>) {
  return withModels(options, entry, test);
}

const TINY = fakeModel("tiny:1b", { size: 2e9 });
const EVIL = fakeModel("evil\x1b[2J:latest", {
  quantization: "\x1b[31m",
  template: "a\x1b[2Jb\n{{ .Prompt }}",
});

Deno.test("models pull downloads, tells each tenth, and has the result on stdout alone", async () => {
  await withServer({ models: [], registry: [TINY] }, async ({ fake, run }) => {
    const { stdout, stderr, exitCode } = await run(["models", "pull", "tiny:1b", "--force"]);
    equal(stdout.text, "tiny:1b is there, 2.0 GB\n");
    match(stderr.text, /^tiny:1b: 50 % of 2\.0 GB$/m);
    equal(exitCode, 0);
    ok(fake.library.installed.has("tiny:1b"));
  });
});

Deno.test("models pull gets both default models, and makes StarCoder2 of the shipped file", async () => {
  await withServer({ models: [], registry: [MISTRAL, STARCODER_GGUF] }, async ({ fake, run }) => {
    const { stdout } = await run(["models", "pull", "--json", "--force"]);
    const { models } = JSON.parse(stdout.text);
    deepEqual(models.map(({ name }: { name: string }) => name), [
      "starcoder2-7b-instruct",
      MISTRAL.name,
    ]);
    equal(models[0].created_from, STARCODER_GGUF.name);
    const made = fake.library.find("starcoder2-7b-instruct");
    match(made.template, /^\{\{ if \.System \}\}[^]*### Instruction/);
    match(made.settings, /^stop +### Instruction$/m);
    match(made.settings, /^num_ctx +16384$/m);
  });
});

Deno.test("models pull stops before the disk is full", async () => {
  const huge = fakeModel("huge:1t", { size: 9e15 });
  await withServer({ models: [], registry: [huge] }, async ({ fake, folder, run }) => {
    const { stderr, exitCode } = await run(["models", "pull", "huge:1t"]);
    ok(stderr.text.includes(`9000 TB are to come, and the volume of ${folder} has `), stderr.text);
    match(stderr.text, /hint: make room/);
    equal(exitCode, 2);
    equal(fake.library.installed.size, 0);
  });
});

Deno.test("models pull says when the space for much is not known, and goes on", async () => {
  const small = fakeModel("small:1b", { size: 2e8 });
  await withServer({ models: [], registry: [TINY, small] }, async ({ fake, run }) => {
    const variables: Record<string, string> = { OLLAMA_HOST: fake.url, OLLAMA_MODELS: "/no/such" };
    const pull = (name: string) =>
      run(["models", "pull", name], { env: (name) => variables[name] });
    const { stdout, stderr } = await pull("tiny:1b");
    equal(stderr.text.match(/not known how much space the server has$/gm)?.length, 1);
    equal(stdout.text, "tiny:1b is there, 2.0 GB\n");
    for (const name of ["small:1b", "absent:1b"]) {
      ok(!(await pull(name)).stderr.text.includes("space"), name);
    }
  });
});

Deno.test("models pull stops at Ctrl-C, says where, and goes on from there", async () => {
  const options = { models: [], registry: [TINY], pullDelayMs: 20 };
  await withServer(options, async ({ fake, run }) => {
    const controller = new AbortController();
    const stderr = new RecordedOutput();
    const write = stderr.write.bind(stderr);
    stderr.write = (text) => {
      write(text);
      if (text.includes("30 %")) controller.abort(130);
    };
    const first = await run(["models", "pull", "tiny:1b", "--force"], {
      signal: controller.signal,
      stderr,
    });
    equal(first.exitCode, 130);
    match(
      stderr.text,
      /Stopped at 600 MB of 2\.0 GB; "devmcp models pull tiny:1b" goes on from there\.\n$/,
    );
    const second = await run(["models", "pull", "tiny:1b", "--force"]);
    ok(!second.stderr.text.includes("tiny:1b: 10 %"), second.stderr.text);
    ok(fake.library.installed.has("tiny:1b"));
  });
});

Deno.test("models pull says that it goes on after a broken connection", async () => {
  const step = { status: "pulling a", total: 2e9, completed: 5e8 };
  const intercept: FakeOllamaOptions["intercept"] = ({ path }) =>
    path === "/api/pull" ? new Response(`${JSON.stringify(step)}\n`) : undefined;
  await withServer({ intercept }, async ({ run }) => {
    const { stderr, exitCode } = await run(["models", "pull", "tiny:1b"]);
    match(stderr.text, /^Stopped at 500 MB of 2\.0 GB; "devmcp models pull tiny:1b" goes on/m);
    match(stderr.text, /^devmcp: Cannot pull "tiny:1b" at \S+: the answer was cut off/m);
    equal(exitCode, 2);
  });
});

const PULL_ERRORS: [name: string, message: RegExp][] = [
  ["absent", /Cannot pull "absent" at http\S+: the server does not have the model/],
  ["x;id", /Cannot pull "x;id": no name of a model/],
  ["a b", /Cannot pull "a b": no name of a model/],
  ["x\x1b[2J", /Cannot pull "x\\x1b\[2J": no name of a model/],
];

for (const [name, message] of PULL_ERRORS) {
  Deno.test(`models pull refuses ${JSON.stringify(name)} in one line`, async () => {
    await withServer({ models: [] }, async ({ run }) => {
      const { stdout, stderr, exitCode } = await run(["models", "pull", name]);
      match(stderr.text, message);
      equal(stdout.text, "");
      equal(exitCode, 2);
    });
  });
}

Deno.test("models show tells what a model is, and lets no text of the server act", async () => {
  await withServer({ models: [MISTRAL, EVIL] }, async ({ run }) => {
    const { stdout } = await run(["models", "show", MISTRAL.name]);
    match(stdout.text, /^ {2}context +32,768 tokens$/m);
    match(stdout.text, /^ {2}capabilities +completion$/m);
    match(stdout.text, /Template:\n {2}\[INST\]/);
    for (const argv of [["models", "show", EVIL.name], ["models", "list"]]) {
      ok(!(await run(argv)).stdout.text.includes("\x1b"));
    }
  });
});

Deno.test("models show --json has all of a template of which a terminal gets the start", async () => {
  const template = Array.from({ length: 500 }, (_, i) => `line ${i}`).join("\n");
  await withServer({ models: [{ ...TINY, template }] }, async ({ run }) => {
    const { stdout } = await run(["models", "show", "tiny:1b"]);
    ok(stdout.text.split("\n").length < 80);
    match(stdout.text, /--json shows all of it/);
    const json = JSON.parse((await run(["models", "show", "tiny:1b", "--json"])).stdout.text);
    equal(json.template, template);
  });
});

Deno.test("models use writes the user's configuration, and the project's when asked", async () => {
  await withServer({ models: [TINY, MISTRAL] }, async ({ folder, run }) => {
    const { stdout } = await run(["models", "use", "code", "tiny:1b"]);
    equal(stdout.text, `code: tiny:1b, in ${folder}/devmcp/devmcp.yaml\n`);
    equal(
      await Deno.readTextFile(`${folder}/devmcp/devmcp.yaml`),
      "model:\n  code:\n    model: tiny:1b\n",
    );
    const project = await run(["models", "use", "code", MISTRAL.name, "--project"]);
    match(await Deno.readTextFile(`${folder}/devmcp.yaml`), /model: mistral:7b/);
    match(
      project.stderr.text,
      /warning: devmcp\.yaml: left out until you trust it: model\.code\.model; run "devmcp trust"/,
    );
  });
});

Deno.test("models use says when it ends a file's trust, and when a project overrules it", async () => {
  await withServer({ models: [TINY, MISTRAL] }, async ({ folder, run }) => {
    const file = `${folder}/devmcp.yaml`;
    const trust = async () => {
      const env = (name: string) => name.startsWith("XDG_") ? folder : undefined;
      await addTrust(env, await Deno.realPath(file), await Deno.readFile(file));
    };
    await Deno.writeTextFile(file, "model:\n  code:\n    max_tokens: 99\n");
    await trust();
    const { stderr } = await run(["models", "use", "code", MISTRAL.name, "--project"]);
    match(stderr.text, /left out until you trust it: model\.code\.model, model\.code\.max_tokens;/);
    await trust();
    const own = await run(["models", "use", "code", "tiny:1b"]);
    match(
      own.stderr.text,
      /warning: model\.code\.model is set to something else here by .*yaml\n$/,
    );
  });
});

Deno.test("models use warns of a model that cannot write", async () => {
  const embedder = fakeModel("nomic-embed-text:latest", { capabilities: ["embedding"] });
  await withServer({ models: [embedder] }, async ({ run }) => {
    const { stderr, exitCode } = await run(["models", "use", "code", "nomic-embed-text"]);
    match(stderr.text, /warning: nomic-embed-text:latest cannot write text: it can do embedding$/m);
    equal(exitCode, 0);
  });
});

const USE_ERRORS: [argv: string[], message: RegExp][] = [
  [
    ["code", "tinny:1b"],
    /Cannot use "tinny:1b": no server of the role code has it; did you mean "tiny:1b"\?/,
  ],
  [["cook", "tiny:1b"], /"cook" is invalid.*code, chat/],
];

for (const [argv, message] of USE_ERRORS) {
  Deno.test(`models use refuses ${argv.join(" ")} and writes nothing`, async () => {
    await withServer({ models: [TINY] }, async ({ folder, run }) => {
      const { stderr, exitCode } = await run(["models", "use", ...argv]);
      match(stderr.text, message);
      equal(exitCode, 2);
      equal((await Array.fromAsync(Deno.readDir(folder))).length, 0);
    });
  });
}

Deno.test("models use takes what an OpenAI-compatible server lists", async () => {
  await withServer({ models: [TINY] }, async ({ fake, folder, run }) => {
    const variables: Record<string, string> = {
      XDG_CONFIG_HOME: folder,
      STARCODER_ENDPOINT: `${fake.url}/v1`,
      MISTRAL_ENDPOINT: fake.url,
    };
    const env = (name: string) => variables[name];
    equal((await run(["models", "use", "code", "tiny:1b"], { env })).exitCode, 0);
    const { stdout } = await run(["models", "list"], { env });
    match(stdout.text, /\/v1\nMODEL +ROLE\ntiny:1b +code\nhttp/);
  });
});

Deno.test("models rm needs --yes where nobody can be asked", async () => {
  await withServer({ models: [TINY] }, async ({ fake, run }) => {
    const refused = await run(["models", "rm", "tiny:1b"]);
    match(refused.stderr.text, /Cannot remove "tiny:1b": nobody can be asked\n +hint: give --yes/);
    equal(refused.exitCode, 2);
    equal(fake.library.installed.size, 1);
    const { stdout } = await run(["models", "rm", "TINY:1B", "--yes"]);
    equal(stdout.text, "removed tiny:1b, 2.0 GB\n");
    equal(fake.library.installed.size, 0);
  });
});

const END = {
  message: { role: "assistant", content: "" },
  done: true,
  load_duration: 2e9,
  prompt_eval_count: 500,
  prompt_eval_duration: 1e9,
  eval_count: 100,
  eval_duration: 4e9,
};

Deno.test("models bench has a row for each run and their median", async () => {
  const intercept: FakeOllamaOptions["intercept"] = ({ path }) =>
    path === "/api/chat" ? new Response(`${JSON.stringify(END)}\n`) : undefined;
  await withServer({ intercept }, async ({ run }) => {
    const { stdout, exitCode } = await run(["models", "bench", "--runs", "2"]);
    const lines = stdout.text.trimEnd().split("\n");
    match(lines[0]!, /^ *RUN +LOAD +FIRST TOKEN +PROMPT +REPLY$/);
    match(lines[1]!, /^ +1 +2\.00 s +0\.\d\d s +500\.0 tokens\/s +25\.0 tokens\/s$/);
    match(lines[3]!, /^median +2\.00 s/);
    equal(exitCode, 0);
    const { model, runs } = JSON.parse((await run(["models", "bench", "--json"])).stdout.text);
    equal(model, STARCODER.name);
    equal(runs.length, 3);
    equal(runs[0].prompt_tokens_per_second, 500);
  });
});

Deno.test("models say what to do where no Ollama is configured", async () => {
  await withServer({}, async ({ folder, run }) => {
    const endpoint = "http://127.0.0.1:9/v1";
    const variables: Record<string, string> = {
      HOME: folder,
      STARCODER_ENDPOINT: endpoint,
      MISTRAL_ENDPOINT: endpoint,
    };
    const env = (name: string) => variables[name];
    const { stderr } = await run(["models", "pull"], { env });
    match(stderr.text, /Cannot manage models: no Ollama server is configured\n +hint: give one/);
  });
});
