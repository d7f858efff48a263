import assert from "node:assert/strict";
import { loadAsset } from "../../assets/load.ts";
import { createEngines } from "../engines.ts";
import { measureSource } from "./measure_source.ts";

const engines = createEngines(loadAsset);

Deno.test("measureSource() measures JavaScript with Flow's types", async () => {
  const text = `/**
 * @flow
 */
function f(a: ?string, b?: number): void { if (a) {} }
class A { p: string = ""; m(a: Array<string>): void {} }
`;
  const { report } = await measureSource(engines, { language: "javascript", text });
  assert.equal(report.language, "javascript");
  assert.deepEqual(report.notMeasured, []);
  assert.deepEqual(
    report.functions.map(({ name, cyclomatic, parameters }) => [name, cyclomatic, parameters]),
    [
      ["f", 2, 2],
      ["A.m", 1, 1],
    ],
  );
});
