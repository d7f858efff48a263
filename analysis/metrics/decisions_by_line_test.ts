import assert from "node:assert/strict";
import { loadAsset } from "../../assets/load.ts";
import { createEngines } from "../engines.ts";
import type { LanguageId } from "../languages.ts";
import { decisionsByLine } from "./decisions_by_line.ts";
import { measureSource } from "./measure_source.ts";

const engines = createEngines(loadAsset);

const CASES: [LanguageId, string, [number, number][]][] = [
  ["python", "def f(a):\n    if a and a > 1:\n        return [b for b in a if b]\n", [[2, 2], [
    3,
    2,
  ]]],
  ["javascript", "function f(a = 1) {\n  if (a && b || c) {\n  }\n}\n", [[1, 1], [2, 3]]],
  ["go", "package a\nfunc f() {\n\tfor {\n\t}\n}\n", [[3, 1]]],
  ["kotlin", "fun f(a: Int) = when (a) {\n  1 -> 2\n  2 -> 3\n  else -> 4\n}\n", [
    [1, -1],
    [2, 1],
    [3, 1],
    [4, 1],
  ]],
];

for (const [language, text, expected] of CASES) {
  Deno.test(`decisionsByLine() tells where the decisions of ${language} are, as they are counted`, async () => {
    const counts = await decisionsByLine(engines, { language, text });
    assert.deepEqual([...counts].sort(([a], [b]) => a - b), expected);
    const sum = [...counts.values()].reduce((all, count) => all + count, 1);
    const { report } = await measureSource(engines, { language, text });
    assert.equal(report.functions[0]!.cyclomatic, sum);
  });
}
