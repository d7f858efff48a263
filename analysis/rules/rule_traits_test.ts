import assert from "node:assert/strict";
import { CATEGORIES } from "../../config/choices.ts";
import { SEVERITIES } from "../issue.ts";
import { categoryOf, severityOf } from "./rule_traits.ts";
import { knownRules } from "./selectors.ts";

const TRAITS: [rule: string, severity: string, category: string][] = [
  ["syntax-error", "critical", "correctness"],
  ["F821", "critical", "correctness"],
  ["F401", "minor", "imports"],
  ["F811", "major", "imports"],
  ["F841", "minor", "maintainability"],
  ["E501", "info", "style"],
  ["E711", "minor", "correctness"],
  ["E722", "major", "correctness"],
  ["ERA001", "info", "maintainability"],
  ["B006", "major", "correctness"],
  ["B009", "minor", "style"],
  ["S105", "major", "security"],
  ["S501", "critical", "security"],
  ["S602", "critical", "security"],
  ["SIM102", "minor", "complexity"],
  ["D103", "info", "documentation"],
  ["DTZ003", "major", "correctness"],
  ["N801", "minor", "naming"],
  ["I001", "info", "imports"],
  ["INP001", "info", "imports"],
  ["PLE0100", "critical", "correctness"],
  ["PLE2502", "critical", "security"],
  ["PERF401", "minor", "performance"],
  ["C901", "minor", "complexity"],
  ["C402", "minor", "style"],
  ["PT015", "major", "testing"],
  ["RUF100", "minor", "maintainability"],
  ["UP006", "info", "typing"],
  ["W605", "major", "correctness"],
  ["W291", "info", "style"],
  ["XYZ123", "minor", "maintainability"],
];

for (const [rule, severity, category] of TRAITS) {
  Deno.test(`severityOf() and categoryOf() place ${rule}`, () => {
    assert.deepEqual([severityOf(rule), categoryOf(rule)], [severity, category]);
  });
}

Deno.test("severityOf() and categoryOf() know every rule of Ruff", () => {
  for (const { code } of knownRules()) {
    assert.ok(SEVERITIES.includes(severityOf(code)), code);
    assert.ok(CATEGORIES.includes(categoryOf(code)), code);
  }
});

Deno.test("severityOf() reads what the message knows", () => {
  assert.equal(severityOf("C901", "`f` is too complex (11 > 10)"), "minor");
  assert.equal(severityOf("C901", "`f` is too complex (31 > 10)"), "major");
  const harmless = "`subprocess` call with `shell=True` seems safe, but may be changed";
  assert.equal(severityOf("S602", harmless), "minor");
  assert.equal(severityOf("S602", "`subprocess` call with `shell=True` identified"), "critical");
});
