import assert from "node:assert/strict";
import { formatPython, type Formatter, FORMATTERS } from "./format.ts";
import { ruff } from "./ruff/ruff_fixture.ts";
import { DEFAULT_SETTINGS, settingsFrom, withLineLength } from "./ruff/ruff_settings.ts";
import { RUFF_SNIPPETS } from "../oracles/ruff_snippets.ts";

const format = (code: string, formatter: Formatter) =>
  formatPython(ruff, code, formatter, DEFAULT_SETTINGS);

Deno.test("formatPython() with black and ruff formats, and says what ran", () => {
  const code = "x  = 'a'\ny = 1\n";
  assert.deepEqual(format(code, "black"), {
    formatted_code: 'x = "a"\ny = 1\n',
    changes_made: 1,
    formatter_used: `ruff ${ruff.version} (black-compatible)`,
  });
  assert.equal(format(code, "ruff").formatter_used, `ruff ${ruff.version}`);
});

Deno.test("formatPython() with isort sorts imports and touches nothing else", () => {
  const { formatted_code, changes_made } = format(
    "import re, os\nx  = 'a'\nprint( os,re )\n",
    "isort",
  );
  assert.equal(formatted_code, "import os\nimport re\n\nx  = 'a'\nprint( os,re )\n");
  assert.equal(changes_made, 3);
});

Deno.test("formatPython() with isort reads the project's isort options", () => {
  const lint = { select: ["E"], isort: { "force-single-line": true } };
  const settings = settingsFrom(
    [{ options: { lint }, extendPerFileIgnores: [], extendExclude: [] }],
    { source: "ruff.toml", root: "/p", cwd: "/p" },
  );
  const { formatted_code } = formatPython(ruff, "from a import b, c\n", "isort", settings);
  assert.equal(formatted_code, "from a import b\nfrom a import c\n");
});

Deno.test("formatPython() with autopep8 mends white space and keeps the rest", () => {
  const code =
    "import os,re\ndef f( a,b ):  \n    x=a+b #sum\n    s = '''a  \n'''\n    return not a in b;\n\n\n";
  assert.equal(
    format(code, "autopep8").formatted_code,
    "import os, re\n\n\ndef f(a, b):\n    x = a + b  # sum\n    s = '''a  \n'''\n    return not a in b\n",
  );
});

for (const formatter of FORMATTERS) {
  Deno.test(`formatPython() with ${formatter} changes nothing the second time`, () => {
    for (const [name, code] of Object.entries(RUFF_SNIPPETS)) {
      const once = attempt(code, formatter);
      if (once === undefined) continue;
      const again = format(once, formatter);
      assert.equal(again.formatted_code, once, name);
      assert.equal(again.changes_made, 0, name);
    }
  });

  Deno.test(`formatPython() with ${formatter} refuses code that does not parse`, () => {
    assert.throws(() => format("def f(:\n    pass\n", formatter), /line 1, column 7/);
    assert.throws(() => format("[".repeat(20_000), formatter), { name: "ToolError" });
  });

  Deno.test(`formatPython() with ${formatter} keeps line endings and takes an empty file`, () => {
    const { formatted_code } = format("import os\r\nx  = os\r\n", formatter);
    assert.doesNotMatch(formatted_code, /(?<!\r)\n/);
    assert.deepEqual([format("", formatter).formatted_code, format("", formatter).changes_made], [
      "",
      0,
    ]);
  });
}

function attempt(code: string, formatter: Formatter): string | undefined {
  try {
    return format(code, formatter).formatted_code;
  } catch {
    return undefined; // a snippet that does not parse
  }
}

Deno.test("withLineLength() sets where the formatter breaks lines", () => {
  const code = "call(argument_one, argument_two)\n";
  const short = formatPython(ruff, code, "black", withLineLength(DEFAULT_SETTINGS, 20));
  assert.equal(short.formatted_code, "call(\n    argument_one,\n    argument_two,\n)\n");
  assert.equal(short.changes_made, 4);
});
