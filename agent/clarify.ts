import type { Intent } from "../sessions/session.ts";
import type { Question } from "./person.ts";
import { ANSWERS } from "./to_wishes.ts";
import type { TurnState } from "./turn_state.ts";

/**
 * Asks the person, where somebody is there, and records what they say in the turn.
 *
 * @returns their answers; undefined when there are none
 */
export async function ask(questions: Question[], state: TurnState): Promise<string[] | undefined> {
  const { world, turn, signal } = state;
  const room = Math.min(3, world.settings.maxQuestions) - turn.questions.length;
  const few = questions.slice(0, Math.max(0, room));
  if (few.length === 0) return undefined;
  const answers = await world.person.ask(few, signal);
  signal.throwIfAborted();
  if (!answers) return undefined;
  const kept = few.map((_, i) => (answers[i] ?? "").trim().slice(0, 1_000));
  world.emit({ type: "questions", questions: few, answers: kept });
  turn.questions.push(...few.map(({ text }, i) => ({ question: text, answer: kept[i]! })));
  return kept;
}

/** Asks what is unclear; the answers become part of what is wanted. */
export async function clarify(
  intent: Intent,
  questions: Question[],
  state: TurnState,
): Promise<Intent> {
  const answers = await ask(questions, state);
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
