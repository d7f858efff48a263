import type { ChatModel, ChatReply, ChatRequest } from "../chat_model.ts";
import { ModelError } from "../model_error.ts";
import {
  correctionOf,
  learn,
  measureMessages,
  shareCorrection,
  type TokenRange,
} from "./token_estimate.ts";

/** A reply gets what the prompt leaves of the context, but not less than this part of what it asks for. */
const LEAST_REPLY = 0.25;
/** Tokens that may be shared by words in ways that the least estimate does not know. */
const LEAST_MARGIN = 0.9;
/** A prompt was cut to the context when it takes exactly a usual one, and was estimated longer. */
const USUAL_CONTEXTS = new Set([2048, 4096, 8192, 16384, 32768, 65536, 131072]);

/**
 * The same model, which refuses prompts that do not fit its context instead of sending them, shortens
 * `maxTokens` to what is left, and refuses replies to prompts that the server did not read as a whole.
 * Its estimates learn from each reply.
 *
 * `chat` also throws {@link ModelError} `too_long`.
 */
export function guardContext(model: ChatModel): ChatModel {
  const guarded: ChatModel = {
    model: model.model,
    endpoint: model.endpoint,
    kind: model.kind,
    contextTokens: model.contextTokens,
    profile: model.profile,
    chat: async (request) => {
      const range = measureMessages(request.messages, model.profile.charactersPerToken);
      const reply = await model.chat({ ...request, maxTokens: fitReply(model, request, range) });
      checkWasRead(model, reply, range);
      return reply;
    },
  };
  shareCorrection(model, guarded);
  return guarded;
}

/** The tokens that the reply may have. */
function fitReply(model: ChatModel, { maxTokens }: ChatRequest, { likely }: TokenRange): number {
  const prompt = Math.ceil(likely * correctionOf(model).ratio);
  const room = model.contextTokens - prompt;
  if (room >= Math.max(1, maxTokens * LEAST_REPLY)) return Math.min(maxTokens, room);
  throw new ModelError(
    "too_long",
    `Cannot ask "${model.model}": the prompt takes about ${prompt} tokens of ${model.contextTokens}` +
      `, and the reply needs up to ${maxTokens}`,
    { hint: "give it less text, or raise context_tokens of the model in devmcp.yaml" },
  );
}

/** A server that drops the front of a prompt says nothing of it, but its count tells. */
function checkWasRead(model: ChatModel, { usage }: ChatReply, { least, likely }: TokenRange): void {
  const { promptTokens, estimated } = usage;
  if (estimated || promptTokens <= 0) return;
  const correction = correctionOf(model);
  const wasCut = promptTokens < least * LEAST_MARGIN ||
    USUAL_CONTEXTS.has(promptTokens) && promptTokens < likely * correction.ratio * LEAST_MARGIN;
  if (!wasCut) return learn(correction, likely, promptTokens);
  throw new ModelError(
    "too_long",
    `Cannot use the reply of "${model.model}": the server read ${promptTokens} tokens of a prompt ` +
      `of about ${Math.ceil(likely * correction.ratio)} and dropped the rest`,
    {
      hint:
        "give the server a longer context (OLLAMA_CONTEXT_LENGTH, --ctx-size, --max-model-len), " +
        "or set context_tokens of the model in devmcp.yaml to what it has",
    },
  );
}
