import assert from "node:assert/strict";
import types from "@biomejs/wasm-nodejs/biome_wasm.d.ts" with { type: "bytes" };
import json from "./biome_rules.json" with { type: "json" };
import { readBiomeRules } from "./biome_rules.ts";
import { biomeCategory, biomeSeverity } from "./biome_traits.ts";

const rules = readBiomeRules(JSON.stringify(json));

Deno.test("readBiomeRules() completes each rule", () => {
  assert.ok(rules.length > 500);
  const find = (code: string) => rules.find((rule) => rule.code === code)!;
  const { url, name, summary, severity, byDefault, safeFix } = find(
    "lint/suspicious/noDoubleEquals",
  );
  assert.deepEqual({ url, name, summary, severity, byDefault, safeFix }, {
    url: "https://biomejs.dev/linter/rules/no-double-equals/",
    name: "noDoubleEquals",
    summary: "No double equals (Biome).",
    severity: "major",
    byDefault: true,
    safeFix: false,
  });
  const forReact = find("lint/correctness/useHookAtTopLevel");
  assert.match(forReact.summary, /\(Biome, for react.*\)\.$/);
  assert.equal(forReact.byDefault, false);
  for (const rule of rules) {
    assert.ok(rule.severity && rule.category && rule.fixable, rule.code);
    if (rule.code.startsWith("lint/")) {
      assert.match(rule.url!, /^https:\/\/biomejs\.dev\/linter\/rules\/[a-z0-9]+(-[a-z0-9]+)*\/$/);
    }
  }
});

Deno.test("biomeSeverity() and biomeCategory() follow Biome's words and groups", () => {
  assert.equal(biomeSeverity("lint/suspicious/noVar", "warning"), "minor");
  assert.equal(biomeSeverity("lint/security/noBlankTarget", "warning"), "major");
  assert.equal(biomeSeverity("lint/security/noBlankTarget", "error"), "major");
  const cases = {
    "lint/a11y/useAltText": "correctness",
    "lint/correctness/noUnusedImports": "imports",
    "lint/complexity/noImportantStyles": "complexity",
    "lint/suspicious/noExplicitAny": "typing",
    "lint/suspicious/noFocusedTests": "testing",
    "lint/style/useNamingConvention": "naming",
    "assist/source/organizeImports": "imports",
    "suppressions/unused": "maintainability",
    "lint/nursery/noFloatingPromises": "maintainability",
  };
  for (const [rule, category] of Object.entries(cases)) {
    assert.equal(biomeCategory(rule), category, rule);
  }
});

Deno.test("readBiomeRules() has every rule, assist and remark that Biome's types name", () => {
  const named = new TextDecoder().decode(types).matchAll(
    /"((?:lint\/\w+|assist\/\w+|suppressions)\/\w+)"/g,
  );
  const known = new Set(rules.map(({ code }) => code));
  const missing = Array.from(named, ([, code]) => code!).filter((code) => !known.has(code));
  // Of rules that were never made, or renamed: Biome itself explains none of them.
  const isGone = (code: string) => code.startsWith("lint/nursery/");
  const others = [...new Set(missing)].filter((code) => !isGone(code));
  assert.deepEqual(others, ["lint/style/useSingleCaseStatement"]);
});
