import type { Command } from "commander";
import { inWords, LANGUAGE_TABLE, type LanguageRow } from "../analysis/language_table.ts";
import { type Language, LANGUAGES } from "../analysis/languages.ts";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { toJson } from "../cli/sanitize.ts";
import { paletteOf } from "../cli/style.ts";
import { type Column, renderTable } from "../cli/table.ts";

export function define(command: Command, app: App): void {
  command
    .option("--json", "as JSON, with whole names of files and interpreters too")
    .action((flags: { json?: boolean }) => listLanguages(app, flags));
  addExamples(command, [
    ["devmcp languages", "what is linted, formatted and measured, by what"],
    ["devmcp languages --json", "for programs"],
  ]);
}

const COLUMNS: Column<LanguageRow>[] = [
  { title: "LANGUAGE", text: ({ language }) => LANGUAGES[language].title },
  { title: "LINTED BY", text: ({ lint }) => inWords(lint) || "-" },
  { title: "FORMATTED BY", text: ({ format }) => inWords(format) || "-" },
  { title: "MEASURED BY", text: ({ measure }) => inWords(measure) || "-" },
  { title: "FILES", text: ({ language }) => LANGUAGES[language].extensions.join(" ") },
];

function listLanguages({ stdout }: App, { json }: { json?: boolean }): void {
  if (json) {
    const languages = LANGUAGE_TABLE.map(describe);
    return stdout.write(`${toJson({ version: 1, languages }, 2)}\n`);
  }
  const { strong } = paletteOf(stdout);
  const options = { columns: stdout.columns, heading: strong };
  stdout.write(renderTable([...LANGUAGE_TABLE], COLUMNS, options));
}

function describe({ language: id, lint, format, measure }: LanguageRow) {
  const { title, extensions, names = [], interpreters = [] }: Language = LANGUAGES[id];
  return { id, title, extensions, names, interpreters, lint, format, measure };
}
