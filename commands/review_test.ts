import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { Command } from "commander";
import { createEngines } from "../analysis/engines.ts";
import { loadAsset } from "../assets/load.ts";
import { fakeApp, RecordedOutput } from "../cli/fake_app.ts";
import type { LoadedConfig, Origin } from "../config/config.ts";
import { DEFAULTS } from "../config/schema.ts";
import type { Models } from "../models/chat_model.ts";
import { ModelError } from "../models/model_error.ts";
import { createScripted, scriptedModels, type ScriptedReply } from "../models/scripted.ts";
import { createPrompts } from "../prompts/load.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { define } from "./review.ts";

const engines = createEngines(loadAsset);

const CODE = `def _last(items):
    return items[len(items)]
`;
const REPLY = JSON.stringify({
  findings: [{
    quote: "    return items[len(items)]",
    line: 2,
    category: "correctness",
    message: "The index is beyond the end",
    suggestion: "Use items[-1]",
    severity: "critical",
    confidence: 0.9,
  }],
});

interface World {
  models?: Models;
  /** Where the model's endpoint comes from. @default nothing is configured */
  origin?: Origin;
  review?: Partial<LoadedConfig["values"]["code_review"]>;
  /** @default none: they are found */
  endpoints?: string[];
  stderr?: RecordedOutput;
}

/** Runs `devmcp review` over the files, in a folder of their own. */
async function run(args: string[], files: Record<string, string>, world: World = {}) {
  const cwd = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${cwd}/${name}`, text);
    }
    const { origin, review = {}, endpoints = [], models = scriptedModels({}), stderr } = world;
    const isConfigured = origin !== undefined || world.review !== undefined;
    const app = fakeApp({
      cwd,
      ...stderr && { stderr },
      engines,
      models,
      loadAsset,
      prompts: createPrompts({}),
      openWorkspace: (root) => Promise.resolve(openWorkspace(root)),
      env: (name) => ({ HOME: cwd, OLLAMA_HOST: isConfigured ? "x" : "" })[name],
      config: () =>
        Promise.resolve({
          values: {
            ...DEFAULTS,
            model: { ...DEFAULTS.model, code: { ...DEFAULTS.model.code, endpoints } },
            code_review: { ...DEFAULTS.code_review, ...review },
          },
          origins: new Map(origin ? [["model.code.endpoints", origin]] : []),
          warnings: [],
        }),
    });
    const command = new Command();
    define(command, app);
    await command.parseAsync([...args, ...Object.keys(files).map((name) => `${cwd}/${name}`)], {
      from: "user",
    });
    return { code: app.exitCode, out: app.stdout.text, err: app.stderr.text };
  } finally {
    await Deno.remove(cwd, { recursive: true });
  }
}

function says(...replies: ScriptedReply[]) {
  const model = createScripted(replies, { repeatLast: true });
  return { model, models: scriptedModels({ code: model }) };
}

/** Fails the test when anybody looks for a model. */
const untouched: Models = { get: () => Promise.reject(new Error("a model was looked for")) };
const environment: Origin = { kind: "environment", variable: "OLLAMA_HOST" };
const files = { "a.py": CODE };

Deno.test("review asks no model unless one is configured or required", async () => {
  const table: [string[], World][] = [
    [[], { models: untouched }],
    [["--model", "auto"], { models: untouched }],
    [["--model", "off"], { models: untouched, origin: environment }],
    [[], { models: untouched, origin: { kind: "default" } }],
    [[], { models: untouched, origin: environment, review: { model: "off" } }],
  ];
  for (const [args, world] of table) {
    const { code, out, err } = await run(["--json", ...args], files, world);
    deepEqual([code, err.includes("model"), out.includes("model")], [0, false, false], `${args}`);
  }
});

Deno.test("review marks a model's advice, which fails nothing unless told to", async () => {
  const world = { ...says(REPLY), origin: environment };
  const { code, out } = await run([], files, world);
  equal(code, 0);
  match(out, /a\.py:2:5: critical \(model, 0\.9\) The index is beyond the end/);
  match(out, /= suggestion: Use items\[-1\]/);
  match(out, /score 100\/100, no issues; 1 finding of scripted/);
  const table: [string[], number][] = [
    [["--min-score", "100"], 0],
    [["--fail-on-model"], 1],
    [["--fail-on-model", "--fail-on", "never"], 0],
    [["--fail-on-model", "--fail-on", "never", "--min-score", "100"], 1],
  ];
  for (const [args, code] of table) equal((await run(args, files, world)).code, code, `${args}`);
});

Deno.test("review gives source and confidence in every format", async () => {
  const world = { ...says(REPLY), origin: environment };
  const json = JSON.parse((await run(["--json"], files, world)).out);
  const [{ issues: [issue], model, overall_score }] = json.files;
  deepEqual([issue.source, issue.confidence, model, overall_score], [
    "model",
    0.9,
    "scripted",
    100,
  ]);
  equal(json.summary.model_issues, 1);
  const sarif = JSON.parse((await run(["--format", "sarif"], files, world)).out);
  const { level, properties } = sarif.runs[0].results[0];
  deepEqual([level, properties.source, properties.confidence], ["note", "model", 0.9]);
  match((await run(["--format", "github"], files, world)).out, /^::notice .*confidence 0\.9/);
});

Deno.test("review with a required model fails where there is none, before anything is written", async () => {
  await rejects(run(["--model", "require"], files), { name: "ModelError", fault: "none" });
  await rejects(run([], files, { review: { model: "require" } }), { fault: "none" });
  const { code, out, err } = await run(["--model", "require"], files, {
    models: says(new ModelError("timeout", "Cannot ask: no answer")).models,
  });
  deepEqual([code, out], [2, ""]);
  match(err, /^devmcp: .*Cannot ask: no answer\n$/);
  equal((await run(["--model", "require"], files, says(REPLY))).code, 0);
});

Deno.test("review goes on without a model that fails, and says so once", async () => {
  const { models } = says(new ModelError("unreachable", "Cannot reach the server"));
  const world = { models, origin: environment };
  const three = { "a.py": CODE, "b.py": CODE, "c.py": "import os\n" };
  const { code, out } = await run([], three, world);
  equal(code, 0);
  equal(out.match(/Cannot reach the server/g)?.length, 1);
  match(out, /c\.py:1:8: minor F401/);
});

/** As many files as are otherwise given to workers, which the test's App does not have. */
const many = Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`${n}.py`, CODE]));

Deno.test("review counts the files that the model did not review, and says why", async () => {
  const timeout = new ModelError("timeout", "Cannot ask: no answer");
  for (const format of ["text", "github", "json"]) {
    const { code, out, err } = await run(["--format", format], many, {
      models: says(REPLY, timeout).models,
      origin: environment,
    });
    equal(code, 0);
    match(
      err,
      /wholly reviewed by the model: 5 files, the first because: Cannot ask: no answer\n$/,
    );
    if (format !== "json") equal(out.match(/Cannot ask: no answer/g)?.length, 1, format);
    else deepEqual(JSON.parse(out).summary.model_missed, { files: 5, reason: timeout.message });
  }
  // Configured, but nothing runs: a review goes on, and does not keep it to itself.
  const none = await run([], many, { origin: environment });
  match(none.err, /model: 6 files, the first because: Cannot find a model for "code"/);
  const one = await run([], files, { origin: environment });
  match(one.out, /a\.py: note: no model was asked: Cannot find a model for "code"/);
  equal((await run([], files, {})).err.includes("reviewed by the model"), false);
});

Deno.test("review says of each file what the model was not told of its lines", async () => {
  const { models } = says("What a nice day");
  const { out } = await run([], { "a.py": CODE, "b.py": CODE }, { models, origin: environment });
  equal(out.match(/[ab]\.py: note: lines 1-2 not reviewed: Cannot use the reply/g)?.length, 2);
});

Deno.test("review shows which lines of which file a model is asked about", async () => {
  const stderr = new RecordedOutput({ isTerminal: true, columns: 200 });
  const wait = () => new Promise<string>((resolve) => setTimeout(() => resolve(REPLY), 1_200));
  const { models } = says(wait);
  await run([], files, { models, origin: environment, stderr });
  match(stderr.text, /a\.py: Asking scripted about lines 1-2 \[/);
});

Deno.test("review takes style guide and focus from the configuration; flags win", async () => {
  const { model, models } = says('{"findings": []}');
  const world = {
    models,
    origin: environment,
    review: { style_guide: "google", focus_areas: ["documentation"] },
  };
  const promptOf = (call: number) => model.requests[call]!.messages[1]!.content;
  const { out } = await run([], files, world);
  match(out, / D1\d\d /);
  match(promptOf(0), /^Look for: documentation\n\nStyle guide: google\n/);
  await run(["--style-guide", "numpy"], files, world);
  match(promptOf(1), /\nStyle guide: numpy\n/);
});

Deno.test("review lets nothing of a model act on the terminal", async () => {
  const message = "\x1b[2J\x1b]0;owned\x07\u202e\u200b";
  const reply = JSON.parse(REPLY);
  reply.findings[0] = { ...reply.findings[0], message, suggestion: message };
  const { models } = says(JSON.stringify(reply));
  const hostile = createScripted([JSON.stringify(reply)], { model: message });
  for (const each of [models, scriptedModels({ code: hostile })]) {
    for (const format of ["text", "json", "sarif", "github"]) {
      const world = { models: each, origin: environment };
      const { out, err } = await run(["--format", format], files, world).catch((error) => {
        throw error;
      });
      // deno-lint-ignore no-control-regex
      ok(!/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]/.test(out + err), format);
      hostile.requests.length = 0;
    }
  }
});

Deno.test("review gives each server of the model one file at a time", async () => {
  for (const endpoints of [[], ["http://a"], ["http://a", "http://b"]]) {
    let now = 0, most = 0;
    const { models } = says(async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now--;
      return REPLY;
    });
    const { out } = await run(["--json"], many, { models, origin: environment, endpoints });
    equal(JSON.parse(out).summary.model_issues, 6);
    equal(most, Math.max(1, endpoints.length));
  }
});
