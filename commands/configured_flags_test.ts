import assert from "node:assert/strict";
import { Command } from "commander";
import type { LoadedConfig } from "../config/config.ts";
import { DEFAULTS } from "../config/schema.ts";
import { withConfigured } from "./configured_flags.ts";
import { addReviewOptions, type ReviewFlags } from "./review/review_options.ts";

type Keys = typeof DEFAULTS.code_review;

function flagsOf(argv: string[], keys?: Partial<Keys>): ReviewFlags {
  const command = new Command().exitOverride();
  addReviewOptions(command);
  command.parse(argv, { from: "user" });
  const values = { ...DEFAULTS, code_review: { ...DEFAULTS.code_review, ...keys } };
  const config = keys && { values, origins: new Map() } as unknown as LoadedConfig;
  return withConfigured(command.opts<ReviewFlags>(), command, config);
}

Deno.test("withConfigured() takes each key, and a flag that is given in its place", () => {
  const cases: [key: Partial<Keys>, flag: string[], name: keyof ReviewFlags, values: unknown[]][] =
    [
      [{ style_guide: "google" }, ["--style-guide", "numpy"], "styleGuide", [
        ...["pep8", "google", "numpy"],
      ]],
      [{ select: ["F"] }, ["--select", "E"], "select", [undefined, ["F"], ["E"]]],
      [{ ignore: ["F"] }, ["--ignore", "E"], "ignore", [undefined, ["F"], ["E"]]],
      [{ fail_on: "never" }, ["--fail-on", "info"], "failOn", ["major", "never", "info"]],
      [{ min_score: 80 }, ["--min-score", "0"], "minScore", [undefined, 80, 0]],
    ];
  for (const [key, flag, name, [usual, configured, given]] of cases) {
    assert.deepEqual(flagsOf([])[name], usual);
    assert.deepEqual(flagsOf([], {})[name], usual);
    assert.deepEqual(flagsOf([], key)[name], configured);
    assert.deepEqual(flagsOf(flag, key)[name], given);
  }
  // A flag that says what is usual wins too.
  assert.equal(flagsOf(["--fail-on", "major"], { fail_on: "never" }).failOn, "major");
  assert.equal(flagsOf(["--style-guide", "pep8"], { style_guide: "google" }).styleGuide, "pep8");
});
