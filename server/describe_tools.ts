import type { Tool as McpTool, ToolAnnotations } from "@modelcontextprotocol/server";
import type { ToolEntry } from "../tools/mod.ts";
import type { Effects } from "../tools/tool.ts";
import type { ToolSchemas } from "../tools/tool_schemas.ts";
import { toolIcons } from "./icons.ts";

/** What each effect means to a host that decides whether to ask the person first. */
const READS_ONLY: Record<Effects, boolean> = {
  none: true,
  model: true,
  reads: true,
  writes: false,
  runs: false,
};

/** A tool's annotations. Only a model may run beyond this machine. */
export function annotationsFor(
  { effects, title, asksModel }: Pick<ToolEntry, "effects" | "title" | "asksModel">,
): ToolAnnotations {
  const readsOnly = READS_ONLY[effects];
  return {
    title,
    readOnlyHint: readsOnly,
    destructiveHint: !readsOnly,
    idempotentHint: readsOnly,
    openWorldHint: asksModel !== undefined,
  };
}

/** What devmcp's own client reads of its own server, beside what every host reads. */
export const OWN_META = { effects: "devmcp/effects", asksModel: "devmcp/asksModel" } as const;

/** The tools as `tools/list` gives them, in the order of `entries`. */
export function describeTools(
  entries: ToolEntry[],
  schemas: Record<string, ToolSchemas>,
): McpTool[] {
  return entries.map((entry) => ({
    name: entry.name,
    title: entry.title,
    description: entry.summary,
    inputSchema: schemas[entry.name]!.input as McpTool["inputSchema"],
    outputSchema: schemas[entry.name]!.output as McpTool["outputSchema"],
    annotations: annotationsFor(entry),
    icons: toolIcons(entry.effects),
    _meta: {
      [OWN_META.effects]: entry.effects,
      ...entry.asksModel && { [OWN_META.asksModel]: entry.asksModel },
    },
  }));
}
