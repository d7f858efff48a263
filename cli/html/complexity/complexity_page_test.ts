import assert from "node:assert/strict";
import type { ComplexityReport, FunctionComplexity } from "../../../analysis/complexity.ts";
import { DEFAULT_LIMITS } from "../../../analysis/metrics/complexity_limits.ts";
import { rankCyclomatic } from "../../../analysis/python/cyclomatic.ts";
import { type ComplexityPage, renderComplexityPage } from "./complexity_page.ts";
import { createPageTally } from "./page_tally.ts";

const EVIL = "</script><script>alert(1)</script>\u202e";

function functionOf(name: string, cyclomatic: number): FunctionComplexity {
  return {
    name,
    line: 1,
    endLine: 3,
    column: 1,
    cyclomatic,
    rank: rankCyclomatic(cyclomatic),
    cognitive: 1234,
    length: 3,
    parameters: 0,
    nesting: 0,
    kind: "function",
  };
}

function reportOf(functions: FunctionComplexity[], lines = 10): ComplexityReport {
  const cyclomatic = functions.reduce((sum, one) => sum + one.cyclomatic, 0);
  return {
    language: "go",
    lines,
    cyclomatic,
    cognitive: 0,
    raw: null,
    halstead: null,
    maintainabilityIndex: null,
    maintainabilityRank: null,
    functions,
    classes: [],
    notMeasured: [],
  };
}

function pageOf(
  files: [string, ComplexityReport][],
  more: Partial<ComplexityPage> = {},
): string {
  const tally = createPageTally(DEFAULT_LIMITS);
  for (const [path, report] of files) tally.add(path, report);
  tally.problem(EVIL, EVIL);
  return renderComplexityPage({
    subject: "x",
    tally: tally.result(),
    worst: [],
    version: "1",
    ...more,
  });
}

Deno.test("renderComplexityPage() writes names and source as text, wherever they stand", () => {
  const one = functionOf(EVIL, 12);
  const text = pageOf([[`a/${EVIL}`, reportOf([one])]], {
    subject: EVIL,
    note: EVIL,
    worst: [{ one: { ...one, path: EVIL }, lines: [EVIL], decisions: new Map([[1, 2]]) }],
  });
  // Its own and that of the map's data.
  assert.equal(text.match(/<script/g)!.length, 2);
  assert.doesNotMatch(text, /alert\(1\)<\/script>|\u202e/);
  assert.match(text, /data-n="1" data-d="\+2">&lt;\/script&gt;/);
});

Deno.test("renderComplexityPage() counts the lines of a notebook's function in its cell", () => {
  const one = {
    ...functionOf("f", 2),
    line: 40,
    endLine: 41,
    cell: 3,
    cellLine: 2,
    path: "a.ipynb",
  };
  const lines = ["def f(a):", "    if a: pass"];
  const text = pageOf([["a.ipynb", reportOf([one])]], {
    worst: [{ one, lines, decisions: new Map([[41, 1]]) }],
  });
  assert.match(text, />a\.ipynb:cell 3:2</);
  assert.match(text, /data-n="2">def f\(a\):<[^]*data-n="3" data-d="\+1"> {4}if a/);
});

Deno.test("renderComplexityPage() tells figures, grade, what is above its limit and what is left out", () => {
  const functions = [functionOf("worst", 1500), ...Array(600).fill(functionOf("f", 2))];
  const text = pageOf([["src/a.go", reportOf(functions, 4000)], ["b.go", reportOf([])]]);
  assert.match(text, /<dt>Lines<\/dt><dd>4,010<\/dd>/);
  assert.match(text, /aria-label="Grade D"/);
  assert.match(text, /<span class="over">1,500<\/span>/);
  assert.match(text, /cyclomatic complexity<\/th><td class="n">10<\/td>[^]*?<span class="over">1</);
  assert.match(text, /The first 500 of 601 functions; devmcp complexity --format csv/);
  assert.match(text, /b\.go<\/td><td class="n">–<\/td>/);
});

Deno.test("renderComplexityPage() of nothing says so", () => {
  assert.match(pageOf([]), /Nothing was measured/);
});

Deno.test("renderComplexityPage() stays below 2 MB, whatever is measured", () => {
  const name = "name_".repeat(8);
  const files = (count: number) =>
    Array.from({ length: count }, (_, i): [string, ComplexityReport] => [
      `src/${i % 50}/${i % 7}/${name}${i}.go`,
      reportOf([functionOf(`${name}.${name}`, i % 60)], i % 900),
    ]);
  for (const count of [2000, 20_000]) {
    const text = pageOf(files(count));
    assert.ok(text.length < 1_300_000, `${count}: ${text.length}`);
    assert.equal(text.includes('"rest":true'), count > 3000);
  }
});
