import assert from "node:assert/strict";
import { loadAsset } from "../assets/load.ts";
import deno from "../deno.json" with { type: "json" };
import type { Engine, EngineEntry } from "./engine.ts";
import { createEngines } from "./engines.ts";
import { FORMATTERS } from "./formatters.ts";
import { findLanguages, LANGUAGE_TABLE } from "./language_table.ts";
import { LINTERS } from "./linters.ts";
import { METERS } from "./metrics/meters.ts";

const engines = createEngines(loadAsset);

Deno.test("LANGUAGE_TABLE names the engines that are built in, with their versions", async () => {
  const [python] = findLanguages("python");
  assert.deepEqual(python!.lint, [{ engine: "Ruff", version: (await engines.ruff()).version }]);
  const { engine, version } = python!.measure[0]!;
  assert.equal(
    deno.imports[engine as keyof typeof deno.imports],
    `npm:${engine}@${version}`,
  );
  assert.deepEqual(findLanguages("pyi")[0]!.format, []);
});

Deno.test("LANGUAGE_TABLE gives a version to the package that it is of", () => {
  for (const [language, name] of [["go", "@wasm-fmt/gofmt"], ["shell", "@wasm-fmt/shfmt"]]) {
    const [{ lint, format } = {}] = findLanguages(language);
    const version = deno.imports[name as keyof typeof deno.imports].split("@").at(-1);
    assert.deepEqual([lint, format], [[{ engine: name, version }], [{ engine: name, version }]]);
  }
});

const entries = [LINTERS, FORMATTERS, METERS].flatMap((table) => Object.values(table).flat());
for (const entry of new Set<EngineEntry<Engine>>(entries)) {
  Deno.test(`${entry.name} is told by its name and version before it is loaded`, async () => {
    const { name, version } = await engines.engine(entry);
    assert.deepEqual({ name, version }, { name: entry.name, version: entry.version });
  });
}

for (const name of ["python", "Python", "py", ".pyw"]) {
  Deno.test(`findLanguages() finds Python as "${name}"`, () => {
    assert.deepEqual(findLanguages(name).map(({ language }) => language), ["python"]);
  });
}

Deno.test("findLanguages() gives all without a name, and none for one that is not there", () => {
  assert.equal(findLanguages(), LANGUAGE_TABLE);
  for (const name of ["cobol", "", "."]) assert.deepEqual(findLanguages(name), []);
});
