import type { Command } from "commander";
import { inWords, LANGUAGE_TABLE, type LanguageRow } from "../analysis/language_table.ts";
import { type Language, LANGUAGES } from "../analysis/languages.ts";
import type { App, Output } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { wrap } from "../cli/help.ts";
import { toJson } from "../cli/sanitize.ts";
import { type Paint, paletteOf } from "../cli/style.ts";
import { type Column, renderTable, tableWidth } from "../cli/table.ts";

export function define(command: Command, app: App): void {
  command
    .option("--json", "as JSON, with whole names of files and interpreters too")
    .action((flags: { json?: boolean }) => listLanguages(app, flags));
  addExamples(command, [
    ["devmcp languages", "what is linted, formatted and measured, by what"],
    ["devmcp languages --json", "for programs"],
  ]);
}

const NONE = "-";

const COLUMNS: Column<LanguageRow>[] = [
  { title: "LANGUAGE", text: ({ language }) => LANGUAGES[language].title },
  { title: "LINTED BY", text: ({ lint }) => inWords(lint) || NONE },
  { title: "FORMATTED BY", text: ({ format }) => inWords(format) || NONE },
  { title: "MEASURED BY", text: ({ measure }) => inWords(measure) || NONE },
  { title: "FILES", text: ({ language }) => LANGUAGES[language].extensions.join(" ") },
];

function listLanguages({ stdout }: App, { json }: { json?: boolean }): void {
  if (json) {
    const languages = LANGUAGE_TABLE.map(describe);
    return stdout.write(`${toJson({ version: 1, languages }, 2)}\n`);
  }
  stdout.write(renderLanguages([...LANGUAGE_TABLE], stdout));
}

/** A table, or, where a terminal has no room for it, what is known below each name. */
export function renderLanguages(rows: LanguageRow[], output: Output): string {
  const { strong } = paletteOf(output);
  if (!output.isTerminal || tableWidth(rows, COLUMNS) <= output.columns) {
    return renderTable(rows, COLUMNS, { columns: output.columns, heading: strong });
  }
  return rows.map((row) => renderStacked(row, output.columns, strong)).join("\n");
}

function renderStacked(row: LanguageRow, columns: number, heading: Paint): string {
  const [name, ...facts] = COLUMNS;
  const lines = facts.map((fact) => [fact.title.toLowerCase(), fact.text(row)] as const)
    .filter(([, text]) => text !== NONE)
    .map(([title, text]) => wrap(`${title} ${text}`, columns - 4).join("\n    "));
  return [heading(name!.text(row)), ...lines.map((line) => `  ${line}`)].join("\n") + "\n";
}

function describe({ language: id, lint, format, measure }: LanguageRow) {
  const { title, extensions, names = [], interpreters = [] }: Language = LANGUAGES[id];
  return { id, title, extensions, names, interpreters, lint, format, measure };
}
