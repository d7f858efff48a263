import type { Intent } from "../../sessions/session.ts";
import { askQuestions } from "./ask_questions.ts";
import type { Question } from "../person.ts";
import type { TurnState } from "../turn_state.ts";

/** Begins the answers in a goal. */
export const ANSWERS = "\nAsked back: ";

/** Asks what is unclear; the answers become part of what is wanted. */
export async function clarify(
  intent: Intent,
  questions: Question[],
  state: TurnState,
): Promise<Intent> {
  const answers = await askQuestions(questions, state);
  if (!answers) return intent;
  const said = questions.slice(0, answers.length).flatMap(({ text }, i) => {
    const answer = answers[i];
    return answer ? [`${text} ${answer}`] : [];
  });
  const fields = questions.slice(0, answers.length).flatMap(({ field }, i) =>
    field !== undefined && answers[i] ? [[field, answers[i]] as const] : []
  );
  return {
    ...intent,
    goal: said.length > 0 ? `${intent.goal}${ANSWERS}${said.join("; ")}` : intent.goal,
    parameters: { ...intent.parameters, ...Object.fromEntries(fields) },
    confidence: 1,
    unclear: [],
  };
}
