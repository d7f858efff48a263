import { oneLine } from "../../config/one_line.ts";
import { ModelError } from "../../models/model_error.ts";
import { addNotice } from "../add_notice.ts";
import { answerContext } from "./answer_context.ts";
import { errorLine } from "../execute/error_line.ts";
import { needsWords } from "../understand/needs_words.ts";
import { renderResults } from "./render_results.ts";
import type { StepOutcome } from "../execute/run_step.ts";
import { IMITATED, streamWords } from "./stream_words.ts";
import type { Attachment, TurnState } from "../turn_state.ts";
import { isWithoutModel, withoutModel } from "./without_model.ts";

/**
 * Answers the message: with the tools' own results where they are the answer, else in words of the
 * chat model, as they come.
 *
 * @throws what asking the model throws, unless there are results to show instead
 */
export async function answer(
  outcomes: StepOutcome[],
  state: TurnState,
): Promise<void> {
  const hasResults = outcomes.some(({ result }) => result);
  if (outcomes.length > 0 && !(hasResults && needsWords(state))) {
    return sayAtOnce(renderResults(outcomes), state);
  }
  try {
    await sayInWords(outcomes, state);
  } catch (error) {
    if (!(error instanceof ModelError) || state.turn.answer !== "") throw error;
    if (outcomes.length === 0) return sayNothingFits(error, state);
    addNotice(errorLine(error), state);
    sayAtOnce(renderResults(outcomes), state);
  }
}

/** Says a text that is there as a whole, below what was said before. */
export function sayAtOnce(text: string, { turn, world }: TurnState): void {
  const said = turn.answer === "" || text === "" ? text : `\n\n${text}`;
  turn.answer += said;
  if (said !== "") world.emit({ type: "text", text: said });
}

async function sayInWords(outcomes: StepOutcome[], state: TurnState): Promise<void> {
  const { turn, world } = state;
  const model = await state.chatModel();
  world.emit({ type: "status", text: "Answering" });
  const { messages, leftOut, maxTokens } = await answerContext(
    state,
    model,
    outcomes.map(resultOf),
  );
  for (const what of leftOut) addNotice(`No room in the prompt for ${what}`, state);
  await streamWords(model, messages, maxTokens, state);
  if (turn.answer.trim() !== "") return;
  if (outcomes.length > 0) return sayAtOnce(renderResults(outcomes), state);
  turn.status = "failed";
  if (turn.notices.includes(IMITATED)) return;
  addNotice("The model said nothing; ask again, or in other words", state);
}

function resultOf({ step, status, text }: StepOutcome): Attachment {
  return { name: `${step.tool}: ${oneLine(step.purpose, 100)} (${status})`, text };
}

function sayNothingFits(error: ModelError, state: TurnState): void {
  state.turn.status = "failed";
  if (isWithoutModel(error)) {
    return sayAtOnce(withoutModel(error, state.world.toolbox.list()), state);
  }
  addNotice(errorLine(error), state);
}
