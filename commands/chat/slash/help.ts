import { markdownTable } from "../markdown_table.ts";
import type { SlashCommand } from "../slash_command.ts";

export const help: SlashCommand = {
  name: "help",
  summary: "show these commands",
  usage: "",
  async run(_argument, chat, surface) {
    const { slashCommands } = await import("./mod.ts");
    const rows = slashCommands.map(({ name, usage, summary }) => [
      `/${name} ${usage}`.trim(),
      summary,
    ]);
    const prompts = chat.host.prompts().map(({ name, description }) => [`/${name}`, description]);
    surface.print(
      `${markdownTable(["command", "what it does"], [...rows, ...prompts])}\n\n${HINTS}`,
    );
  },
};

const HINTS = "`@path` puts a file into a message, `@server:uri` a resource of an MCP server.";
