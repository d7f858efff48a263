import { equal } from "node:assert/strict";
import { createChecked } from "./checked_rules.ts";
import { DEFAULT_SETTINGS, withRules } from "../ruff/ruff_settings.ts";

Deno.test("createChecked() goes by what is selected and ignored, and by the file", () => {
  const chosen = withRules(DEFAULT_SETTINGS, { select: ["F4", "S"], ignore: ["S6"] });
  const here = {
    ...chosen,
    perFileIgnores: [{ pattern: "tests/*", rules: ["S1"] }],
    root: "/w",
    cwd: "/w",
  };
  const table: [selector: string, path: string, checked: boolean][] = [
    ["F401", "a.py", true],
    ["F", "a.py", true],
    ["F811", "a.py", false],
    ["S602", "a.py", false],
    ["S101", "a.py", true],
    ["S101", "/w/tests/a.py", false],
    ["devmcp/cyclomatic", "a.py", true],
    ["ZZ1", "a.py", true],
  ];
  for (const [selector, path, checked] of table) {
    equal(createChecked(here, path)(selector), checked, `${selector} ${path}`);
  }
  equal(createChecked(undefined, "a.js")("F401"), true);
});
