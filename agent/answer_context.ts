import { fillPrompt } from "../prompts/fill.ts";
import { buildContext } from "./context.ts";
import { relevantPreferences } from "./relevant_preferences.ts";
import type { TurnParts } from "./turn_parts.ts";

/** What the chat model reads before it answers: the conversation, files and results as data, the message. */
export const answerContext: TurnParts["answerContext"] = async (state, model, material) => {
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
};
