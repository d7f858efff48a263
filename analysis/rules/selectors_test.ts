import assert from "node:assert/strict";
import { codeOfName, covers, knownRules, nearestSelectors, selectorProblem } from "./selectors.ts";

const COVERED: [selector: string, code: string, covered: boolean][] = [
  ["ALL", "F401", true],
  ["F", "F401", true],
  ["F", "FURB105", false],
  ["F4", "F401", true],
  ["F401", "F401", true],
  ["F401", "F402", false],
  ["E", "ERA001", false],
  ["S", "SIM102", false],
  ["D", "DTZ003", false],
  ["PL", "PLE0100", true],
  ["PL", "PLW0120", true],
  ["PLE", "PLW0120", false],
  ["C", "C901", true],
  ["C", "C400", true],
  ["C", "COM812", false],
  ["C4", "C901", false],
  ["T", "T201", true],
  ["T", "TD001", false],
  ["TCH001", "TC001", true],
  ["PGH001", "S307", true],
  ["B", "B03", true],
  ["F", "unused-import", false],
];

for (const [selector, code, covered] of COVERED) {
  Deno.test(`covers() says ${covered} to ${selector} and ${code}`, () => {
    assert.equal(covers(selector, code), covered);
  });
}

Deno.test("knownRules() has every rule of Ruff once", () => {
  const codes = knownRules().map(({ code }) => code);
  assert.equal(codes.length, 973);
  assert.equal(new Set(codes).size, 973);
});

Deno.test("selectorProblem() takes what Ruff takes and says what is wrong with the rest", () => {
  for (const good of ["ALL", "F", "PL", "C", "E9", "F401", "TCH", "UP", "SIM9"]) {
    assert.equal(selectorProblem(good), undefined, good);
  }
  for (const bad of ["", "f401", "F4O1", "XYZ", "unused-import", "F401 "]) {
    assert.match(selectorProblem(bad)!, /is not a rule/, bad);
  }
  assert.match(selectorProblem("ANN101")!, /was removed/);
});

Deno.test("nearestSelectors() finds what was meant", () => {
  assert.equal(nearestSelectors("f401")[0], "F401");
  assert.equal(nearestSelectors("F4O1")[0], "F401");
  assert.equal(nearestSelectors("unused-imports")[0], "F401");
  assert.deepEqual(nearestSelectors("qqqqqqqqqqqq"), []);
});

Deno.test("codeOfName() turns a name into its code", () => {
  assert.equal(codeOfName("unused-import"), "F401");
  assert.equal(codeOfName("no-such-rule"), undefined);
});

Deno.test("covers() knows no family that is a name of Object.prototype", () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    assert.equal(covers(name, "F401"), false);
    assert.notEqual(selectorProblem(name), undefined);
  }
});
