import * as z from "zod";
import { formatPython, FORMATTERS } from "../analysis/format.ts";
import { formatSource } from "../analysis/format_source.ts";
import { findLanguages, inWords } from "../analysis/language_table.ts";
import { countChangedLines } from "../analysis/text/line_diff.ts";
import { withLineLength } from "../analysis/ruff/ruff_settings.ts";
import { codeInput, readCode } from "./code_input.ts";
import { formatSettings } from "./engine_settings.ts";
import { fenced } from "../config/fenced.ts";
import { defineTool } from "./tool.ts";

export const tool = defineTool({
  name: "format_code",
  title: "Format code",
  summary: "Format code: Python (or only sort its imports, or mend its white space), notebooks, " +
    "JavaScript, TypeScript, JSON, CSS, Go, shell, C, C++ and more; list_languages tells all.",
  effects: "reads",
  input: z.object({
    ...codeInput("format"),
    formatter: z.enum(FORMATTERS).default("black").describe(
      "Of Python: black or ruff (Ruff's black-compatible formatter), isort (sort imports only) or autopep8 " +
        "(white space and single lines only)",
    ),
    line_length: z.int().min(1).max(320).default(100).describe(
      "Longest line of Python, in columns; others have their own configuration files",
    ),
  }),
  output: z.object({
    formatted_code: z.string().describe("The formatted code"),
    changes_made: z.int().describe("Lines that were changed, added or removed"),
    formatter_used: z.string().describe("The engine that really ran"),
  }),
  run: async ({ formatter, line_length, ...input }, ctx) => {
    const source = await readCode(input, "format", ctx);
    const { file, language, text } = source;
    const settings = await formatSettings(ctx.workspace, file, language);
    ctx.progress(0, 1, "Formatting");
    const ruff = settings.ruff && withLineLength(settings.ruff, line_length);
    if (ruff && language === "python") {
      return formatPython(await ctx.engines.ruff(), text, formatter, ruff);
    }
    const formatted = await formatSource(ctx.engines, source, { ...settings, ruff });
    return {
      formatted_code: formatted,
      changes_made: countChangedLines(text, formatted),
      formatter_used: inWords(findLanguages(language)[0]!.format),
    };
  },
  render: ({ formatted_code }, { language }) =>
    fenced(formatted_code, language === "auto" ? "" : language),
});
