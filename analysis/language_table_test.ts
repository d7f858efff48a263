import assert from "node:assert/strict";
import { loadAsset } from "../assets/load.ts";
import deno from "../deno.json" with { type: "json" };
import { createEngines } from "./engines.ts";
import { findLanguages, LANGUAGE_TABLE } from "./language_table.ts";

Deno.test("LANGUAGE_TABLE names the engines that are built in, with their versions", async () => {
  const [python] = LANGUAGE_TABLE;
  assert.equal(python!.lint?.version, (await createEngines(loadAsset).ruff()).version);
  const { engine, version } = python!.measure!;
  assert.equal(
    deno.imports[engine as keyof typeof deno.imports],
    `npm:${engine}@${version}`,
  );
});

for (const name of ["python", "Python", "py", ".pyi"]) {
  Deno.test(`findLanguages() finds Python as "${name}"`, () => {
    assert.deepEqual(findLanguages(name).map(({ language }) => language), ["python"]);
  });
}

Deno.test("findLanguages() gives all without a name, and none for one that is not there", () => {
  assert.equal(findLanguages(), LANGUAGE_TABLE);
  for (const name of ["cobol", "", "."]) assert.deepEqual(findLanguages(name), []);
});
