import assert from "node:assert/strict";
import { loadAsset } from "../../assets/load.ts";
import { createEngines } from "../engines.ts";
import { inspectNotebook } from "./inspect_notebook.ts";
import { notebookOf } from "./notebook_fixture.ts";

const engines = createEngines(loadAsset);

async function find(text: string): Promise<string[]> {
  const { issues } = await inspectNotebook(engines, { path: "a.ipynb", text });
  return issues.map(({ cell, line, column, rule }) => `${cell ?? ""}:${line}:${column} ${rule}`);
}

Deno.test("inspectNotebook() takes cells for one module, and gives places within a cell", async () => {
  assert.deepEqual(await find(notebookOf(["import os\nimport re", "os.getcwd()", "nothing"])), [
    "1:2:8 F401",
    "3:1:1 F821",
  ]);
});

Deno.test("inspectNotebook() knows what is right in a notebook only", async () => {
  const sources = [
    "%matplotlib inline\nimport json",
    "x = !ls\nimport re\njson, re, x",
    "await x\ndisplay(x)\nx == 1",
    "%%bash\nls |",
    "if x:\n    %cd \\\n      folder\n",
    "?x",
    "pip install y",
  ];
  assert.deepEqual(await find(notebookOf(sources)), ["2:2:1 E402"]);
});

Deno.test("inspectNotebook() tells of what is no notebook, and says nothing of other languages", async () => {
  assert.deepEqual(await find("{"), [":1:2 syntax-error"]);
  assert.deepEqual(await find("[]"), [":1:1 syntax-error"]);
  const other = JSON.parse(notebookOf(["x <- 1"]));
  other.metadata = { language_info: { name: "R" } };
  assert.deepEqual(await find(JSON.stringify(other)), []);
  assert.equal((await find(notebookOf(["x = 1", "def f(:"])))[0], "2:1:7 syntax-error");
});

Deno.test("inspectNotebook() gives excerpts by cell, and the line of the file", async () => {
  const text = notebookOf(["x = 1\n", "\nimport re\ny = x"]);
  const { issues, excerpts } = await inspectNotebook(engines, { path: "a.ipynb", text });
  const lines = text.split("\n");
  assert.equal(excerpts["2:2"], "import re");
  assert.equal(lines[issues[0]!.fileLine! - 1]?.trim(), '"import re\\n",');
});

Deno.test("inspectNotebook() does not tell what a comment in a cell silences", async () => {
  const text = notebookOf([
    "import re  # devmcp: ignore[F401]",
    "import os\n# devmcp: ignore[F]\ny=1",
  ]);
  const { issues, suppressed } = await inspectNotebook(engines, { path: "a.ipynb", text });
  const told = issues.map(({ rule, cell, line, fileLine }) => [rule, cell, line, fileLine! > 1]);
  assert.deepEqual(suppressed?.map(({ rule, cell }) => [rule, cell]), [["F401", 1]]);
  assert.deepEqual(told.filter(([rule]) => rule !== "E225"), [
    ["F401", 2, 1, true],
    ["devmcp/unused-ignore", 2, 2, true],
  ]);
});

Deno.test("inspectNotebook() tells of cells and functions that are too complex, as it is configured", async () => {
  const text = notebookOf([
    "x = 1\n",
    "if x and x > 1:\n    x = 2\n",
    "def f(a):\n    if a:\n        if a > 1:\n            return a\n",
  ]);
  const limits = { cyclomatic: 2, cognitive: 2, nesting: 1, parameters: 0, length: 1 };
  const { issues, functions } = await inspectNotebook(
    engines,
    { path: "a.ipynb", text },
    undefined,
    limits,
  );
  const own = issues.filter(({ rule }) => rule.startsWith("devmcp/"));
  assert.deepEqual(own.map(({ cell, line, rule }) => `${cell}:${line} ${rule}`), [
    "2:1 devmcp/cyclomatic-complexity",
    "3:1 devmcp/cognitive-complexity",
    "3:1 devmcp/nesting",
    "3:1 devmcp/function-length",
  ]);
  assert.deepEqual(functions?.map(({ name }) => name), ["cell 2", "f"]);
});
