import { deepEqual, equal, match, ok } from "node:assert/strict";
import { RecordedOutput } from "../cli/fake_app.ts";
import { DEFAULTS } from "../config/schema.ts";
import type { LoadedConfig, Origin } from "../config/config.ts";
import type { FlagValue } from "../config/load.ts";
import { ModelError } from "../models/model_error.ts";
import { createCapabilities } from "./capabilities.ts";
import { runWithModel } from "./generated_fixture.ts";
import { configureModel, nameTimeout } from "./model_flags.ts";

Deno.test("configureModel() lays its flags over the configuration", async () => {
  const env = (name: string) => ({ MODEL_TIMEOUT_SECONDS: "7" })[name];
  const capabilities = createCapabilities({ cwd: "/", env });
  configureModel(capabilities, "code", { model: "qwen2.5-coder:7b", timeout: "2.5" });
  const { values, origins } = await capabilities.config();
  deepEqual([values.model.code.model, values.model.chat.model], ["qwen2.5-coder:7b", ""]);
  equal(values.model.timeout_seconds, 2.5);
  deepEqual(origins.get("model.timeout_seconds"), { kind: "flag", flag: "--timeout" });
});

Deno.test("the model's flags are there on each command, for its role", async () => {
  const cases: [string[], string][] = [
    [["generate", "x"], "code"],
    [["generate-tests", "-"], "code"],
    [["formalize", "x"], "chat"],
  ];
  for (const [argv, role] of cases) {
    let given: Record<string, FlagValue> = {};
    await runWithModel([...argv, "--model", "m:1", "--timeout", "soon"], [], {
      values: { configure: (flags) => given = flags },
    });
    deepEqual(given, {
      [`model.${role}.model`]: { flag: "--model", value: "m:1" },
      "model.timeout_seconds": { flag: "--timeout", value: "soon" },
    });
  }
});

const loaded = (origin: Origin): LoadedConfig => ({
  values: DEFAULTS,
  origins: new Map([["model.timeout_seconds", origin]]),
  warnings: [],
});

Deno.test("nameTimeout() names what set the limit", async () => {
  const cases: [Origin, string][] = [
    [{ kind: "default" }, "raise model.timeout_seconds"],
    [{ kind: "user", file: "a", line: 1 }, "raise model.timeout_seconds"],
    [{ kind: "environment", variable: "MODEL_TIMEOUT_SECONDS" }, "raise MODEL_TIMEOUT_SECONDS"],
    [{ kind: "flag", flag: "--timeout" }, "raise --timeout"],
  ];
  for (const [origin, hint] of cases) {
    const config = () => Promise.resolve(loaded(origin));
    equal(await nameTimeout("raise model.timeout_seconds", { config }), hint);
  }
});

Deno.test("devmcp generate tells with which flag it ran out of time", async () => {
  const slow = new ModelError("timeout", "Cannot ask", { hint: "raise model.timeout_seconds" });
  const config = () => Promise.resolve(loaded({ kind: "flag", flag: "--timeout" }));
  const { app } = await runWithModel(["generate", "x"], [slow], { values: { config } });
  match(app.stderr.text, /Cannot ask\n {2}hint: raise --timeout\n/);
});

Deno.test("devmcp generate is stopped by Ctrl-C, and leaves neither a status line nor a file", async () => {
  const controller = new AbortController();
  const stderr = new RecordedOutput({ isTerminal: true });
  const stop = () => {
    controller.abort(130);
    return "```python\nx = 1\n```\n";
  };
  const { app, files } = await runWithModel(["generate", "x", "-o", "a.py"], [stop], {
    values: { stderr, signal: controller.signal },
  });
  ok(stderr.text.endsWith("\r\x1b[Kdevmcp: stopped; nothing written\n"));
  deepEqual([files, app.exitCode], [{}, 130]);
});
