import type { Question } from "../person.ts";
import type { TurnState } from "../turn_state.ts";

/**
 * Asks the person, where somebody is there, and records what they say in the turn.
 *
 * @returns their answers; undefined when there are none
 */
export async function askQuestions(
  questions: Question[],
  state: TurnState,
): Promise<string[] | undefined> {
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
