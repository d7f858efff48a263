import assert from "node:assert/strict";
import { loadAsset } from "../../assets/load.ts";
import type { LoadBytes } from "../engine.ts";
import type { LanguageId } from "../languages.ts";
import { METERS } from "./meters.ts";
import { createMeter } from "./create_meter.ts";

for (const [language, entry] of Object.entries(METERS)) {
  Deno.test(`METERS has a table for ${language} that fits its grammar`, async () => {
    const meter = await entry.load(loadAsset as LoadBytes);
    assert.deepEqual([meter.name, meter.version], [entry.name, entry.version]);
    const { report, errors } = meter.measure("");
    assert.deepEqual([report.language, report.functions, errors], [language, [], []]);
  });
}

Deno.test("createMeter() refuses names that the grammar does not have", async () => {
  const [core, go] = await Promise.all(
    (["tree-sitter.wasm", "tree-sitter-go.wasm"] as const).map(loadAsset),
  );
  const about = { name: "go", version: "1", language: "ruby" as LanguageId };
  await assert.rejects(createMeter(about, core!, go!), /Cannot find in the grammar: method/);
});
