import { deepEqual, equal, match, rejects } from "node:assert/strict";
import fc from "fast-check";
import { belongsToOther } from "./config_file.ts";
import { inHome, USER_FILE } from "./home_fixture.ts";
import { loadConfig, valueOf } from "./load.ts";
import { configSchema, DEFAULTS } from "./schema.ts";
import { addTrust } from "./trust.ts";
import { ToolError } from "./tool_error.ts";

Deno.test("loadConfig() gives the defaults where nothing is set", async () => {
  await inHome({}, async ({ path, env }) => {
    const { values, origins, warnings } = await loadConfig({ cwd: path, env: env() });
    deepEqual([values, warnings], [DEFAULTS, []]);
    deepEqual([...new Set([...origins.values()].map(({ kind }) => kind))], ["default"]);
  });
});

Deno.test("loadConfig() lays flags over the environment over the project over the user", async () => {
  const key = "model.timeout_seconds";
  const user = { [USER_FILE]: "model: {timeout_seconds: 1}" };
  const project = { ...user, "p/devmcp.yaml": "\nmodel: {timeout_seconds: 2}" };
  const variable = { MODEL_TIMEOUT_SECONDS: "3" };
  const flags = { [key]: { flag: "--timeout", value: 4 } };
  await inHome(project, async ({ path, env }) => {
    const load = async (cwd: string, values = {}, given = {}) => {
      const { values: config, origins } = await loadConfig({ cwd, env: env(values), flags: given });
      return [valueOf(config, key), origins.get(key)];
    };
    const file = `${path}/${USER_FILE}`;
    deepEqual(await load(path), [1, { kind: "user", file, line: 1 }]);
    const projectFile = `${path}/p/devmcp.yaml`;
    deepEqual(await load(`${path}/p`), [2, { kind: "project", file: projectFile, line: 2 }]);
    deepEqual(await load(`${path}/p`, variable), [3, {
      kind: "environment",
      variable: "MODEL_TIMEOUT_SECONDS",
    }]);
    deepEqual(await load(`${path}/p`, variable, flags), [4, { kind: "flag", flag: "--timeout" }]);
  });
  deepEqual(DEFAULTS.model.timeout_seconds, 60);
});

Deno.test("loadConfig() looks for the project's file up to the repository's root or home", async () => {
  const files = {
    "devmcp.yaml": "performance: {jobs: 1}",
    "a/b/x": "",
    "repo/.git/HEAD": "",
    "repo/src/x": "",
    "own/devmcp.yaml": "performance: {jobs: 2}",
    "own/.git/HEAD": "",
    "own/src/deep/x": "",
  };
  await inHome(files, async ({ path, env }) => {
    const jobs = async (cwd: string, home = path) =>
      (await loadConfig({ cwd: `${path}/${cwd}`, env: env({ HOME: home }) })).values.performance
        .jobs;
    deepEqual(await Promise.all(["", "a/b", "repo/src", "own/src/deep"].map((cwd) => jobs(cwd))), [
      1,
      1,
      0,
      2,
    ]);
    equal(await jobs("a/b", `${path}/a`), 0);
  });
});

Deno.test("loadConfig() leaves out what an untrusted project may not set, and says so", async () => {
  const text =
    "model:\n  code: {endpoints: [http://evil], kind: openai, api_key_env: KEY, model: m}\n" +
    "tools: {enabled: [a]}\n";
  await inHome({ "p/devmcp.yaml": text }, async ({ path, env, write }) => {
    const load = () => loadConfig({ cwd: `${path}/p`, env: env() });
    const refused = await load();
    deepEqual(refused.values.model.code, DEFAULTS.model.code);
    deepEqual(refused.warnings, [
      "devmcp.yaml: left out until you trust it: model.code.endpoints, model.code.kind, " +
      'model.code.api_key_env, model.code.model, tools.enabled; run "devmcp trust"',
    ]);
    await addTrust(env(), `${path}/p/devmcp.yaml`, new TextEncoder().encode(text));
    const trusted = await load();
    deepEqual([trusted.values.model.code.endpoints, trusted.warnings], [["http://evil"], []]);
    await write("p/devmcp.yaml", `${text}# changed`);
    deepEqual((await load()).values.model.code.endpoints, []);
  });
});

Deno.test("loadConfig() lets an untrusted project turn a model off, never on", async () => {
  const review = (model: string) => `code_review: {model: ${model}}\n`;
  await inHome({ [USER_FILE]: review("require") }, async ({ path, env, write }) => {
    const modelOf = async (text: string) => {
      await write("p/devmcp.yaml", text);
      const { values, warnings } = await loadConfig({ cwd: `${path}/p`, env: env() });
      return [values.code_review.model, warnings.length];
    };
    deepEqual(await modelOf(review("off")), ["off", 0]);
    deepEqual(await modelOf(review("auto")), ["require", 1]);
    await write(USER_FILE, review("off"));
    deepEqual(await modelOf(review("require")), ["off", 1]);
  });
});

Deno.test("loadConfig() lets the user's own file set everything", async () => {
  await inHome(
    { [USER_FILE]: "model: {chat: {endpoints: [http://gpu]}}" },
    async ({ path, env }) => {
      const { values, warnings } = await loadConfig({ cwd: path, env: env() });
      deepEqual([values.model.chat.endpoints, warnings], [["http://gpu"], []]);
    },
  );
});

Deno.test("loadConfig() keeps a key for the servers that it was set for", async () => {
  const own = "model: {code: {endpoints: [https://api.example.com/v1], api_key_env: KEY}}\n";
  const keyOnly = "model: {code: {api_key_env: KEY}}\n";
  const serversOnly = "model: {code: {endpoints: [http://lan]}}\n";
  const table: [user: string, project: string, variables: Record<string, string>, warns: RegExp][] =
    [
      [own, "", {}, /^$/],
      ["", own, {}, /^$/],
      [own, own, {}, /^$/],
      [keyOnly, "", {}, /^$/],
      [own, "", { MISTRAL_ENDPOINT: "http://lan" }, /^$/],
      [
        own,
        "",
        { OLLAMA_HOST: "lan" },
        /^model.code.api_key_env of .*yaml:1 is left out: .* of OLLAMA_HOST$/,
      ],
      [own, "", { STARCODER_ENDPOINT: "http://lan" }, / of STARCODER_ENDPOINT$/],
      [own, serversOnly, {}, / of devmcp.yaml:1$/],
      [own, keyOnly, {}, /^model.code.api_key_env of devmcp.yaml:1 .* of \/.*yaml:1$/],
      [keyOnly, serversOnly, {}, / of devmcp.yaml:1$/],
    ];
  for (const [user, project, variables, warns] of table) {
    await inHome({ [USER_FILE]: user, "p/devmcp.yaml": project }, async ({ path, env }) => {
      const bytes = new TextEncoder().encode(project);
      await addTrust(env(), `${path}/p/devmcp.yaml`, bytes);
      const loaded = await loadConfig({ cwd: `${path}/p`, env: env(variables) });
      const isKept = warns.test("");
      equal(loaded.values.model.code.api_key_env, isKept ? "KEY" : "", `${user}${project}`);
      match(loaded.warnings.join(), warns);
    });
  }
});

Deno.test("loadConfig() takes sections and keys of the earlier system with a warning", async () => {
  await inHome(
    { "devmcp.yaml": "resources: {a: 1}\nagent: {tries: 3}\nserver: {port: 1}\n" },
    async ({ path, env }) => {
      const { warnings } = await loadConfig({ cwd: path, env: env() });
      deepEqual(warnings, [
        'devmcp.yaml:1: "resources" has no effect yet',
        'devmcp.yaml:2: "agent.tries" has no effect yet',
        'devmcp.yaml:3: "server.port" has no effect; use serve --http HOST:PORT',
      ]);
    },
  );
});

Deno.test("loadConfig() refuses files that are none, too large or no text", async () => {
  await inHome({ "p/x": "", "elsewhere": "secret: 1" }, async ({ path, env, write }) => {
    const file = `${path}/p/devmcp.yaml`;
    const refuses = async (state: RegExp) => {
      const loading = loadConfig({ cwd: `${path}/p`, env: env() });
      await rejects(loading, (error: Error) => {
        equal(error.name, "ToolError");
        match(error.message, state);
        return true;
      });
      await Deno.remove(file);
    };
    await Deno.mkdir(file);
    await refuses(/^Cannot read ".*devmcp.yaml": it is a folder$/);
    await Deno.symlink(`${path}/elsewhere`, file);
    await refuses(/: it is a symbolic link$/);
    await Deno.symlink(`${path}/gone`, file);
    await refuses(/: it is a symbolic link$/);
    await write("p/devmcp.yaml", "#".repeat(64 * 1024 + 1));
    await refuses(/: it is larger than 64 KiB$/);
    await write("p/devmcp.yaml", Uint8Array.of(0x61, 0xff));
    await refuses(/: it is not UTF-8 text$/);
    if (Deno.build.os === "windows") return;
    await new Deno.Command("mkfifo", { args: [file] }).output();
    await refuses(/: it is not a regular file$/);
  });
});

Deno.test("loadConfig() follows a link of the user's own file", async () => {
  await inHome(
    { "dotfiles/d.yaml": "performance: {jobs: 3}", "config/devmcp/x": "" },
    async (home) => {
      await Deno.symlink(`${home.path}/dotfiles/d.yaml`, `${home.path}/${USER_FILE}`);
      const { values } = await loadConfig({ cwd: `${home.path}/dotfiles`, env: home.env() });
      equal(values.performance.jobs, 3);
    },
  );
});

Deno.test("loadConfig() names the wrong flag", async () => {
  await inHome({}, async ({ path, env }) => {
    const flags = { "performance.jobs": { flag: "--jobs", value: -1 } };
    await rejects(loadConfig({ cwd: path, env: env(), flags }), {
      message: "Cannot use --jobs: it must be a whole number, 0 to 256, not -1",
    });
  });
});

Deno.test("belongsToOther() excepts the administrator and the user", () => {
  const table: [number, number | null, boolean][] = [
    [1000, 1000, false],
    [0, 1000, false],
    [1001, 1000, true],
    [1001, 0, false],
    [0, null, false],
  ];
  for (const [owner, user, other] of table) equal(belongsToOther(owner, user), other);
});

Deno.test("loadConfig() gives a valid configuration or a ToolError, whatever the files hold", async () => {
  const section = fc.dictionary(
    fc.constantFrom("timeout_seconds", "jobs", "cache_mb", "level", "enabled", "model", "kind"),
    fc.oneof(fc.double(), fc.string(), fc.constantFrom(1, 2, "debug", [], null, "off")),
  );
  const file = fc.oneof(
    fc.string(),
    fc.dictionary(fc.constantFrom("model", "performance", "logging", "tools", "server"), section)
      .map((value) => JSON.stringify(value)),
  );
  await inHome({}, async ({ path, env, write }) => {
    await fc.assert(
      fc.asyncProperty(file, file, async (user, project) => {
        await write(USER_FILE, user);
        await write("p/devmcp.yaml", project);
        try {
          const { values } = await loadConfig({ cwd: `${path}/p`, env: env() });
          deepEqual(configSchema.parse(values), values);
        } catch (error) {
          equal(error instanceof ToolError, true, String(error));
        }
      }),
      { numRuns: 100 },
    );
  });
});
