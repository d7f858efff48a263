/** What the program itself asks, where a model has no question. */
import type { Intent } from "../sessions/session.ts";
import { askQuestions } from "./ask_questions.ts";
import { FITS, type ScoredTool } from "./choose_tools.ts";
import type { Question } from "./person.ts";
import type { Message } from "./read_message.ts";
import { findPaths, readPath } from "./read_subjects.ts";
import { readLanguage } from "./read_parameters.ts";
import type { TurnState } from "./turn_state.ts";
import type { Wish } from "./wish.ts";

/** Which tool is meant, when the model only guessed; none when no other one comes near. */
export function doubtQuestions({ tools }: Intent, scored: ScoredTool[]): Question[] {
  const guessed = scored.filter(({ tool }) => tools.includes(tool.name));
  const others = scored.filter(({ tool, score }) => !tools.includes(tool.name) && score >= FITS);
  const titles = [...guessed, ...others].slice(0, 3).map(({ tool }) => tool.title);
  if (tools.length > 1 || titles.length === 0) return [];
  return [{ text: "Which of these do you want?", choices: [...new Set(titles), "Just an answer"] }];
}

const ENDINGS: Record<string, string> = {
  python: "py",
  typescript: "ts",
  javascript: "js",
  go: "go",
  rust: "rs",
  java: "java",
  csharp: "cs",
  cpp: "cpp",
  c: "c",
  ruby: "rb",
  php: "php",
  bash: "sh",
  kotlin: "kt",
};

/** The file that something is to be saved as; undefined when nobody says. */
export async function targetQuestion(
  { on }: Wish,
  { text }: Message,
  state: TurnState,
): Promise<string | undefined> {
  const isTests = on !== undefined && "of" in on && on.of === "tests";
  const language = readLanguage(text) ?? state.session.last.code?.language ??
    state.world.settings.language;
  const ending = Object.hasOwn(ENDINGS, language) ? ENDINGS[language]! : "txt";
  const name = isTests ? `test_main.${ending}` : `main.${ending}`;
  const choices = [name, isTests ? `tests/${name}` : `src/${name}`];
  const [answer] = await askQuestions(
    [{ text: "Which file should it be saved as?", choices, field: "path" }],
    state,
  ) ?? [];
  if (!answer) return undefined;
  return findPaths(answer)[0] ?? readPath(answer);
}
