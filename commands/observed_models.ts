import type { ServerEvent } from "../config/server_events.ts";
import type { ChatModel, ChatRequest, Models } from "../models/chat_model.ts";
import { ModelError } from "../models/model_error.ts";
import { shareCorrection } from "../models/context/token_estimate.ts";

export type ModelEvent = Extract<ServerEvent, { type: "model" }>;

/** The same models, which tell of each call. */
export function observedModels(models: Models, emit: (event: ModelEvent) => void): Models {
  return { get: async (role, options) => observed(await models.get(role, options), emit) };
}

function observed(model: ChatModel, emit: (event: ModelEvent) => void): ChatModel {
  const told: ChatModel = {
    model: model.model,
    endpoint: model.endpoint,
    kind: model.kind,
    contextTokens: model.contextTokens,
    profile: model.profile,
    timeoutMs: model.timeoutMs,
    chat: (request) => chat(model, request, emit),
  };
  shareCorrection(model, told);
  return told;
}

async function chat(model: ChatModel, request: ChatRequest, emit: (event: ModelEvent) => void) {
  const started = performance.now();
  const tell = (more: Partial<ModelEvent>) =>
    emit({
      type: "model",
      provider: model.kind,
      model: model.model,
      durationMs: performance.now() - started,
      ...more,
    });
  try {
    const reply = await model.chat(request);
    const { usage: { promptTokens, completionTokens }, timing } = reply;
    tell({
      inputTokens: promptTokens,
      outputTokens: completionTokens,
      timeToFirstTokenMs: timing.firstTokenMs,
    });
    return reply;
  } catch (error) {
    tell({ errorType: errorTypeOf(error, request) });
    throw error;
  }
}

function errorTypeOf(error: unknown, { signal }: ChatRequest): string {
  if (signal?.aborted) return "cancelled";
  return error instanceof ModelError ? error.fault : "internal";
}
