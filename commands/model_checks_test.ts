import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createEngines } from "../analysis/engines.ts";
import { loadAsset } from "../assets/load.ts";
import type { App } from "../cli/app.ts";
import type { FakeOllamaOptions } from "../models/fakes/fake_ollama.ts";
import {
  fakeModel,
  MISTRAL,
  STARCODER,
  STARCODER_GGUF,
} from "../models/fakes/fake_ollama_library.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { checkSecret } from "./model_checks.ts";
import { type ModelsWorld, withModels } from "./models/models_fixture.ts";

const entry = { name: "doctor", summary: "check", load: () => import("./doctor.ts") };
/** The engines are no matter here. */
const rest: Partial<App> = {
  openWorkspace: () => Promise.reject(new Error("none")),
};

function withServer(options: FakeOllamaOptions, test: (world: ModelsWorld) => Promise<void>) {
  return withModels(options, entry, test);
}

async function doctor(world: ModelsWorld, ...argv: string[]): Promise<string> {
  const { stdout, stderr } = await world.run(["doctor", ...argv], rest);
  return stdout.text + stderr.text;
}

Deno.test("doctor tells what plays each role, its context and what it can do", async () => {
  await withServer({ models: [MISTRAL, STARCODER] }, async (world) => {
    const out = await doctor(world);
    match(out, /^ok +server +Ollama 0\.12\.6 at http\S+, 2 models$/m);
    match(
      out,
      /^ok +code model +starcoder2\S+, chosen of 2 installed, context 16,384 of 16,384 tokens, completion$/m,
    );
    match(out, /^ok +chat model +mistral\S+, .*context 16,384 of 32,768 tokens/m);
    match(out, /^ok +gpu +no model is loaded now$/m);
    match(out, /^ok +disk +[\d.]+ [GT]B free for models in /m);
  });
});

const CASES: [what: string, options: FakeOllamaOptions, config: string, line: RegExp][] = [
  [
    "a missing model, and the command that gets it",
    { models: [] },
    "",
    /^warning +chat model +.*\n +devmcp models pull mistral:7b-instruct-v0\.2-q4_K_M$/m,
  ],
  [
    "a configured model that is not installed",
    { models: [MISTRAL] },
    "model: { code: { model: absent } }",
    /^warning +code model +Cannot use model "absent".*\n +devmcp models pull absent$/m,
  ],
  [
    "a context beyond what a model was trained for",
    { models: [{ ...STARCODER, contextTokens: 4096 }] },
    "model: { code: { model: starcoder2-7b-instruct, context_tokens: 16384 } }",
    /^warning +code model .*16,384 tokens are configured, more than it was trained for\n +devmcp config set model\.code\.context_tokens 4096$/m,
  ],
  [
    "a model that cannot write",
    { models: [fakeModel("nomic-embed-text", { name: "x:latest", capabilities: ["embedding"] })] },
    "model: { chat: { model: x } }",
    /^warning +chat model +x:latest cannot write text\n +choose another: devmcp models use chat /m,
  ],
  [
    "a model that runs on another machine",
    { models: [fakeModel("gpt-oss:120b-cloud")] },
    "model: { code: { model: gpt-oss:120b-cloud } }",
    /^warning +code model +gpt-oss:120b-cloud, .*; it runs on another machine, which gets your code\n +to stay here: devmcp models use code starcoder2/m,
  ],
  [
    "a server that answers nonsense",
    { intercept: () => new Response("<html>", { headers: { "content-type": "text/html" } }) },
    "",
    /^warning +server +Cannot .*HTML/m,
  ],
  [
    "a server that wants a key",
    { apiKey: "secret" },
    "",
    /^warning +server +Cannot .*wants a key/m,
  ],
];

for (const [what, options, config, line] of CASES) {
  Deno.test(`doctor tells of ${what}`, async () => {
    await withServer(options, async (world) => {
      await Deno.mkdir(`${world.folder}/devmcp`);
      await Deno.writeTextFile(`${world.folder}/devmcp/devmcp.yaml`, config);
      match(await doctor(world), line);
    });
  });
}

const SECRETS: [url: string, apiKey: string | undefined, warns: boolean][] = [
  ["http://lan:11434", "k", true],
  ["http://me:secret@lan:11434", undefined, true],
  ["http://lan:11434", undefined, false],
  ["https://api.example.com/v1", "k", false],
  ["http://127.0.0.1:11434", "k", false],
  ["http://me:secret@localhost", undefined, false],
];

Deno.test("checkSecret() warns of a key that is sent unencrypted to another machine", () => {
  for (const [url, apiKey, warns] of SECRETS) {
    const checks = checkSecret({ url, shown: "SHOWN", apiKey });
    deepEqual(checks.map(({ state }) => state), warns ? ["warning"] : [], url);
    ok(!JSON.stringify(checks).includes("secret"));
  }
});

const SPLITS: [onGpu: number, line: RegExp][] = [
  [1, /^ok +gpu +1 loaded model, all on the GPU$/m],
  [
    0.6,
    /^warning +gpu +40 % of mistral\S+ \(4\.4 GB\) runs on the CPU: it is slow\n +devmcp config set model\.code\.context_tokens 8192/m,
  ],
  [
    0,
    /^warning +gpu +mistral\S+ runs on the CPU alone: it is slow\n +devmcp config set model\.timeout_seconds 300$/m,
  ],
];

for (const [onGpu, line] of SPLITS) {
  Deno.test(`doctor sees ${100 * onGpu} % of a model on the GPU`, async () => {
    await withServer({ models: [{ ...MISTRAL, onGpu }] }, async (world) => {
      world.fake.library.load(world.fake.library.find(MISTRAL.name), "5m");
      match(await doctor(world), line);
    });
  });
}

Deno.test("doctor waits for no silent server", async () => {
  await withServer({ intercept: () => new Promise(() => {}) }, async (world) => {
    const start = performance.now();
    match(await doctor(world), /^warning +server +Cannot .*no whole answer within 2 s/m);
    ok(performance.now() - start < 4000);
  });
});

Deno.test("doctor lets no text of a server act on the terminal", async () => {
  const options = { version: "\x1b[2J", models: [fakeModel("mistral:7b\x1b[31m")] };
  await withServer(options, async (world) => ok(!(await doctor(world)).includes("\x1b")));
});

Deno.test("doctor --fix downloads what is missing, makes the folder and checks again", async () => {
  const options = { models: [], registry: [MISTRAL, STARCODER_GGUF] };
  await withServer(options, async (world) => {
    const out = await doctor(world, "--fix", "--yes");
    match(out, /^created the folder .*devmcp$/m);
    match(out, /^downloaded starcoder2-7b-instruct, 4\.4 GB$/m);
    match(out, /^Checked again:\n\n[^]*^ok +code model +starcoder2-7b-instruct/m);
    deepEqual([...world.fake.library.installed.keys()].sort(), [
      STARCODER_GGUF.name,
      MISTRAL.name,
      STARCODER.name,
    ]);
    ok((await Deno.stat(`${world.folder}/devmcp`)).isDirectory);
  });
});

Deno.test("doctor --fix downloads nothing that nobody agreed to", async () => {
  await withServer({ models: [], registry: [MISTRAL] }, async (world) => {
    const out = await doctor(world, "--fix");
    match(out, /devmcp can download mistral\S+ to http\S+, some gigabytes: give --yes for that\./);
    equal(world.fake.library.installed.size, 0);
  });
});

Deno.test("doctor --fix --json says what it did, and is nothing but JSON", async () => {
  await withServer({ models: [MISTRAL, STARCODER] }, async (world) => {
    const { stdout } = await world.run(["doctor", "--fix", "--json"], rest);
    const { checks, fixed } = JSON.parse(stdout.text);
    deepEqual(fixed, [`created the folder ${world.folder}/devmcp`]);
    ok(checks.every((check: object) => !("fix" in check)));
  });
});

const open: App["openWorkspace"] = (root) => Promise.resolve(openWorkspace(root));

for (const flags of [[], ["--json"]]) {
  Deno.test(`doctor --fix ${flags} fails when a download does`, async () => {
    await withServer({ models: [], registry: [] }, async (world) => {
      await Deno.mkdir(`${world.folder}/devmcp`);
      const { stdout, stderr, exitCode } = await world.run(
        ["doctor", "--fix", "--yes", ...flags],
        { engines: createEngines(loadAsset), openWorkspace: open },
      );
      ok(!/^problem|"problem"/m.test(stdout.text), stdout.text);
      equal(exitCode, 1);
      equal(stderr.text.match(/^devmcp: Cannot pull /gm)?.length, 2);
      if (flags.length === 0) return match(stdout.text, /^--fix has mended nothing\.$/m);
      const { fixed, failed } = JSON.parse(stdout.text);
      deepEqual([fixed.length, failed.length], [0, 2]);
      match(failed[0], /^Cannot pull /);
    });
  });
}
