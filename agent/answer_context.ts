import type { ChatMessage, ChatModel } from "../models/chat_model.ts";
import { fillPrompt } from "../prompts/fill.ts";
import { buildContext } from "./build_context.ts";
import { relevantPreferences } from "./relevant_preferences.ts";
import type { Attachment, TurnState } from "./turn_state.ts";

/** What the answer is to be written from. */
export interface AnswerMaterial {
  /** Of the steps that ran: what they were for, and what came of them. Hostile. */
  results: Attachment[];
  /** Kept free for the reply, tokens. */
  replyTokens: number;
}

/**
 * What the chat model reads before it answers: the conversation, files and results as data, the
 * message; and what had no room.
 *
 * @throws {ModelError} `too_long`
 */
export async function answerContext(
  state: TurnState,
  model: ChatModel,
  material: AnswerMaterial,
): Promise<{ messages: ChatMessage[]; notices: string[] }> {
  const { world, session, attachments, input } = state;
  const prompt = await world.prompts.load("chat_answer");
  const [, asked] = fillPrompt(prompt, { message: input });
  const { messages, leftOut } = buildContext({
    instructions: prompt.instructions,
    question: asked!.content,
    session,
    preferences: relevantPreferences(world.preferences, "talk", input),
    attachments,
    results: material.results,
    model,
    maxTokens: material.replyTokens,
    verbatim: world.settings.verbatimMessages,
  });
  return { messages, notices: leftOut.map((what) => `No room in the prompt for ${what}`) };
}
