import { readMessage } from "./read_message.ts";
import type { TurnState } from "../turn_state.ts";

/** Asks for more than what tools give. */
const EXPLAIN =
  /\b(?:explain|describe|why|summari[sz]e|compare|in your (?:own )?words|what do you think|tell me|advise|recommend|which (?:one|is)|how (?:do|does|can|should|would))\b/i;

/**
 * Whether the person wants to be told something about the results, rather than have them. What was
 * read without a model was an order of a few words, and the results answer it.
 */
export function needsWords({ input, turn }: Pick<TurnState, "input" | "turn">): boolean {
  if (turn.intent?.by === "rules") return false;
  const { isQuestion, text } = readMessage(input);
  return isQuestion || EXPLAIN.test(text);
}
