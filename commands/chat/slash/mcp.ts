import { ToolError } from "../../../config/tool_error.ts";
import { suggestion } from "../../../config/nearest.ts";
import type { ServerStatus } from "../../../mcp_client/mcp_host.ts";
import type { Chat } from "../chat.ts";
import { markdownTable } from "../markdown_table.ts";
import type { SlashCommand } from "../slash_command.ts";

export const mcp: SlashCommand = {
  name: "mcp",
  summary: "show the MCP servers, or connect to one again",
  usage: "[reconnect <name>]",
  complete: (_prefix, { host }) => host.servers().map(({ name }) => `reconnect ${name}`),
  async run(argument, chat, surface) {
    const [verb, name] = argument.split(/\s+/);
    if (verb === "reconnect") await reconnect(name ?? "", chat);
    else if (verb) {
      throw new ToolError(`Cannot do ${JSON.stringify(verb)} with MCP servers`, {
        hint: "/mcp, or /mcp reconnect <name>",
      });
    }
    const rows = chat.host.servers().map(toRow);
    const titles = ["server", "state", "tools", "prompts", "resources", "address"];
    surface.print(markdownTable(titles, rows));
  },
};

function toRow({ name, state, problem, tools, prompts, resources, address }: ServerStatus) {
  return [name, problem ? `${state}: ${problem}` : state, tools, prompts, resources, address];
}

async function reconnect(name: string, { host }: Chat): Promise<void> {
  const names = host.servers().map((one) => one.name);
  if (!names.includes(name)) {
    const near = suggestion(name, names);
    throw new ToolError(`Cannot reconnect ${JSON.stringify(name)}: no such server${near}`);
  }
  await host.reconnect(name);
}
