import { deepEqual, equal, match } from "node:assert/strict";
import { fakeApp } from "../cli/fake_app.ts";
import { runProgram } from "../cli/program.ts";
import { writeWarnings } from "../cli/warnings.ts";
import { inHome, type TestHome, USER_FILE } from "../config/home_fixture.ts";
import { tools } from "../tools/mod.ts";
import { createCapabilities } from "./capabilities.ts";

const entry = { name: "config", summary: "configure", load: () => import("./config.ts") };

/** Runs `devmcp config ARGS` in the folder p of a home. */
async function run(home: TestHome, argv: string[], values: Record<string, string> = {}) {
  const [cwd, env] = [`${home.path}/p`, home.env(values)];
  const app = fakeApp({ cwd, env, tools });
  Object.assign(app, createCapabilities({ cwd, env, warn: (list) => writeWarnings(list, app) }));
  await runProgram(["config", ...argv], app, [entry]);
  return { out: app.stdout.text, err: app.stderr.text, code: app.exitCode };
}

const FILES = {
  "p/devmcp.yaml": "resources: {}\nmodel:\n  timeout_seconds: 9\n  code: {kind: openai}\n",
  [USER_FILE]: "model: {chat: {endpoints: ['http://u:secret@gpu']}}\n",
};

Deno.test("config show tells every value and where it comes from", async () => {
  await inHome(FILES, async (home) => {
    const { out, err, code } = await run(home, ["show"], { DEVMCP_CODE_MODEL: "m\x1b[2J" });
    equal(code, 2); // a variable is as hostile as a file
    match(err, /^devmcp: Cannot use DEVMCP_CODE_MODEL: it must be a text/);
    equal(out, "");
    const shown = await run(home, ["show"], { DEVMCP_CODE_MODEL: "m" });
    match(shown.out, /^key +value +from\nmodel.timeout_seconds +9 +devmcp.yaml:3\n/);
    match(shown.out, /\nmodel.code.model +m +DEVMCP_CODE_MODEL\n/);
    match(shown.out, /\nmodel.code.kind +auto +default\n/);
    match(
      shown.out,
      /\nmodel.chat.endpoints +http:\/\/\*\*\*@gpu +\/.*\/config\/devmcp\/devmcp.yaml:1\n/,
    );
    equal(
      shown.err,
      'devmcp: warning: devmcp.yaml:1: "resources" has no effect yet\n' +
        "devmcp: warning: devmcp.yaml: left out until you trust it: model.code.kind; " +
        'run "devmcp trust"\n',
    );
    const { version, settings, warnings } = JSON.parse((await run(home, ["show", "--json"])).out);
    deepEqual([version, settings[0], warnings.length], [
      1,
      { key: "model.timeout_seconds", value: 9, origin: "devmcp.yaml:3" },
      2,
    ]);
  });
});

Deno.test("config get prints one value", async () => {
  await inHome(FILES, async (home) => {
    equal((await run(home, ["get", "model.timeout_seconds"])).out, "9\n");
    equal((await run(home, ["get", "model.chat.endpoints"])).out, "http://***@gpu\n");
    deepEqual(JSON.parse((await run(home, ["get", "performance.jobs", "--json"])).out), {
      version: 1,
      key: "performance.jobs",
      value: 0,
      origin: "default",
    });
    const { err, code } = await run(home, ["get", "model.timeout"]);
    match(err, /^devmcp: Cannot use "model.timeout": no such key; did you mean "model.timeout_s/);
    equal(code, 2);
  });
});

Deno.test("config set writes the user's file, or the project's", async () => {
  await inHome({ "p/.git/HEAD": "" }, async (home) => {
    const user = await run(home, ["set", "performance.jobs", "2"]);
    deepEqual([user.out, user.err], [`${home.path}/${USER_FILE}: performance.jobs is 2\n`, ""]);
    equal(await home.read(USER_FILE), "performance:\n  jobs: 2\n");
    await run(home, ["set", "performance.jobs", "3", "--project"]);
    equal(await home.read("p/devmcp.yaml"), "performance:\n  jobs: 3\n");
    const hidden = await run(home, ["set", "performance.jobs", "4", "--json"]);
    deepEqual(JSON.parse(hidden.out).value, 4);
    match(
      hidden.err,
      /warning: performance.jobs is set to something else here by .*p\/devmcp.yaml\n/,
    );
  });
});

Deno.test("config set says why a value has no effect here", async () => {
  await inHome({ "p/x": "" }, async (home) => {
    const set = ["set", "model.code.endpoints", "http://a,b:1"];
    const variable = await run(home, set, { OLLAMA_HOST: "gpu" });
    match(
      variable.err,
      /warning: model.code.endpoints has no effect as long as OLLAMA_HOST is set/,
    );
    const project = await run(home, [...set, "--project"]);
    match(project.err, /warning: devmcp.yaml: left out until you trust it: model.code.endpoints;/);
    equal(await home.read("p/devmcp.yaml"), "model:\n  code:\n    endpoints: [http://a, b:1]\n");
  });
});

Deno.test("config set refuses what is wrong and writes nothing", async () => {
  const table: [string[], RegExp][] = [
    [
      ["performance.jobs", "many"],
      /Cannot set performance.jobs: it must be a whole number, 0 to 256/,
    ],
    [["performance.job", "1"], /no such key; did you mean "performance.jobs"\?/],
    [["performance.jobs", "1", "--user", "--project"], /--user and --project exclude one another/],
    [["tools.enabled", "review_cod"], /no such tool; did you mean "review_code"\?/],
    [["code_generation.test_framework", "mocha"], /one of pytest, unittest, vitest, jest, go test/],
    [["performance.jobs"], /missing required argument "value"/],
  ];
  await inHome({ "p/x": "" }, async (home) => {
    for (const [argv, message] of table) {
      const { err, code } = await run(home, ["set", ...argv]);
      match(err, message);
      equal(code, 2);
    }
    const names = await Array.fromAsync(Deno.readDir(home.path), ({ name }) => name);
    deepEqual(names, ["p"]);
  });
});

Deno.test("config path and schema work where the files are broken", async () => {
  await inHome({ "p/devmcp.yaml": "{" }, async (home) => {
    equal((await run(home, ["show"])).code, 2);
    const { files } = JSON.parse((await run(home, ["path", "--json"])).out);
    deepEqual(files, [
      { kind: "project", path: `${home.path}/p/devmcp.yaml`, exists: true },
      { kind: "user", path: `${home.path}/${USER_FILE}`, exists: false },
      { kind: "prompts", path: `${home.path}/config/devmcp/prompts`, exists: false },
    ]);
    match((await run(home, ["path"])).out, /\(not there\)/);
    for (const flags of [[], ["--json"]]) {
      const { out } = await run(home, ["schema", ...flags]);
      equal(JSON.parse(out).additionalProperties, false);
    }
  });
});
