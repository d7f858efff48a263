import { markdownTable } from "../markdown_table.ts";
import type { SlashCommand } from "../slash_command.ts";

/** @param commands all of them, once they are there */
export function help(commands: () => SlashCommand[]): SlashCommand {
  return {
    name: "help",
    summary: "show these commands",
    usage: "",
    run(_argument, chat, surface) {
      const rows = commands().map(({ name, usage, summary }) => [
        `/${name} ${usage}`.trim(),
        summary,
      ]);
      const prompts = chat.host.prompts().map(({ name, description }) => [`/${name}`, description]);
      surface.print(
        `${markdownTable(["command", "what it does"], [...rows, ...prompts])}\n\n${HINTS}`,
      );
    },
  };
}

const HINTS = "`@path` puts a file into a message, `@server:uri` a resource of an MCP server.";
