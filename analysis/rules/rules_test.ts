import assert from "node:assert/strict";
import { createRules, type RuleEntry } from "./rules.ts";
import { knownRules } from "./selectors.ts";

const json = await Deno.readTextFile(new URL("rules.json", import.meta.url));
const rules = createRules(json);

Deno.test("rules.json has the same rules as rule_names.ts", () => {
  const entries: RuleEntry[] = JSON.parse(json);
  assert.deepEqual(
    entries.map(({ code, name }) => `${code} ${name}`).sort(),
    knownRules().map(({ code, name }) => `${code} ${name}`).sort(),
  );
});

Deno.test("find() takes codes in any case, and names", () => {
  assert.equal(rules.find("F401")?.name, "unused-import");
  assert.equal(rules.find("f401")?.code, "F401");
  assert.equal(rules.find("unused-import")?.code, "F401");
  assert.equal(rules.find("syntax-error")?.severity, "critical");
  assert.equal(rules.find("F4O1"), undefined);
});

Deno.test("nearest() names what was meant", () => {
  assert.ok(rules.nearest("F4O1").includes("F401"));
  assert.equal(rules.nearest("unused-imports")[0], "unused-import");
});

Deno.test("createRules() completes each rule", () => {
  const rule = rules.find("F401");
  assert.equal(rule?.severity, "minor");
  assert.equal(rule.category, "imports");
  assert.equal(rule.safeFix, true);
  assert.equal(rule.byDefault, true);
  assert.equal(rule.url, "https://docs.astral.sh/ruff/rules/unused-import");
  const other = rules.find("AIR001");
  assert.equal(other?.byDefault, false);
  assert.match(other.summary, /^Airflow variable name task id mismatch \(Airflow\)\.$/);
});

Deno.test("rules.json explains every default rule in our words: what, why and how to mend it", () => {
  for (const rule of rules.all.filter(({ byDefault }) => byDefault)) {
    for (const text of [rule.summary, rule.why, rule.instead]) {
      assert.match(text ?? "", /^[A-Z`"*_].{5,}[.)]$/s, `${rule.code}: ${text}`);
    }
    assert.equal(rule.bad === undefined, rule.good === undefined, rule.code);
  }
});

Deno.test("createRules() says of no rule both that it cannot be fixed and that a fix is safe", () => {
  const wrong = rules.all.filter(({ safeFix, fixable }) => safeFix && fixable === "none");
  assert.deepEqual(wrong.map(({ code }) => code), []);
});
