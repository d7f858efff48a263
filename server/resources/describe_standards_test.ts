import assert from "node:assert/strict";
import { parseRuffConfig, settingsFrom } from "../../analysis/ruff/ruff_settings.ts";
import { DEFAULTS } from "../../config/schema.ts";
import { describeStandards } from "./describe_standards.ts";

// deno-lint-ignore no-explicit-any
function describe(toml: string, code_review = DEFAULTS.code_review): any {
  const config = parseRuffConfig(toml, "ruff.toml");
  const settings = settingsFrom(config ? [config] : [], { source: null, root: null, cwd: null });
  return describeStandards({ ...DEFAULTS, code_review }, settings);
}

Deno.test("describeStandards() has the project's own choices", () => {
  const { python } = describe(
    'line-length = 120\ntarget-version = "py312"\n[lint]\nselect = ["E7", "F"]\n' +
      'ignore = ["F4"]\nextend-select = ["F401"]\n[lint.mccabe]\nmax-complexity = 5\n' +
      '[format]\nquote-style = "single"\n',
  );
  const { rules, ...others } = python;
  assert.deepEqual(JSON.parse(JSON.stringify(others)), {
    rules_chosen_by: "project",
    line_length: 120,
    target_version: "py312",
    max_complexity: 5,
    quote_style: "single",
  });
  assert.deepEqual([rules.F401, rules.F402, rules.F811, rules.E711, rules.W605], [
    "unused-import",
    undefined,
    "redefined-while-unused",
    "none-comparison",
    undefined,
  ]);
});

Deno.test("describeStandards() follows the style guide", () => {
  const guide = { ...DEFAULTS.code_review, style_guide: "google", focus_areas: ["security"] };
  const standards = describe("", guide as typeof DEFAULTS.code_review);
  assert.deepEqual(standards.focus_areas, ["security"]);
  assert.equal(standards.python.docstring_convention, "google");
  assert.equal(standards.python.line_length, 80);
  assert.ok(standards.python.rules.D205);
});

Deno.test("describeStandards() says so where the project's settings are broken", () => {
  const { python } = describeStandards(DEFAULTS, undefined);
  assert.deepEqual(python, { problem: "the project's settings of Ruff cannot be used" });
});
