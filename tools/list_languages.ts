import * as z from "zod";
import {
  findLanguages,
  inWords,
  LANGUAGE_TABLE,
  type LanguageRow,
} from "../analysis/language_table.ts";
import { LANGUAGES } from "../analysis/languages.ts";
import { defineTool, ToolError } from "./tool.ts";

const engine = (what: string) =>
  z.string().optional().describe(`Engine and version that ${what} it; absent: it is not done`);

export const tool = defineTool({
  name: "list_languages",
  title: "List languages",
  summary:
    "Tell which languages devmcp lints, formats and measures, and by which engine and version.",
  effects: "none",
  input: z.object({
    language: z.string().max(100).optional().describe(
      "Only this one: its name, or an ending of its files (default: all)",
    ),
  }),
  output: z.object({
    languages: z.array(z.object({
      language: z.string().describe("Its name"),
      extensions: z.array(z.string()).describe("Endings of its files"),
      lint: engine("lints"),
      format: engine("formats"),
      measure: engine("measures"),
    })).describe("The languages"),
  }),
  instant: ({ language }) => {
    const rows = findLanguages(language);
    if (rows.length === 0) throw nothingFor(language!);
    return { languages: rows.map(describeLanguage) };
  },
  render: ({ languages }) =>
    [
      "| language | files | lint | format | measure |",
      "| --- | --- | --- | --- | --- |",
      ...languages.map(({ language, extensions, lint = "", format = "", measure = "" }) =>
        `| ${language} | ${extensions.join(" ")} | ${lint} | ${format} | ${measure} |`
      ),
    ].join("\n"),
});

function describeLanguage({ language, lint, format, measure }: LanguageRow) {
  const { title, extensions } = LANGUAGES[language];
  return {
    language: title,
    extensions: [...extensions],
    ...lint.length > 0 && { lint: inWords(lint) },
    ...format.length > 0 && { format: inWords(format) },
    ...measure.length > 0 && { measure: inWords(measure) },
  };
}

function nothingFor(language: string): ToolError {
  const known = LANGUAGE_TABLE.map(({ language }) => LANGUAGES[language].title).join(", ");
  return new ToolError(`Cannot list ${JSON.stringify(language)}: devmcp does nothing for it`, {
    hint: `there is ${known}`,
  });
}
