import type { ToolEntry } from "../../tools/mod.ts";
import type { ToolSchemas } from "../../tools/tool_schemas.ts";
import { type Provider, sizeOf } from "./provider.ts";
import { formatResourceUri } from "./resource_uri.ts";

const NAME = "reference";
const MIME_TYPE = "text/markdown";

export interface ToolReferenceOptions {
  /** Those that are offered. */
  tools: ToolEntry[];
  /** The tools' JSON Schemas by name. */
  schemas(): Promise<Record<string, ToolSchemas>>;
}

/** `tools://reference`: what each tool takes and gives, in words. */
export function toolReferences({ tools, schemas }: ToolReferenceOptions): Provider {
  const render = async (wanted: ToolEntry[]) => {
    const [{ describeTool }, known] = await Promise.all([
      import("../../tools/describe_tool.ts"),
      schemas(),
    ]);
    return wanted.map((tool) => describeTool(tool, known[tool.name]!));
  };
  const renderAll = async () => `# Tools\n\n${(await render(tools)).join("\n")}`;
  const find = async (part: string) => {
    const wanted = tools.filter(({ name }) => name === part);
    return wanted.length === 0 ? undefined : (await render(wanted)).join("\n");
  };
  let size: number | undefined;
  return {
    scheme: "tools",
    list: async () => [{
      uri: formatResourceUri({ scheme: "tools", name: NAME }),
      name: "tool-reference",
      title: "Tool reference",
      description: "What each tool takes and gives, with defaults.",
      mimeType: MIME_TYPE,
      size: size ??= sizeOf(await renderAll()),
      annotations: { audience: ["user", "assistant"], priority: 0.3 },
    }],
    template: {
      uriTemplate: `tools://${NAME}/{tool}`,
      name: "tool-reference",
      title: "Reference of one tool",
      description: "What a tool takes and gives, with defaults.",
      mimeType: MIME_TYPE,
      annotations: { audience: ["user", "assistant"], priority: 0.3 },
    },
    read: async ({ name, part }) => {
      const text = name !== NAME
        ? undefined
        : await (part === undefined ? renderAll() : find(part));
      if (text === undefined) return;
      return [{
        uri: formatResourceUri({ scheme: "tools", name, part }),
        mimeType: MIME_TYPE,
        text,
      }];
    },
    values: () => Promise.resolve(tools.map(({ name }) => name)),
  };
}
