import { equal, match, ok } from "node:assert/strict";
import type { Engines } from "../analysis/engines.ts";
import { DEFAULT_SETTINGS, type RuffSettings } from "../analysis/ruff_settings.ts";
import type { App } from "../cli/app.ts";
import { fakeApp } from "../cli/fake_app.ts";
import { fakeIssue } from "../cli/fake_review.ts";
import { runProgram } from "../cli/program.ts";
import { ToolError } from "../config/tool_error.ts";
import type { Workspace } from "../workspace/workspace.ts";

const brokenParser: Engines["python"] = () => Promise.reject(new Error("no grammar\x1b[2J"));

function enginesFinding(rule: string): Engines {
  const ruff = {
    version: "9.9.9",
    lint: () => [fakeIssue({ rule })],
    format: (text: string) => text,
  };
  return { ruff: () => Promise.resolve(ruff), python: brokenParser };
}

function workspaceWith(settings: () => Promise<RuffSettings>): App["openWorkspace"] {
  return () => Promise.resolve({ root: "/", ruffSettings: settings } as Workspace);
}

async function run(values: Partial<App>, ...argv: string[]) {
  const folder = await Deno.makeTempDir();
  const app = fakeApp({
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
  match(out, /^(ok|warning) +machine +\d+ processors, \d+ MB/m);
  match(out, /^ok +terminal +standard output is no terminal, colours off$/m);
  equal(code, 1);
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
