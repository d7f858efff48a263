import type { ToolInfo } from "../../../agent/execute/toolbox.ts";
import { markdownTable } from "../markdown_table.ts";
import type { SlashCommand } from "../slash_command.ts";

const DOES: Record<ToolInfo["effect"], string> = {
  free: "reads",
  writes: "writes files",
  runs: "runs programs",
  foreign: "unknown",
};

export const tools: SlashCommand = {
  name: "tools",
  summary: "list the tools, those of other MCP servers too",
  usage: "",
  async run(_argument, { host }, surface) {
    await host.ready();
    const rows = host.list().map(({ name, description, effect, needsModel }) => [
      name,
      firstSentence(description),
      DOES[effect] + (needsModel ? ", needs a model" : ""),
    ]);
    surface.print(markdownTable(["tool", "what it is for", "effect"], rows));
  },
};

function firstSentence(text: string): string {
  return /^[^]*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}
