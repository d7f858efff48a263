import { equal, match, ok } from "node:assert/strict";
import type { Engines } from "../analysis/engines.ts";
import { DEFAULT_SETTINGS, type RuffSettings } from "../analysis/ruff/ruff_settings.ts";
import type { App } from "../cli/app.ts";
import { fakeApp } from "../cli/fake_app.ts";
import { fakeIssue } from "../cli/fake_review.ts";
import { runProgram } from "../cli/program.ts";
import { ToolError } from "../config/tool_error.ts";
import { tools } from "../tools/mod.ts";
import type { Workspace } from "../workspace/workspace.ts";

const brokenParser: Engines["python"] = () => Promise.reject(new Error("no grammar\x1b[2J"));

function enginesFinding(rule: string): Engines {
  const ruff = {
    version: "9.9.9",
    lint: () => [fakeIssue({ rule })],
    format: (text: string) => text,
  };
  const engine = () => Promise.reject(new Error("not asked for"));
  return { ruff: () => Promise.resolve(ruff), python: brokenParser, engine, renew: () => {} };
}

function workspaceWith(settings: () => Promise<RuffSettings>): App["openWorkspace"] {
  return () => Promise.resolve({ root: "/", ruffSettings: settings } as Workspace);
}

async function run(values: Partial<App>, ...argv: string[]) {
  const folder = await Deno.makeTempDir();
  const env = (name: string) => name === "OLLAMA_HOST" ? "127.0.0.1:9" : undefined;
  const app = fakeApp({
    env,
    engines: enginesFinding("F401"),
    openWorkspace: workspaceWith(() => Promise.resolve(DEFAULT_SETTINGS)),
    cwd: folder,
    ...values,
  });
  const entry = { name: "doctor", summary: "check", load: () => import("./doctor.ts") };
  await runProgram(["doctor", ...argv], app, [entry]);
  await Deno.remove(folder);
  return { out: app.stdout.text, code: app.exitCode };
}

Deno.test("doctor tells what it found, line by line, and what is wrong", async () => {
  const { out, code } = await run({});
  match(out, /^ok +devmcp +0\.1\.0, /);
  match(out, /^ok +linter +Ruff 9\.9\.9, loads in \d+ ms, answers in \d+ ms$/m);
  match(out, /^problem +parser +no grammar\\x1b\[2J\n +this is a fault of devmcp/m);
  match(out, /^ok +configuration +none found/m);
  match(out, /^ok +folder /m);
  match(out, /^(ok|warning) +sessions +\/\S+\/sessions can/m);
  match(out, /^(ok|warning) +machine +\d+ processors, \d+ MB/m);
  match(out, /^ok +terminal +standard output is no terminal, colours off$/m);
  match(out, /^warning +git +not on PATH\n +\S+ install git/m);
  match(out, /^ok +settings +no devmcp\.yaml sets anything: the defaults hold$/m);
  match(out, /^warning +server +Cannot .*127\.0\.0\.1:9: the connection was refused\n +start it/m);
  equal(out.split("127.0.0.1:9").length, 2, "the server's error is told once");
  match(
    out,
    /^warning +code model +no server answers\n +once a server runs: devmcp models pull starcoder2/m,
  );
  equal(code, 1);
});

Deno.test("doctor looks for programs on PATH, and starts none", async () => {
  const folder = await Deno.makeTempDir();
  for (const [name, mode] of [["git", 0o755], ["bwrap", 0o644]] as const) {
    await Deno.writeTextFile(`${folder}/${name}`, "#!/bin/sh\ntouch started\n", { mode });
  }
  const { out } = await run({ env: (name) => name === "PATH" ? `relative:${folder}` : undefined });
  ok(out.includes(`ok       git            ${folder}/git\n`), out);
  match(out, /^ok +sandbox +none; no command needs one yet$/m);
  equal((await Array.fromAsync(Deno.readDir(folder))).length, 2);
  await Deno.remove(folder, { recursive: true });
});

const SETTINGS: [what: string, text: string, line: RegExp][] = [
  [
    "where the configuration is wrong",
    "model:\n  timeout_seconds: soon\n",
    /^problem +settings +.*devmcp\.yaml:2.*timeout_seconds/m,
  ],
  [
    "what waits for trust",
    "model:\n  code:\n    endpoints: [http://example.org]\n",
    /^warning +settings +devmcp\.yaml: left out until you trust it: model\.code\.endpoints/m,
  ],
];

for (const [what, text, line] of SETTINGS) {
  Deno.test(`doctor says ${what}`, async () => {
    const cwd = await Deno.makeTempDir();
    await Deno.writeTextFile(`${cwd}/devmcp.yaml`, text);
    const env = (name: string) => name === "OLLAMA_HOST" ? "127.0.0.1:9" : undefined;
    const config = () => Promise.reject(new Error("this one would tell its warnings too"));
    const { out } = await run({ cwd, env, config });
    match(out, line);
    await Deno.remove(cwd, { recursive: true });
  });
}

Deno.test("doctor tells no one to start a server that runs and breaks off", async () => {
  const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const serving = (async () => {
    for await (const connection of listener) connection.close();
  })();
  const address = `127.0.0.1:${listener.addr.port}`;
  const { out } = await run({ env: (name) => name === "OLLAMA_HOST" ? address : undefined });
  match(
    out,
    /^warning +server +Cannot .*: the connection was lost\n +the server may have crashed/m,
  );
  listener.close();
  await serving;
});

Deno.test("doctor knows which tools there are", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/devmcp`);
  await Deno.writeTextFile(`${folder}/devmcp/devmcp.yaml`, "tools: {enabled: [review_cod]}");
  const variables: Record<string, string> = { XDG_CONFIG_HOME: folder, OLLAMA_HOST: "127.0.0.1:9" };
  const { out } = await run({ tools, env: (name) => variables[name] });
  match(
    out,
    /^problem +settings +Cannot offer "review_cod": no such tool; did you mean "review_c/m,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("doctor names a variable that is wrong, and what it could not look at", async () => {
  const { out } = await run({ env: (name) => name === "OLLAMA_HOST" ? "gpu:x" : undefined });
  match(out, /^problem +settings +Cannot use OLLAMA_HOST: "gpu:x" is no address.*\n +set it to/m);
  for (const name of ["server", "code model", "chat model"]) {
    match(out, new RegExp(`^warning +${name} +not looked for: the settings cannot be used$`, "m"));
  }
});

Deno.test("doctor does not take an engine's word for it", async () => {
  const { out } = await run({ engines: enginesFinding("E501") });
  match(out, /^problem +linter +Ruff 9\.9\.9 did not find an unused import$/m);
});

Deno.test("doctor passes on what a broken configuration needs", async () => {
  const refused = new ToolError('Cannot read "ruff.toml": line 3', { hint: "mend it" });
  const { out } = await run({ openWorkspace: workspaceWith(() => Promise.reject(refused)) });
  match(out, /^problem +configuration +Cannot read "ruff\.toml": line 3\n +mend it$/m);
});

Deno.test("doctor warns of a folder it cannot write to", async () => {
  const { out } = await run({ cwd: "/no/such/folder" });
  match(
    out,
    /^warning +folder +\/no\/such\/folder cannot be written[^]*format needs write access$/m,
  );
});

Deno.test("doctor --json has the same checks", async () => {
  const { version, healthy, checks } = JSON.parse((await run({}, "--json")).out);
  equal(version, 1);
  equal(healthy, false);
  ok(checks.every(({ name, state, detail }: Record<string, string>) => name && state && detail));
});
