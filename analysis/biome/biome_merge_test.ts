import assert from "node:assert/strict";
import { type Json, mergeConfigs } from "./biome_merge.ts";

Deno.test("mergeConfigs() joins as Biome does", () => {
  const cases: [base: Json, over: Json, expected: Json][] = [
    [{ a: 1, b: { c: 1 } }, { b: { d: 2 } }, { a: 1, b: { c: 1, d: 2 } }],
    [{ a: [1] }, { a: [2] }, { a: [1, 2] }],
    [{ a: "off" }, { a: { b: 1 } }, { a: { b: 1 } }],
    [{ a: { level: "error", options: { b: 1 } } }, { a: "warn" }, {
      a: { level: "warn", options: { b: 1 } },
    }],
    [{ a: { level: "error", options: { b: 1 } } }, { a: { level: "off", options: { c: 2 } } }, {
      a: { level: "off", options: { c: 2 } },
    }],
    [{ a: 1 }, undefined, { a: 1 }],
    [{ a: 1 }, { a: null }, { a: 1 }],
  ];
  for (const [base, over, expected] of cases) assert.deepEqual(mergeConfigs(base, over), expected);
});
