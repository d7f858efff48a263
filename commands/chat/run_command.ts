import { suggestion } from "../../config/nearest.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { Chat, Edge } from "./chat.ts";
import { runPrompt } from "./run_prompt.ts";
import { slashCommands } from "./slash/mod.ts";
import type { Surface } from "./surface.ts";

/**
 * Runs a line that begins with a slash; what goes wrong is thrown.
 *
 * @returns false when it is no command: a path, for example
 * @throws {ToolError}
 */
export async function runCommand(
  line: string,
  chat: Chat,
  surface: Surface,
  edge: Edge,
): Promise<boolean> {
  const [, name, argument] = /^\/([^\s/]+)(?:\s+([^]*))?$/.exec(line.trim()) ?? [];
  if (name === undefined) return false;
  const command = slashCommands.find((one) => one.name === name);
  if (command) await command.run(argument?.trim() ?? "", chat, surface, edge);
  else if (chat.host.prompts().some((prompt) => prompt.name === name)) {
    await runPrompt(name, argument?.trim() ?? "", chat, edge);
  } else throw unknownCommand(name, chat);
  return true;
}

function unknownCommand(name: string, { host }: Chat): ToolError {
  const names = [...slashCommands, ...host.prompts()].map((one) => one.name);
  const near = suggestion(name, names).replace('"', '"/');
  return new ToolError(`Cannot run "/${name}": no such command${near}`, {
    hint: "/help lists all",
  });
}
