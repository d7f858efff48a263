import { deepEqual, match, ok } from "node:assert/strict";
import { LANGUAGE_TABLE } from "../analysis/language_table.ts";
import { RecordedOutput } from "../cli/fake_app.ts";
import { renderLanguages } from "./languages.ts";

const rows = [...LANGUAGE_TABLE];

Deno.test("renderLanguages() is a table, but where a terminal has no room for it", () => {
  const table = renderLanguages(rows, new RecordedOutput());
  match(table, /^LANGUAGE +LINTED BY +FORMATTED BY +MEASURED BY +FILES\nPython /);
  const wide = new RecordedOutput({ isTerminal: true, columns: 200 });
  deepEqual(renderLanguages(rows, wide), table);
  for (const columns of [40, 80]) {
    const text = renderLanguages(rows, new RecordedOutput({ isTerminal: true, columns }));
    match(text, /^Python\n {2}linted by Ruff [\d.]+\n {2}formatted by Ruff /);
    match(text, /\nRust\n {2}measured by \S+\s+[\d.]+\n {2}files \.rs\n/);
    ok(text.split("\n").every((line) => line.length <= columns), `${columns} columns`);
  }
});
