import { deepEqual, equal, match, ok } from "node:assert/strict";
import { RecordedOutput } from "../../cli/fake_app.ts";
import type { FakeOllamaOptions } from "../../models/fakes/fake_ollama.ts";
import {
  fakeModel,
  MISTRAL,
  STARCODER,
  STARCODER_GGUF,
} from "../../models/fakes/fake_ollama_library.ts";
import { type ModelsWorld, withModels } from "./models_fixture.ts";

const entry = { name: "models", summary: "models", load: () => import("../models.ts") };

function withServer(options: FakeOllamaOptions, test: (world: ModelsWorld) => Promise<void>) {
  return withModels(options, entry, test);
}

const TINY = fakeModel("tiny:1b", { size: 2e9 });

Deno.test("models list shows what is installed, where it runs and who uses it", async () => {
  await withServer({ models: [{ ...MISTRAL, onGpu: 0.6 }, STARCODER] }, async ({ fake, run }) => {
    fake.library.load(fake.library.find(MISTRAL.name), "5m");
    const { stdout } = await run(["models", "list"], {
      stdout: new RecordedOutput({ columns: 120 }),
    });
    const lines = stdout.text.trimEnd().split("\n");
    match(lines[0]!, /^MODEL +SIZE +QUANT +CONTEXT +IN MEMORY +ROLE$/);
    match(lines[1]!, /^mistral:7b\S+ +4\.4 GB +Q4_K_M +32,768 +4\.4 GB, 60 % GPU +chat$/);
    match(lines[2]!, /^starcoder2\S+ +4\.4 GB +Q4_K_M +16,384 +- +code$/);
  });
});

Deno.test("models list says which model does not run here", async () => {
  await withServer({ models: [fakeModel("gpt-oss:120b-cloud")] }, async ({ folder, run }) => {
    const unused = await run(["models", "list"]);
    match(unused.stdout.text, /^gpt-oss:120b-cloud .* elsewhere *$/m);
    equal(unused.stderr.text, "");
    await Deno.mkdir(`${folder}/devmcp`);
    await Deno.writeTextFile(
      `${folder}/devmcp/devmcp.yaml`,
      "model: { code: { model: gpt-oss:120b-cloud } }",
    );
    const used = await run(["models", "list"]);
    match(used.stderr.text, /warning: gpt-oss:120b-cloud \(code\) runs on another machine/);
  });
});

Deno.test("models list keeps the keys of a server apart", async () => {
  await withServer({ models: [TINY], apiKey: "secret" }, async ({ fake, folder, run }) => {
    const role = (name: string, key: string) =>
      `  ${name}: { endpoints: [${fake.url}], model: tiny:1b${key} }\n`;
    const variables: Record<string, string> = { XDG_CONFIG_HOME: folder, KEY: "secret" };
    await Deno.mkdir(`${folder}/devmcp`);
    const text = `model:\n${role("code", "")}${role("chat", ", api_key_env: KEY")}`;
    await Deno.writeTextFile(`${folder}/devmcp/devmcp.yaml`, text);
    const { stdout } = await run(["models", "list", "--json"], { env: (name) => variables[name] });
    const { servers } = JSON.parse(stdout.text);
    deepEqual(
      servers.map(({ roles, models }: { roles: string[]; models: unknown[] }) => [
        roles,
        models.length,
      ]),
      [[["code"], 0], [["chat"], 1]],
    );
    equal(servers[1].models[0].roles.join(), "chat");
  });
});

Deno.test("models list --json has the same in numbers", async () => {
  await withServer({ models: [MISTRAL] }, async ({ fake, run }) => {
    fake.library.load(fake.library.find(MISTRAL.name), "5m");
    const { stdout } = await run(["models", "list", "--json"]);
    const { servers: [server] } = JSON.parse(stdout.text);
    equal(server.url, fake.url);
    const [{ capabilities, ...model }] = server.models;
    deepEqual(capabilities, ["completion"]);
    deepEqual(model, {
      name: MISTRAL.name,
      size_bytes: MISTRAL.size,
      parameters: "7.2B",
      quantization: "Q4_K_M",
      context_tokens: 32_768,
      remote: false,
      memory_bytes: MISTRAL.size,
      gpu_bytes: MISTRAL.size,
      roles: ["code", "chat"],
    });
  });
});

Deno.test("models list lists a model that cannot be shown, and says what a server lacks", async () => {
  const intercept: FakeOllamaOptions["intercept"] = ({ path }) =>
    path === "/api/show" ? new Response("no", { status: 500 }) : undefined;
  await withServer({ models: [TINY], intercept }, async ({ run }) => {
    match((await run(["models", "list"])).stdout.text, /^tiny:1b +2\.0 GB/m);
  });
  await withServer({ models: [] }, async ({ run }) => {
    match((await run(["models", "list"])).stdout.text, /no models; "devmcp models pull"/);
  });
});

const LONG = fakeModel("hf.co/QuantFactory/StarCoder2-with-a-long-name-GGUF:Q4_K_M");

for (const columns of [40, 80, 200]) {
  Deno.test(`models list cuts no name on a terminal of ${columns} columns`, async () => {
    await withServer({ models: [MISTRAL, LONG] }, async ({ run }) => {
      const stdout = new RecordedOutput({ isTerminal: true, columns });
      await run(["models", "list"], { stdout });
      const lines = stdout.text.trimEnd().split("\n");
      for (const { name } of [MISTRAL, LONG]) {
        ok(lines.some((line) => line.trim().split(" ")[0] === name), stdout.text);
      }
      ok(lines.every((line) => line.length <= columns || line.trim() === LONG.name), stdout.text);
    });
  });
}

Deno.test("models list says which two models are one on the disk", async () => {
  const note = /^starcoder2-7b-instruct:latest is made from hf\.co\S+: they share their weights/;
  await withServer({ models: [STARCODER, STARCODER_GGUF] }, async ({ run }) => {
    match((await run(["models", "list"])).stderr.text, note);
  });
  await withServer({ models: [STARCODER] }, async ({ run }) => {
    equal((await run(["models", "list"])).stderr.text, "");
  });
});

Deno.test("models list cuts nothing in a pipe", async () => {
  await withServer({ models: [{ ...MISTRAL, onGpu: 0.6 }, LONG] }, async ({ fake, run }) => {
    fake.library.load(fake.library.find(MISTRAL.name), "5m");
    const { stdout } = await run(["models", "list"]);
    const names = stdout.text.trimEnd().split("\n").slice(1).map((line) => line.split(" ")[0]);
    deepEqual(names.sort(), [LONG.name, MISTRAL.name].sort());
  });
});

for (const flags of [[], ["--json"]]) {
  Deno.test(`models list ${flags} fails when no server answers, with one error`, async () => {
    await withServer({}, async ({ fake, run }) => {
      await fake.stop();
      const { stdout, stderr, exitCode } = await run(["models", "list", ...flags]);
      match(
        stderr.text,
        /^devmcp: Cannot .* at http:\/\/127\.0\.0\.1:\d+: the connection was refused\n +hint: .*\n$/,
      );
      equal(exitCode, 2);
      if (flags.length === 0) equal(stdout.text, "");
      else match(JSON.parse(stdout.text).servers[0].problem, /the connection was refused/);
    });
  });
}

Deno.test("models list warns of one dead server of several, and of a role that nothing plays", async () => {
  await withServer({ models: [MISTRAL] }, async ({ fake, run }) => {
    const variables: Record<string, string> = {
      STARCODER_ENDPOINT: fake.url,
      DEVMCP_CODE_MODEL: "absent:7b",
      MISTRAL_ENDPOINT: "http://127.0.0.1:9",
    };
    const env = (name: string) => variables[name];
    const { stdout, stderr, exitCode } = await run(["models", "list"], { env });
    match(stdout.text, /^http\S+ Ollama \S+\nMODEL [^]*\nmistral:7b/);
    match(
      stderr.text,
      /^devmcp: warning: Cannot .* at http:\/\/127\.0\.0\.1:9: .*\ndevmcp: warning: nothing plays the role code: Cannot use model "absent:7b": not installed at .*models pull absent:7b.*\n$/,
    );
    equal(exitCode, 0);
    const { roles } = JSON.parse((await run(["models", "list", "--json"], { env })).stdout.text);
    match(roles[0].problem, /not installed/);
  });
});
