import { askQuestions } from "./ask_questions.ts";
import { endingFor } from "./language_endings.ts";
import type { Message } from "./read_message.ts";
import { readLanguage } from "./read_parameters.ts";
import { findPaths, readPath } from "./read_subjects.ts";
import type { TurnState } from "../turn_state.ts";
import type { Wish } from "./wish.ts";

/** Asks for the file that something is to be saved as; undefined when nobody says. */
export async function askTarget(
  { on }: Wish,
  { text }: Message,
  state: TurnState,
): Promise<string | undefined> {
  const isTests = on !== undefined && "of" in on && on.of === "tests";
  const language = readLanguage(text) ?? state.session.last.code?.language ??
    state.world.settings.language;
  const ending = endingFor(language);
  const name = isTests ? `test_main.${ending}` : `main.${ending}`;
  const choices = [name, isTests ? `tests/${name}` : `src/${name}`];
  const [answer] = await askQuestions(
    [{ text: "Which file should it be saved as?", choices, field: "path" }],
    state,
  ) ?? [];
  if (!answer) return undefined;
  return findPaths(answer)[0] ?? readPath(answer);
}
