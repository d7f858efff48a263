import * as z from "zod";
import { ModelError } from "../../models/model_error.ts";
import { plainKey } from "../../models/endpoints/plain_key.ts";
import { askStructured } from "../../models/structured/structured.ts";
import { fillPrompt } from "../../prompts/fill.ts";
import type { Intent } from "../../sessions/session.ts";
import { describeTools } from "../plan/describe_tools.ts";
import { knownTool } from "../plan/known_tool.ts";
import type { Question } from "../person.ts";
import { describeKnown, quoteMessage } from "../answer/quote_message.ts";
import type { Message } from "./read_message.ts";
import type { ToolInfo } from "../execute/toolbox.ts";
import type { TurnState } from "../turn_state.ts";

/** An intent, with what the model would ask first. */
export interface ReadIntent {
  intent: Intent;
  questions: Question[];
}

/** Said where words are enough. */
const ANSWER = "answer";
const MAX_TOKENS = 700;
const MAX_TOOLS = 10;

/**
 * What the chat model makes of a message. `intent.tools` is empty where words are enough.
 *
 * @param shown the tools that it may choose from
 * @returns undefined when its replies say nothing
 * @throws {ModelError} when it cannot be asked
 */
export async function readIntent(
  state: TurnState,
  message: Message,
  shown: ToolInfo[],
): Promise<ReadIntent | undefined> {
  const prompt = await state.world.prompts.load("chat_intent");
  const messages = fillPrompt(prompt, {
    tools: describeTools(shown),
    known: describeKnown(state),
    preferences: state.world.preferences.slice(0, 20).join("; ").slice(0, 1_000) || "nothing",
    message: quoteMessage(message),
  });
  const names = shown.map(({ name }) => name);
  const model = await state.chatModel();
  try {
    const { value } = await askStructured(model, {
      messages,
      schema: intentSchema(names),
      maxTokens: MAX_TOKENS,
      signal: state.signal,
      fallback: (text) => namesIn(text, names),
    });
    return toIntent(value, names, message);
  } catch (error) {
    if (error instanceof ModelError && error.fault === "unusable") return undefined;
    throw error;
  }
}

const text = z.string().default("");

/** Lenient where the program can mend: only a name that means nothing costs a second call. */
function intentSchema(names: string[]) {
  const isKnown = (name: string) =>
    plainKey(name) === ANSWER || knownTool(name, names) !== undefined;
  const tool = z.string().refine(isKnown, "no such tool").meta({ enum: [...names, ANSWER] });
  return z.object({
    goal: text,
    tools: z.array(tool).min(1).max(40),
    parameters: z.array(z.object({ name: text, value: text })).max(40).default([]),
    confidence: z.number().catch(0.8).default(0.8),
    unclear: z.array(z.object({ question: text, choices: z.array(z.string()).default([]) }))
      .max(20).default([]),
  });
}

type RawIntent = z.output<ReturnType<typeof intentSchema>>;

/** A reply in prose that names tools says enough. */
function namesIn(reply: string, names: string[]): RawIntent | undefined {
  const found = names.map((name) => ({ name, at: reply.indexOf(name) })).filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at).map(({ name }) => name);
  if (found.length === 0) return undefined;
  return { goal: "", tools: found, parameters: [], confidence: 0.8, unclear: [] };
}

function toIntent(raw: RawIntent, names: string[], message: Message): ReadIntent | undefined {
  const said = raw.tools.map((name) => name.trim()).filter(Boolean);
  // A model that repeats itself does not mean it.
  const tools = [...new Set(said.flatMap((name) => knownTool(name, names) ?? []))];
  const isTalk = said.every((name) => plainKey(name) === ANSWER);
  if (tools.length === 0 && !isTalk) return undefined;
  const parameters = Object.fromEntries(
    raw.parameters.filter(({ name, value }) => name.trim() !== "" && value.trim() !== "")
      .slice(0, 20).map((
        { name, value },
      ) => [name.trim().slice(0, 60), value.trim().slice(0, 8_000)]),
  );
  const asked = raw.unclear.map(toQuestion).filter((one) => one !== undefined);
  const questions = asked.filter(({ text }, i) =>
    asked.findIndex((one) => one.text === text) === i
  );
  const intent: Intent = {
    goal: raw.goal.trim().slice(0, 1_000) || message.text.slice(0, 1_000),
    tools: tools.slice(0, MAX_TOOLS),
    parameters,
    confidence: Math.min(
      1,
      Math.max(0, raw.confidence > 1 ? raw.confidence / 100 : raw.confidence),
    ),
    unclear: questions.map(({ text }) => text),
    by: "model",
  };
  return { intent, questions };
}

const YES_OR_NO = /^(?:is|are|do|does|did|should|shall|can|will|would|has|have|must)\b/i;

function toQuestion({ question, choices }: RawIntent["unclear"][number]): Question | undefined {
  const asked = question.replace(/\s+/g, " ").trim().slice(0, 300);
  const given = [...new Set(choices.map((one) => one.replace(/\s+/g, " ").trim().slice(0, 100)))]
    .filter(Boolean).slice(0, 6);
  if (asked.length < 4) return undefined;
  if (given.length >= 2) return { text: asked, choices: given };
  return YES_OR_NO.test(asked) ? { text: asked, choices: ["yes", "no"] } : undefined;
}
