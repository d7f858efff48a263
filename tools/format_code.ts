import * as z from "zod";
import { formatPython, FORMATTERS } from "../analysis/format.ts";
import { withLineLength } from "../analysis/ruff_settings.ts";
import { codeInput, readCode } from "./code_input.ts";
import { fenced } from "../config/fenced.ts";
import { defineTool } from "./tool.ts";

export const tool = defineTool({
  name: "format_code",
  title: "Format code",
  summary: "Format Python code, sort its imports, or mend its white space only.",
  effects: "reads",
  input: z.object({
    ...codeInput,
    formatter: z.enum(FORMATTERS).default("black").describe(
      "black or ruff (Ruff's black-compatible formatter), isort (sort imports only) or autopep8 " +
        "(white space and single lines only)",
    ),
    line_length: z.int().min(1).max(320).default(100).describe("Longest line, in columns"),
  }),
  output: z.object({
    formatted_code: z.string().describe("The formatted code"),
    changes_made: z.int().describe("Lines that were changed, added or removed"),
    formatter_used: z.string().describe("The engine that really ran"),
  }),
  run: async ({ formatter, line_length, ...input }, ctx) => {
    const { text, settings } = await readCode(input, ctx);
    ctx.progress(0, 1, "Formatting");
    const ruff = await ctx.engines.ruff();
    return formatPython(ruff, text, formatter, withLineLength(settings, line_length));
  },
  render: ({ formatted_code }) => fenced(formatted_code, "python"),
});
