import { type InputRequest, inputRequired, inputResponse } from "@modelcontextprotocol/server";
import type { ModelAnswers, ModelQuestion } from "./call_tool.ts";

/** Of all questions and answers of one call, in UTF-16 code units. */
const MOST_TEXT = 1024 * 1024;

/** A question as a request to the client's model. */
export function askModel(
  { system, messages, maxTokens, temperature }: ModelQuestion,
): InputRequest {
  return inputRequired.createMessage({
    messages: messages.map(({ role, text }) => ({ role, content: { type: "text", text } })),
    ...system !== undefined && { systemPrompt: system },
    ...temperature !== undefined && { temperature },
    maxTokens,
    includeContext: "none",
  });
}

/** The answer to what was asked under `key`; undefined where there is none as text. */
export function readAnswer(
  responses: Record<string, unknown> | undefined,
  key: string,
): string | undefined {
  const view = inputResponse(responses, key);
  if (view.kind !== "sampling") return undefined;
  const blocks = [view.result.content].flat();
  const texts = blocks.map((block) => block.type === "text" ? block.text : "");
  return texts.join("") || undefined;
}

/** Whether there is room for one more question in a call. */
export function hasRoom({ messages, system = "" }: ModelQuestion, answers: ModelAnswers): boolean {
  const texts = [system, ...messages.map(({ text }) => text), ...Object.values(answers)];
  return texts.reduce((sum, { length }) => sum + length, 0) <= MOST_TEXT;
}
