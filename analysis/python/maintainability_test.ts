import assert from "node:assert/strict";
import { rankCyclomatic } from "./cyclomatic.ts";
import { maintainabilityIndex, rankMaintainability } from "./maintainability.ts";

const input = { volume: 100, cyclomatic: 5, lloc: 20, sloc: 25, comments: 5 };

Deno.test("maintainabilityIndex() stays between 0 and 100", () => {
  assert.equal(maintainabilityIndex({ ...input, volume: 0 }), 100);
  assert.equal(maintainabilityIndex({ ...input, lloc: 0 }), 100);
  assert.equal(maintainabilityIndex({ ...input, cyclomatic: 10_000 }), 0);
  assert.ok(maintainabilityIndex({ ...input, sloc: 0 }) > 0);
});

Deno.test("maintainabilityIndex() follows the formula", () => {
  const bonus = 50 * Math.sin(Math.sqrt(2.46 * 20 * Math.PI / 180));
  const expected = 171 - 5.2 * Math.log(100) - 0.23 * 5 - 16.2 * Math.log(20) + bonus;
  assert.equal(maintainabilityIndex(input), expected * 100 / 171);
});

Deno.test("rankMaintainability() and rankCyclomatic() have radon's borders", () => {
  assert.equal([19.01, 19, 9.01, 9, 0].map(rankMaintainability).join(""), "ABBCC");
  const borders = [1, 5, 6, 10, 11, 20, 21, 30, 31, 40, 41, 1000];
  assert.equal(borders.map(rankCyclomatic).join(""), "AABBCCDDEEFF");
});
