import * as z from "zod";
import type { ToolEntry } from "../tools/mod.ts";
import { defineTool, type Tool, ToolError } from "../tools/tool.ts";

const tool = defineTool({
  name: "count_words",
  title: "Count words",
  summary: "Count the words of a text.",
  effects: "none",
  input: z.object({
    code: z.string().optional().describe("The text"),
    language: z.enum(["en", "de"]).default("en").describe("Its language"),
    max_words: z.int().min(1).max(9).default(9).describe("How many at most"),
    loud: z.boolean().default(false).describe("In capitals"),
  }),
  output: z.object({ words: z.array(z.string()).describe("The words") }),
  run: ({ code, max_words, loud }, { log, progress }) => {
    if (code === undefined) {
      throw new ToolError("Cannot count: `code` is missing", { hint: "give `code`" });
    }
    progress(1, 2);
    log("warning", "counting\x1b[2J");
    log("info", "detail");
    const words = code.split(" ").slice(0, max_words);
    return Promise.resolve({ words: loud ? words.map((word) => word.toUpperCase()) : words });
  },
  render: ({ words }) => `# Words\n\n${words.map((word) => `- **${word}**`).join("\n")}`,
});

/** A tool for tests of the commands that show and run tools. */
export const fakeTool: ToolEntry = {
  name: tool.name,
  title: tool.title,
  summary: tool.summary,
  effects: tool.effects,
  load: () => Promise.resolve(tool as unknown as Tool),
};
