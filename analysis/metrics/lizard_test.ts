import assert from "node:assert/strict";
import sample from "../../oracles/recorded/lizard_sample.json" with { type: "json" };
import type { LanguageId } from "../languages.ts";
import { loadMeter } from "./meter_fixture.ts";

for (const { language, source, functions } of sample) {
  Deno.test(`measure() counts ${language} as lizard does`, async () => {
    const { report } = (await loadMeter(language as LanguageId)).measure(source);
    const ours = report.functions.map((one) => ({
      name: one.name.split(/::|\./).at(-1),
      line: one.line,
      end: one.endLine,
      cyclomatic: one.cyclomatic,
      parameters: one.parameters,
    }));
    const theirs = functions.map(({ name, ...figures }) => ({
      name: name.split(/::|\./).at(-1)!.replace(/^anonymous__\d+$/, "(anonymous)"),
      ...figures,
    }));
    const byLine = (a: { line: number }, b: { line: number }) => a.line - b.line;
    assert.deepEqual(ours.sort(byLine), theirs.sort(byLine));
  });
}
