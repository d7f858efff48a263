import { ToolError } from "../../config/tool_error.ts";
import type { ServerPrompt } from "../../mcp_client/mcp_host.ts";
import type { Chat, Edge } from "./chat.ts";

/**
 * Lets a prompt of an MCP server speak for the person: `/server:prompt name=value …`, or the values
 * in the order of its arguments.
 *
 * @throws {ToolError} when an argument is missing or the server fails
 */
export async function runPrompt(
  name: string,
  given: string,
  chat: Chat,
  edge: Edge,
): Promise<void> {
  const prompt = chat.host.prompts().find((one) => one.name === name)!;
  const args = readArguments(prompt, given);
  const missing = prompt.arguments.filter((one) => one.required && args[one.name] === undefined);
  if (missing.length > 0) {
    const form = prompt.arguments.map((one) => one.required ? `<${one.name}>` : `[${one.name}]`);
    const names = missing.map((one) => one.name).join(", ");
    throw new ToolError(`Cannot run "/${name}": it needs ${names}`, {
      hint: `/${name} ${form.join(" ")}`,
    });
  }
  await chat.say(await chat.host.getPrompt(name, args), edge, { by: "server" });
}

/** The last argument takes what is left. */
function readArguments(prompt: ServerPrompt, given: string): Record<string, string> {
  const names = prompt.arguments.map(({ name }) => name);
  const words = given.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  const args: Record<string, string> = {};
  const free: string[] = [];
  for (const word of words) {
    const [, name, value] = /^([\w-]+)=([^]*)$/.exec(word) ?? [];
    if (name !== undefined && names.includes(name)) args[name] = unquoted(value!);
    else free.push(unquoted(word));
  }
  const open = names.filter((name) => args[name] === undefined);
  open.forEach((name, i) => {
    const value = (i === open.length - 1 ? free.slice(i).join(" ") : free[i]) ?? "";
    if (value) args[name] = value;
  });
  return args;
}

function unquoted(word: string): string {
  return word.replaceAll('"', "");
}
