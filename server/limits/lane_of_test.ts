import assert from "node:assert/strict";
import { laneOf } from "./lane_of.ts";

const always = { asksModel: "always" } as const;
const optionally = { asksModel: "optionally" } as const;
const much = "x".repeat(100_001);

const table: [string, Parameters<typeof laneOf>, ReturnType<typeof laneOf>][] = [
  ["an unknown tool", [undefined, {}], "quick"],
  ["no arguments", [{}], "quick"],
  ["a little text", [{}, { code: "x = 1", names: ["a"], deep: 3 }], "quick"],
  ["a model that is always asked", [always, { model: "off" }], "long"],
  ["a model that may be asked", [optionally, { code: "" }], "long"],
  ["a model that is not to be asked", [optionally, { model: "off" }], "quick"],
  ["much text, without a model", [optionally, { model: "off", code: much }], "long"],
  ["much text", [{}, { code: much }], "long"],
  ["much text in a list", [{}, { names: [much, "a"] }], "long"],
];

for (const [what, args, lane] of table) {
  Deno.test(`laneOf() finds ${what} ${lane}`, () => assert.equal(laneOf(...args), lane));
}
