import type { ChatMessage, ChatModel } from "../../models/chat_model.ts";
import { addNotice } from "../add_notice.ts";
import { createCallFilter } from "../execute/call_filter.ts";
import { watchRepetition } from "../execute/watch_repetition.ts";
import type { TurnState } from "../turn_state.ts";

/** Ends a reply that repeats itself; not a failure. */
class RepetitionError extends Error {}

/** What is told when a model tries to act where it can only talk. */
export const IMITATED =
  "The model wrote a tool call into its answer; it was left out, and not run: ask in other words";

/**
 * Asks the chat model, and says the reply as it comes, into `turn.answer` and as events. Tool calls in
 * it are left out. What was said before a failure stays.
 *
 * @throws {ModelError}, {@link BudgetError} and the reason of the turn's signal
 */
export async function streamWords(
  model: ChatModel,
  messages: ChatMessage[],
  maxTokens: number,
  state: TurnState,
): Promise<void> {
  const { turn, world, signal } = state;
  const endless = new AbortController();
  const reply = startReply(state, () => endless.abort(new RepetitionError()));
  let isCut = false;
  try {
    const { done } = await model.chat({
      messages,
      maxTokens,
      signal: AbortSignal.any([signal, endless.signal]),
      onToken: reply.push,
      onRestart: () => {
        reply.restart();
        turn.answer = "";
        world.emit({ type: "text_restarted" });
      },
    });
    isCut = done === "length";
  } catch (error) {
    if (!(error instanceof RepetitionError)) throw error;
    addNotice(
      "The model repeated itself without end and was stopped; ask again, or in other words",
      state,
    );
  } finally {
    reply.end();
  }
  if (isCut && turn.answer !== "") noticeCut(maxTokens, state);
}

function noticeCut(maxTokens: number, state: TurnState): void {
  addNotice(
    `The answer was cut off at its limit of ${maxTokens} tokens; ask for the rest, or raise max_tokens ` +
      "of model.chat",
    state,
  );
}

function startReply(state: TurnState, stop: () => void) {
  const { turn, world } = state;
  const started = performance.now();
  const say = (text: string) => {
    if (turn.answer === "" && text.trim() === "") return;
    turn.answer += text;
    world.emit({ type: "text", text });
  };
  const begin = () => ({
    filter: createCallFilter(say, () => addNotice(IMITATED, state)),
    repeats: watchRepetition(),
  });
  let current = begin();
  return {
    push: (piece: string) => {
      turn.timing.firstTokenMs ??= Math.round(performance.now() - started);
      current.filter.push(piece);
      if (current.repeats(piece)) stop();
    },
    restart: () => void (current = begin()),
    end: () => current.filter.end(),
  };
}
