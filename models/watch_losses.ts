import type { ChatModel } from "./chat_model.ts";
import { ModelError, type ModelFault } from "./model_error.ts";
import { shareCorrection } from "./context/token_estimate.ts";

/** The model, or the server that had it, is gone: another may have come instead. */
const LOSSES: readonly ModelFault[] = ["missing", "unreachable"];

/** The same model, which calls `onLoss` whenever a call tells that it is no longer there. */
export function watchLosses(model: ChatModel, onLoss: () => void): ChatModel {
  const watched: ChatModel = {
    ...model,
    chat: async (request) => {
      try {
        return await model.chat(request);
      } catch (error) {
        if (error instanceof ModelError && LOSSES.includes(error.fault)) onLoss();
        throw error;
      }
    },
  };
  shareCorrection(model, watched);
  return watched;
}
