import { fenced } from "../../config/fenced.ts";
import { oneLine } from "../../config/one_line.ts";
import type { ChatModel } from "../../models/chat_model.ts";
import { splitFences } from "../../models/structured/fences.ts";
import { fitParts } from "../../models/context/fit_parts.ts";
import { ModelError } from "../../models/model_error.ts";
import { fillPrompt } from "../../prompts/fill.ts";
import type { Prompts } from "../../prompts/prompt.ts";
import type { Session, Turn } from "../../sessions/session.ts";
import { findPreferences } from "../preferences/find_preferences.ts";
import { MAX_SUMMARY, runningSummary } from "./summary.ts";

export interface Compacted {
  /** For `session.summary`. */
  summary: Session["summary"];
  by: "model" | "rules";
}

const REPLY_TOKENS = 700;

/**
 * Sums up a whole session with the model; where that fails, or there is none, by rules. What the person
 * has said should always hold is kept word for word.
 *
 * @throws the reason of `signal`
 */
export async function compact(
  session: Session,
  model: ChatModel | undefined,
  prompts: Prompts,
  signal?: AbortSignal,
): Promise<Compacted> {
  const { turns } = session;
  const asked = model && turns.length > 0 ? await ask(session, model, prompts, signal) : undefined;
  const text = asked ?? runningSummary(session, turns.length).slice(-MAX_SUMMARY);
  return {
    summary: { text: withPreferences(text, session), turns: turns.length },
    by: asked === undefined ? "rules" : "model",
  };
}

async function ask(
  session: Session,
  model: ChatModel,
  prompts: Prompts,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const prompt = await prompts.load("chat_summary");
    const fill = (conversation: string) =>
      fillPrompt(prompt, { summary: session.summary.text || "(none)", conversation });
    const fixed = fill("").map(({ content }) => content).join("\n");
    const parts = session.turns.slice(session.summary.turns)
      .map((turn, i) => ({ label: `${i}`, text: textOf(turn), priority: i }));
    const { text } = fitParts(model, { fixed, parts, replyTokens: REPLY_TOKENS });
    if (text === "") return undefined;
    const messages = fill(fenced(text, ""));
    const reply = await model.chat({ messages, maxTokens: REPLY_TOKENS, signal });
    return reply.done === "stop" ? usable(reply.text) : undefined;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** Code is named: the model is to know that it was there, and takes it from elsewhere. */
function textOf({ input, answer, calls }: Turn): string {
  const tools = calls.map(({ tool, status }) => `Tool ${oneLine(tool, 60)}: ${status}`);
  return [`Person: ${withoutCode(input)}`, ...tools, `Assistant: ${withoutCode(answer)}`]
    .join("\n");
}

function withoutCode(text: string): string {
  const { prose, blocks } = splitFences(text);
  const named = blocks.map(({ label, code }) =>
    `[${oneLine(label, 20) || "some"} code of ${code.split("\n").length} lines]`
  );
  return [prose.slice(0, 2_000), ...named].join(" ").trim();
}

/** Sentences, and not too few: some models answer with nothing, with code or with JSON. */
function usable(reply: string): string | undefined {
  const text = splitFences(reply).prose.trim();
  const isProse = /\p{L}{2,}.*\p{L}{2,}/su.test(text) && !/^[{[]/.test(text);
  return isProse ? text.slice(0, MAX_SUMMARY) : undefined;
}

function withPreferences(text: string, { turns }: Session): string {
  const stated = [...new Set(turns.flatMap(({ input }) => findPreferences(input)))].slice(-20);
  const missing = stated.filter((one) => !text.includes(one));
  return missing.length === 0
    ? text
    : `${text}\nThe person said: ${missing.map((one) => `"${one}"`).join(", ")}`;
}
