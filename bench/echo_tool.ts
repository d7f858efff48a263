import * as z from "zod";
import type { ToolEntry } from "../tools/mod.ts";
import { defineTool, type Tool } from "../tools/tool.ts";
import { toolSchemas } from "../tools/tool_schemas.ts";

const tool = defineTool({
  name: "echo",
  title: "Echo",
  summary: "Echo a text.",
  effects: "none",
  input: z.object({ text: z.string().max(1000).describe("Text to echo") }),
  output: z.object({ text: z.string().describe("The same") }),
  instant: ({ text }) => ({ text }),
  render: ({ text }) => text,
}) as unknown as Tool;

/** The same trivial tool as the SDK's minimal server has, as one of ours. */
export const echo: ToolEntry = {
  name: tool.name,
  title: tool.title,
  summary: tool.summary,
  effects: tool.effects,
  instant: true,
  load: () => Promise.resolve(tool),
};

/** What `deno task gen` would write for it. */
export const echoSchemas = toolSchemas(tool);
