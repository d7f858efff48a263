import type { ChatModel } from "../../models/chat_model.ts";
import { fillPrompt } from "../../prompts/fill.ts";
import { replyTokens } from "../../tools/model_input.ts";
import { buildContext, type Context } from "./build_context.ts";
import { relevantPreferences } from "../preferences/relevant_preferences.ts";
import type { Attachment, TurnState } from "../turn_state.ts";
import type { AgentWorld } from "../world.ts";

/** Of a turn, what the answer is to be written from. */
export interface AnswerMaterial extends Pick<TurnState, "input" | "session" | "attachments"> {
  world: Pick<AgentWorld, "prompts" | "preferences" | "settings">;
}

export interface AnswerContext extends Context {
  /** Kept free for the reply. */
  maxTokens: number;
}

/** Tokens of an answer at most, and of the context. */
const MOST_TOKENS = 2_000;
const MOST_SHARE = 0.25;

/**
 * What the chat model reads before it answers: the conversation, files and results as data, the
 * message; and what had no room.
 *
 * @param results of the steps that ran: what they were for, and what came of them. Hostile
 * @throws {ModelError} `too_long`
 */
export async function answerContext(
  { world, session, attachments, input }: AnswerMaterial,
  model: ChatModel,
  results: Attachment[],
): Promise<AnswerContext> {
  const prompt = await world.prompts.load("chat_answer");
  const [, asked] = fillPrompt(prompt, { message: input });
  const maxTokens = replyTokens(model, MOST_TOKENS, MOST_SHARE);
  const context = buildContext({
    instructions: prompt.instructions,
    question: asked!.content,
    session,
    preferences: relevantPreferences(world.preferences, "talk", input),
    attachments,
    results,
    model,
    maxTokens,
    verbatim: world.settings.verbatimMessages,
  });
  return { ...context, maxTokens };
}
