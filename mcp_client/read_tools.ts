import type { Tool } from "@modelcontextprotocol/client";
import type { ToolInfo } from "../agent/execute/toolbox.ts";
import { canonicalJson } from "../config/canonical_json.ts";
import { hashOf } from "../config/hash_of.ts";
import { oneLine } from "../config/one_line.ts";

/** A tool of a server, as far as it can be used. */
export interface ServerTool {
  /** As the server calls it. */
  name: string;
  info: ToolInfo;
  /** Of its description and schemas as the server gives them. */
  hash: string;
  /** For the SDK, which must not judge results: what does not fit is shown all the same. */
  definition: Tool;
}

/** Tools of a server at most. */
export const MAX_TOOLS = 1000;
const NAME = /^[A-Za-z0-9_.\/-]{1,128}$/;
const MAX_DESCRIPTION = 4000;
const MAX_SCHEMA = 64 * 1024;
const HASH_DIGITS = 32;

/**
 * Takes a server's tools as hostile data: names are names, texts and schemas bounded, the first of each
 * name counts.
 *
 * @param toInfo completes what is known of a tool
 * @returns those that can be used, and the names of those that cannot
 */
export function readTools(
  listed: Tool[],
  toInfo: (tool: Tool) => Pick<ToolInfo, "name" | "server" | "effect" | "needsModel">,
): { tools: ServerTool[]; leftOut: string[] } {
  const tools = new Map<string, ServerTool>();
  const leftOut: string[] = [];
  for (const tool of listed) {
    const isUsable = NAME.test(tool.name) && !tools.has(tool.name) && isSmall(tool.inputSchema);
    if (isUsable) tools.set(tool.name, readTool(tool, toInfo));
    else leftOut.push(oneLine(tool.name, 60));
  }
  return { tools: [...tools.values()], leftOut };
}

function readTool(
  tool: Tool,
  toInfo: (tool: Tool) => Pick<ToolInfo, "name" | "server" | "effect" | "needsModel">,
): ServerTool {
  const { name, inputSchema, outputSchema, description = "" } = tool;
  return {
    name,
    hash: hashTool(tool),
    definition: { name, inputSchema },
    info: {
      ...toInfo(tool),
      title: oneLine(titleOf(tool), 120),
      description: description.slice(0, MAX_DESCRIPTION),
      inputSchema,
      ...outputSchema && isSmall(outputSchema) && { outputSchema },
    },
  };
}

function titleOf({ title, annotations, name }: Tool): string {
  return title || annotations?.title || name;
}

/** A schema that nests too deep cannot be written either. */
function isSmall(schema: unknown): boolean {
  try {
    return JSON.stringify(schema).length <= MAX_SCHEMA;
  } catch {
    return false;
  }
}

/** Annotations are left out: nobody believes them, or is shown them. */
function hashTool(tool: Tool): string {
  const { description, inputSchema, outputSchema } = tool;
  const output = isSmall(outputSchema ?? {}) ? outputSchema : undefined;
  const text = canonicalJson({ title: titleOf(tool), description, inputSchema, output });
  return hashOf(text).slice(0, HASH_DIGITS);
}
