import assert from "node:assert/strict";
import { biome } from "./biome_fixture.ts";
import { turnOnRules } from "./biome_turn_on.ts";
import type { Json } from "./biome_merge.ts";

const RULE = "lint/style/noImplicitBoolean", ON = { noImplicitBoolean: "on" };

Deno.test("turnOnRules() turns on what is off, and leaves the rest as it is", () => {
  const cases: [rules: Json, expected: Json][] = [
    [undefined, { style: ON }],
    [{ style: { useConst: "warn" } }, { style: { useConst: "warn", ...ON } }],
    [{ style: { noImplicitBoolean: "off" } }, { style: ON }],
    [{ style: { noImplicitBoolean: "warn" } }, { style: { noImplicitBoolean: "warn" } }],
    [{ style: { noImplicitBoolean: { level: "off", options: {} } } }, {
      style: { noImplicitBoolean: { level: "on", options: {} } },
    }],
    [{ style: "off" }, { style: { recommended: false, ...ON } }],
    [{ style: "error" }, { style: "error" }],
    [{ recommended: false }, { recommended: false, style: ON }],
  ];
  for (const [rules, expected] of cases) {
    const said = rules === undefined ? {} : { linter: { rules } };
    assert.deepEqual(turnOnRules(said, [RULE]), { linter: { rules: expected } });
  }
  assert.deepEqual(turnOnRules({}, ["assist/source/useSortedKeys"]), {
    assist: { actions: { source: { useSortedKeys: "on" } } },
  });
  assert.deepEqual(turnOnRules({ a: 1 }, ["MD013"]), { a: 1 });
});

Deno.test("lint() finds what a rule finds that is turned on", async () => {
  const source = {
    path: "a.jsx",
    language: "javascript" as const,
    text: "f(<a b/>, {b: 1, a: 2});\n",
  };
  const rules = async (turnOn: string[], json?: object) => {
    const config = json &&
      { path: "/p/biome.json", text: JSON.stringify(json), root: "/p", cwd: "/p" };
    const found = await biome.lint(source, { turnOn, config });
    return found.map(({ rule }) => rule).filter((rule) => rule === RULE || /Keys/.test(rule));
  };
  assert.deepEqual(await rules([]), []);
  assert.deepEqual(await rules([RULE]), [RULE]);
  assert.deepEqual(await rules([RULE], { linter: { rules: { style: "off" } } }), [RULE]);
  const override = {
    includes: ["*.jsx"],
    linter: { rules: { style: { noImplicitBoolean: "off" } } },
  };
  assert.deepEqual(await rules([RULE], { overrides: [override] }), []);
  assert.deepEqual(await rules(["assist/source/useSortedKeys"]), ["assist/source/useSortedKeys"]);
  assert.deepEqual(await rules([]), []);
});
