import type { ToolEntry } from "../../tools/mod.ts";

/** Whether a call may ask a model, by what is known before it runs. */
export function mayAskModel(
  tool: Pick<ToolEntry, "asksModel"> | undefined,
  args: Record<string, unknown> = {},
): boolean {
  if (!tool?.asksModel) return false;
  return tool.asksModel === "always" || args.model !== "off";
}
