import assert from "node:assert/strict";
import { loadAsset } from "../../assets/load.ts";
import { createEngines } from "../engines.ts";
import { decisionsByLine } from "../metrics/decisions_by_line.ts";
import { measureSource } from "../metrics/measure_source.ts";
import { notebookOf } from "./notebook_fixture.ts";

const engines = createEngines(loadAsset);
const TEXT = notebookOf([
  "%matplotlib inline\nimport os",
  "x = 1\nfor a in x:\n    if a and x: pass\n",
  "def f(a):\n    if a: return 1\nclass B:\n    def g(self): return [c for c in self if c]",
  "%%bash\nif x\n",
  "if x:\n    def h(): pass\n",
]);

Deno.test("measureNotebook() tells of functions and of cells that decide, by cell and line of the file", async () => {
  const { report } = await measureSource(engines, { language: "notebook", text: TEXT });
  assert.deepEqual([report.language, report.notMeasured], ["notebook", []]);
  assert.deepEqual(
    report.functions.map((one) => [
      one.name,
      one.kind,
      one.cell,
      one.cellLine,
      one.cyclomatic,
      one.cognitive,
      one.nesting,
    ]),
    [
      ["cell 2", "cell", 2, 1, 4, 4, 2],
      ["f", "function", 3, 1, 2, 1, 1],
      ["B.g", "method", 3, 4, 3, 0, 0],
      ["cell 5", "cell", 5, 1, 2, 1, 1],
      ["h", "function", 5, 2, 1, 0, 0],
    ],
  );
  assert.equal(report.functions[0]!.length, 3, "the end of the last line begins no other");
  const lines = TEXT.split("\n");
  for (const { name, kind, line } of report.functions) {
    if (kind !== "cell") {
      assert.match(lines[line - 1]!, new RegExp(`def ${name.split(".").at(-1)}`));
    }
  }
});

Deno.test("measureNotebook() says in which cell it cannot go on", async () => {
  const text = notebookOf(["x = 1\n", "y = 2\ndef f(:\n"]);
  const { report } = await measureSource(engines, { language: "notebook", text });
  assert.match(report.notMeasured[0]!, /syntax error at cell 2, line 2/);
});

Deno.test("measureNotebook() refuses what is no notebook", async () => {
  await assert.rejects(
    measureSource(engines, { language: "notebook", text: "{" }),
    /no valid JSON/,
  );
});

Deno.test("decisionsByLine() tells the lines of a notebook's file", async () => {
  const counts = await decisionsByLine(engines, { language: "notebook", text: TEXT });
  const lines = TEXT.split("\n");
  assert.deepEqual(
    [...counts].map(([line, count]) => [lines[line - 1]!.trim().slice(1, 7), count]),
    [
      ["for a ", 1],
      ["    if", 2],
      ["    if", 1],
      ["    de", 2],
      ["if x:\\", 1],
    ],
  );
});
