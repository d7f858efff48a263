import type { Intent } from "../../sessions/session.ts";
import { FITS, type ScoredTool } from "../plan/choose_tools.ts";
import type { Question } from "../person.ts";

/** Which tool is meant, when the model only guessed; none when no other one comes near. */
export function doubtQuestions({ tools }: Intent, scored: ScoredTool[]): Question[] {
  const guessed = scored.filter(({ tool }) => tools.includes(tool.name));
  const others = scored.filter(({ tool, score }) => !tools.includes(tool.name) && score >= FITS);
  const titles = [...guessed, ...others].slice(0, 3).map(({ tool }) => tool.title);
  if (tools.length > 1 || titles.length === 0) return [];
  return [{ text: "Which of these do you want?", choices: [...new Set(titles), "Just an answer"] }];
}
