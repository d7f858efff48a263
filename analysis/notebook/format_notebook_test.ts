import assert from "node:assert/strict";
import fc from "fast-check";
import { loadAsset } from "../../assets/load.ts";
import { createEngines } from "../engines.ts";
import { DEFAULT_SETTINGS } from "../ruff/ruff_settings.ts";
import { formatNotebook } from "./format_notebook.ts";
import { notebookOf, sourcesOf } from "./notebook_fixture.ts";

const ruff = await createEngines(loadAsset).ruff();
const format = (text: string) => formatNotebook(ruff, text, DEFAULT_SETTINGS);

Deno.test("formatNotebook() formats each cell and keeps what is IPython's", () => {
  const table: [string, string][] = [
    ["x=1\n", "x = 1"],
    ["!ls  -la\nx= !pwd\nif x :\n  %cd \\\n   y\n", "!ls  -la\nx = !pwd\nif x:\n    %cd \\\n   y"],
    ["plot( x );", "plot(x);"],
    ["plot( x );  # quiet", "plot(x);  # quiet"],
    ["x: int=1;", "x: int = 1;"],
    ["import os;", "import os"],
    ["x=1; del x;", "x = 1\ndel x"],
    ["imports();", "imports();"],
    ["x = 1; y = x;", "x = 1\ny = x;"],
    ["f( '%x' )\nx?", 'f("%x")\nx?'],
    ["%%html\n<b >", "%%html\n<b >"],
    ["'''a\n%b'''", '"""a\n%b"""'],
    ["", ""],
  ];
  for (const [before, after] of table) {
    assert.deepEqual(sourcesOf(format(notebookOf([before]))), [after]);
  }
});

Deno.test("formatNotebook() changes nothing but sources", () => {
  for (const indent of [0, 1, 4]) {
    const before = notebookOf(["x=1\ny = 2", "# é\nz=3"], { indent });
    const expected = before.replace("x=1", "x = 1").replace("z=3", "z = 3");
    assert.equal(format(before), expected);
  }
  const ascii = notebookOf(["x='\u00e9'"]).replace("\u00e9", "\\u00e9");
  assert.equal(format(ascii), ascii.replace("x='\\u00e9'", 'x = \\"\\u00e9\\"'));
  const text = '{"cells":[{"source":"x=1","cell_type":"code","source":"y=1"}],"x":1e3}';
  assert.equal(format(text), text.replace("y=1", "y = 1"));
});

Deno.test("formatNotebook() says in which cell something does not parse", () => {
  assert.throws(() => format(notebookOf(["x = 1", "def f(:"])), /Cannot format cell 2: .* line 1/);
  assert.throws(() => format("{"), /Cannot format the notebook: line 1/);
});

Deno.test("formatNotebook() formats twice as once, whatever the text", () => {
  const line = fc.constantFrom("x=1", "%a b", "  ", "y = !z", "'%s'", "f(", ")", "#!x", "a?", "\\");
  fc.assert(fc.property(fc.array(line), (lines) => {
    const text = notebookOf([lines.join("\n")]);
    let once = text;
    try {
      once = format(text);
    } catch {
      return; // it does not parse
    }
    assert.equal(format(once), once);
  }));
});
