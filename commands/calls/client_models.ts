import { canonicalJson } from "../../config/canonical_json.ts";
import { hashOf } from "../../config/hash_of.ts";
import type { ChatModel, ChatReply, ChatRequest, Models } from "../../models/chat_model.ts";
import { defaultProfile } from "../../models/profiles/find_profile.ts";
import { ModelError } from "../../models/model_error.ts";
import { usageOf } from "../../models/usage_of.ts";
import type { ModelAnswers, ModelQuestion } from "../../server/call_tool.ts";

/** Nobody tells what the client's model reads; those that clients have read far more. */
const CONTEXT_TOKENS = 32_768;

/** Why a call ends that must hear from the client's model first. */
export class NeedsAnswer extends Error {
  override name = "NeedsAnswer";
  constructor(readonly question: ModelQuestion) {
    super("Cannot go on: the client's model has not answered yet");
  }
}

/**
 * The same models, but where there is none, the client's plays the role: it says what it has
 * answered before, and a question that is new ends the call, which is made again with the answer.
 *
 * @param end ends the call, with the reason
 */
export function withClientModel(
  models: Models,
  answers: ModelAnswers,
  end: (reason: NeedsAnswer) => void,
): Models {
  return {
    async get(role, options) {
      try {
        return await models.get(role, options);
      } catch (error) {
        if (!isAbsence(error)) throw error;
        return createClientModel(answers, end);
      }
    },
  };
}

/** Nothing runs, or what runs has no such model; other faults are for the person to mend. */
function isAbsence(error: unknown): boolean {
  return error instanceof ModelError && ["none", "unreachable", "missing"].includes(error.fault);
}

function createClientModel(
  answers: ModelAnswers,
  end: (reason: NeedsAnswer) => void,
): ChatModel {
  const about = { model: "the client's model", endpoint: "the client" };
  const profile = { ...defaultProfile(), name: "client", systemRole: true };
  return {
    ...about,
    kind: "client",
    contextTokens: CONTEXT_TOKENS,
    profile,
    chat: (request): Promise<ChatReply> =>
      Promise.try(() => {
        const text = findAnswer(request, answers, end);
        request.onToken?.(text);
        return {
          ...about,
          text,
          done: "stop",
          usage: usageOf(request.messages, text, profile),
          timing: { totalMs: 0, firstTokenMs: 0 },
        };
      }),
  };
}

function findAnswer(
  request: ChatRequest,
  answers: ModelAnswers,
  end: (reason: NeedsAnswer) => void,
): string {
  request.signal?.throwIfAborted();
  const question = questionOf(request);
  if (Object.hasOwn(answers, question.key)) return answers[question.key]!;
  const needs = new NeedsAnswer(question);
  end(needs);
  throw needs;
}

function questionOf({ messages, maxTokens, temperature }: ChatRequest): ModelQuestion {
  const system = messages.filter(({ role }) => role === "system").map(({ content }) => content);
  const rest = messages.flatMap(({ role, content }) =>
    role === "system" ? [] : [{ role, text: content }]
  );
  const asked = { messages, maxTokens, temperature: temperature ?? null };
  return {
    key: hashOf(canonicalJson(asked)).slice(0, 24),
    ...system.length > 0 && { system: system.join("\n\n") },
    messages: rest,
    maxTokens,
    ...temperature !== undefined && { temperature },
  };
}
