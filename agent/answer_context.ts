import { fitParts, type Part } from "../models/fit_parts.ts";
import { fillPrompt } from "../prompts/fill.ts";
import { fenced } from "../tools/fenced.ts";
import type { TurnParts } from "./turn_parts.ts";

/** The message, and the results as quoted data. */
export const buildContext: TurnParts["buildContext"] = async (state, model, material) => {
  const prompt = await state.world.prompts.load("chat_answer");
  const { instructions, template } = prompt;
  const preferences = state.world.preferences.map((one) => `- ${one}`).join("\n");
  const parts: Part[] = [...material.results, ...state.attachments.map(toResult)]
    .map(({ label, text }) => ({ label, text: `${label}\n${fenced(text, "")}`, priority: 1 }));
  const fixed = [instructions, template, preferences, state.input].join("\n");
  const fitted = fitParts(model, { fixed, parts, replyTokens: material.replyTokens });
  const messages = fillPrompt(prompt, {
    message: state.input,
    material: fitted.text ? `MATERIAL:\n\n${fitted.text}` : "",
    preferences: preferences ? `PREFERENCES:\n\n${preferences}` : "",
  });
  return { messages, notices: fitted.leftOut.map((what) => `No room in the prompt for ${what}`) };
};

function toResult({ name, text }: { name: string; text: string }): { label: string; text: string } {
  return { label: name, text };
}
