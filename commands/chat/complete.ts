import type { Chat, Completion } from "./chat.ts";
import { completePath } from "./complete_path.ts";
import { slashCommands } from "./slash/mod.ts";

/** Longer lists are for no one to read. */
const MAX_CANDIDATES = 50;
/** Shorter words are the beginning of too much. */
const MIN_TOOL_LETTERS = 2;

/** What can follow what is typed: slash commands and what they take, `@files`, resources, tools. */
export async function complete(line: string, cursor: number, chat: Chat): Promise<Completion> {
  const typed = line.slice(0, cursor);
  const from = Math.max(typed.lastIndexOf(" "), typed.lastIndexOf("\n")) + 1;
  const word = typed.slice(from);
  const command = /^\/(\S+) +/.exec(typed);
  if (word.startsWith("@")) return toCompletion(from, await mentions(word, chat));
  if (from === 0 && word.startsWith("/")) return toCompletion(0, commandsLike(word, chat));
  if (command) return await argumentsOf(command[1]!, command[0].length, typed, chat);
  return toCompletion(from, toolsLike(word, chat));
}

function toCompletion(from: number, candidates: string[]): Completion {
  return { from, candidates: candidates.slice(0, MAX_CANDIDATES) };
}

function commandsLike(word: string, { host }: Chat): string[] {
  const names = [...slashCommands, ...host.prompts()].map(({ name }) => `/${name}`);
  return names.filter((name) => name.startsWith(word));
}

async function argumentsOf(
  name: string,
  from: number,
  typed: string,
  chat: Chat,
): Promise<Completion> {
  const prefix = typed.slice(from);
  const command = slashCommands.find((one) => one.name === name);
  const found = await command?.complete?.(prefix, chat) ?? [];
  return toCompletion(
    from,
    found.filter((one) => one.toLowerCase().startsWith(prefix.toLowerCase())),
  );
}

/** Files, and behind the name of a server its resources. */
async function mentions(word: string, { host, session }: Chat): Promise<string[]> {
  const typed = word.slice(1);
  const resources = host.resources().filter((name) => name.startsWith(typed));
  const paths = await completePath(typed, session.data.folder);
  return [...paths, ...resources].map((name) => `@${name}`);
}

function toolsLike(word: string, { host }: Chat): string[] {
  if (word.length < MIN_TOOL_LETTERS) return [];
  return host.list().map(({ name }) => name).filter((name) => name.startsWith(word));
}
