import assert from "node:assert/strict";
import type { LoadedConfig, Origin } from "../config/config.ts";
import { DEFAULTS } from "../config/schema.ts";
import { configuredFiles } from "./configured_files.ts";

function config(exclude: string[], origin: Origin, off: string[] = []): LoadedConfig {
  return {
    values: {
      ...DEFAULTS,
      code_review: { ...DEFAULTS.code_review, exclude },
      format: { exclude: [], languages_off: off },
    },
    origins: new Map([["code_review.exclude", origin]]),
    warnings: [],
  };
}

Deno.test("configuredFiles() starts a project's patterns at its file", () => {
  const project: Origin = { kind: "project", file: "/p/devmcp.yaml", line: 1 };
  const { isLeftOut } = configuredFiles(
    config(["sub/gen", "*.min.ts"], project),
    "review",
    "/p/sub",
  );
  assert.ok(isLeftOut("gen"));
  assert.ok(isLeftOut("/p/sub/gen"));
  assert.ok(isLeftOut("deep/a.min.ts"));
  assert.ok(!isLeftOut("src"));
  assert.ok(!isLeftOut("/p/gen"));
});

Deno.test("configuredFiles() keeps the purposes apart", () => {
  const user: Origin = { kind: "user", file: "/home/x/.config/devmcp/devmcp.yaml", line: 1 };
  const given = config(["gen"], user, ["sql"]);
  assert.ok(configuredFiles(given, "review", "/p").isLeftOut("gen"));
  assert.ok(!configuredFiles(given, "format", "/p").isLeftOut("gen"));
  assert.deepEqual([...configuredFiles(given, "format", "/p").languagesOff], ["sql"]);
  assert.deepEqual([...configuredFiles(given, "review", "/p").languagesOff], []);
});

Deno.test("configuredFiles() refuses a language that does not exist", () => {
  const wrong = config([], { kind: "default" }, ["pyton"]);
  assert.throws(() => configuredFiles(wrong, "format", "/"), {
    message: 'Cannot use format.languages_off: there is no language "pyton"',
    hint: "did you mean python?",
  });
});
