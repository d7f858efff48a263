import assert from "node:assert/strict";
import { ruff } from "../ruff/ruff_fixture.ts";
import { parseRuffConfig } from "../ruff/ruff_config_file.ts";
import { DEFAULT_SETTINGS, type RuffSettings, settingsFrom } from "../ruff/ruff_settings.ts";
import { type StyleGuideName, withStyleGuide } from "./style_guides.ts";

const configured = (toml: string): RuffSettings =>
  settingsFrom([parseRuffConfig(toml, "ruff.toml")!], {
    source: "ruff.toml",
    root: "/p",
    cwd: "/p",
  });
const rules = (text: string, name: StyleGuideName, settings = DEFAULT_SETTINGS) =>
  ruff.lint(text, withStyleGuide(settings, name)).map(({ rule }) => rule);

Deno.test("withStyleGuide() adds what the guide asks for", () => {
  const long = `"""About."""\n\nx = "${"a".repeat(100)}"\n`;
  assert.deepEqual(rules(long, "default"), []);
  assert.deepEqual(rules(long, "pep8"), ["E501"]);
  assert.deepEqual(rules(long.replace("a".repeat(20), ""), "pep8"), []);
  assert.deepEqual(rules(long.replace("a".repeat(20), ""), "google"), ["E501"]);
  assert.deepEqual(rules("x = 1\n", "pep257"), ["D100"]);
});

Deno.test("withStyleGuide() takes docstrings as their convention has them", () => {
  const docstring =
    '"""About."""\n\n\ndef add(a, b):\n    """Add.\n\n    Args:\n        a: One.\n    """\n';
  assert.ok(rules(docstring, "google").includes("D417"));
  assert.ok(!rules(docstring, "numpy").includes("D417"));
});

Deno.test("withStyleGuide() lets a project's own rules be, unless another guide is asked for", () => {
  const settings = configured('lint.select = ["F"]\n');
  assert.equal(withStyleGuide(settings, "pep8"), settings);
  assert.deepEqual(rules("x = 1\n", "pep257", settings), ["D100"]);
});

Deno.test("withStyleGuide() keeps a project's longest line", () => {
  const settings = configured("lint.pycodestyle.max-line-length = 120\n");
  assert.deepEqual(rules(`x = "${"a".repeat(105)}"\n`, "pep8", settings), []);
});
