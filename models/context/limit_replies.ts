import type { ChatModel } from "../chat_model.ts";
import { shareCorrection } from "./token_estimate.ts";

/**
 * The same model with replies of `maxTokens` at most, whatever is asked for, which says what a call of
 * it may take.
 */
export function limitReplies(
  model: ChatModel,
  { maxTokens, timeoutMs }: { maxTokens: number; timeoutMs: number },
): ChatModel {
  const limited: ChatModel = {
    model: model.model,
    endpoint: model.endpoint,
    kind: model.kind,
    contextTokens: model.contextTokens,
    profile: model.profile,
    timeoutMs,
    chat: (request) =>
      model.chat({ ...request, maxTokens: Math.min(request.maxTokens, maxTokens) }),
  };
  shareCorrection(model, limited);
  return limited;
}
