import type { ChatModel, ChatReply } from "../models/chat_model.ts";
import { shareCorrection } from "../models/context/token_estimate.ts";
import type { Turn } from "../sessions/session.ts";
import { BudgetError } from "./turn_state.ts";

/**
 * The same model, its calls counted in the turn.
 *
 * @param options.maxCalls further ones throw a {@link BudgetError}
 * @param options.signal ends calls that have none of their own
 */
export function countedModel(
  model: ChatModel,
  turn: Turn,
  { maxCalls, signal, waitFor }: {
    maxCalls: number;
    signal: AbortSignal;
    waitFor(work: () => Promise<ChatReply>): Promise<ChatReply>;
  },
): ChatModel {
  const chat: ChatModel["chat"] = async (request) => {
    if (turn.usage.calls >= maxCalls) throw outOfCalls(maxCalls);
    turn.usage.calls++;
    turn.model = model.model;
    const reply = await waitFor(() => model.chat({ ...request, signal: request.signal ?? signal }));
    turn.usage.prompt += reply.usage.promptTokens;
    turn.usage.completion += reply.usage.completionTokens;
    return reply;
  };
  const { endpoint, kind, contextTokens, profile, timeoutMs } = model;
  const counted = { model: model.model, endpoint, kind, contextTokens, profile, timeoutMs, chat };
  shareCorrection(model, counted);
  return counted;
}

function outOfCalls(maxCalls: number): BudgetError {
  const calls = maxCalls === 1 ? "call" : "calls";
  return new BudgetError(
    `Stopped: ${maxCalls} ${calls} of the model were not enough (agent.max_model_calls)`,
  );
}
