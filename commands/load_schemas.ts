import type { ToolSchemas } from "../tools/tool_schemas.ts";

/** The tools' JSON Schemas by name: written beforehand by `deno task gen`, loaded when asked for. */
export async function loadSchemas(): Promise<Record<string, ToolSchemas>> {
  const { default: schemas } = await import("../tools/schemas.json", { with: { type: "json" } });
  return schemas as Record<string, ToolSchemas>;
}
