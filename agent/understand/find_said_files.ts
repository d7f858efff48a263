import { askQuestions } from "./ask_questions.ts";
import type { TurnState } from "../turn_state.ts";
import type { Wish } from "./wish.ts";

/**
 * Files that were said by their name alone, by their whole path: the only one of that name, or the one that
 * the person chooses.
 *
 * @returns what to say when several are meant and nobody chooses
 */
export async function findSaidFiles(wishes: Wish[], state: TurnState): Promise<Wish[] | string> {
  const paths = new Map<string, string>();
  const names = wishes.flatMap(({ on }) => on && "path" in on ? [on.path] : []);
  for (const name of new Set(names)) {
    const found = await findFiles(name, state);
    const chosen = found.length > 1 ? await choose(name, found, state) : found[0];
    if (found.length > 1 && chosen === undefined) return severalText(name, found);
    if (chosen !== undefined) paths.set(name, chosen);
  }
  return wishes.map((wish) => {
    const path = wish.on && "path" in wish.on ? paths.get(wish.on.path) : undefined;
    return path === undefined ? wish : { ...wish, on: { path } };
  });
}

async function findFiles(name: string, state: TurnState): Promise<string[]> {
  const { world: { files }, attachments, signal } = state;
  const isKnown = files.exists(name) || attachments.some((one) => one.name === name);
  if (isKnown || /[/\\]/.test(name) || !files.find) return [];
  return await state.waitFor(async () => await files.find!(name, signal).catch(() => []));
}

async function choose(
  name: string,
  found: string[],
  state: TurnState,
): Promise<string | undefined> {
  const question = {
    text: `Which ${name} do you mean?`,
    choices: found.slice(0, 6),
    field: "path",
  };
  const [answer] = await askQuestions([question], state) ?? [];
  return found.find((path) => path === answer);
}

function severalText(name: string, found: string[]): string {
  const list = found.slice(0, 6).map((path) => `\`${path}\``).join(", ");
  return `There are several files ${name}: ${list}. Say which one, with its folder.`;
}
