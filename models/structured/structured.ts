import type * as z from "zod";
import { isObject } from "../../config/is_object.ts";
import { oneLine } from "../../config/one_line.ts";
import { abridge } from "../context/abridge.ts";
import type { ChatMessage, ChatModel, ChatReply } from "../chat_model.ts";
import { describeSchema, toGrammarSchema } from "./grammar_schema.ts";
import { joinAnswers } from "../context/join_answers.ts";
import { ModelError } from "../model_error.ts";
import { type Reading, readJson } from "./read_json.ts";

/** What {@link askStructured} asks for. */
export interface StructuredQuestion<T> {
  messages: ChatMessage[];
  /** Of the answer; with synchronous checks only. */
  schema: z.ZodType<T>;
  /** Of each reply. */
  maxTokens: number;
  signal?: AbortSignal;
  /** Called with each piece of each reply as it arrives. */
  onToken?(text: string): void;
  /**
   * The answer without JSON: what can be read from the text of a whole reply, which is empty when
   * there is none; undefined when nothing can.
   */
  fallback?(text: string): T | undefined;
}

/** An answer that fits its schema. */
export interface StructuredReply<T> {
  value: T;
  /** Of the model, at most 3. */
  calls: number;
  /**
   * `direct`: the reply was the answer. `repaired`: it was found in the reply, or made to fit.
   * `retried`: by a later reply. `fallback`: by the caller's own means.
   */
  how: "direct" | "repaired" | "retried" | "fallback";
}

interface Attempt<T> {
  reply: ChatReply;
  reading: Reading<T>;
}

/** Of what is quoted to the model; all of it costs context. */
const QUOTE_CHARACTERS = 1_200;

/**
 * Asks for JSON that fits a schema, as dependably as a weak model allows: the reply is constrained
 * where the backend can, searched for JSON, repaired, and made to fit; if that fails, asked for once
 * more with what was wrong, and a third time when one of the two was cut off: that one said nothing
 * about how the model takes corrections. Then what is valid in the last replies is put together;
 * then `fallback` has its turn. Of a reply that was cut off only JSON is taken that is valid as it
 * stands: what was cut off came after it.
 *
 * @throws {ModelError} of the first call; `unusable`, with what came, when nothing helped
 */
export async function askStructured<T>(
  model: ChatModel,
  question: StructuredQuestion<T>,
): Promise<StructuredReply<T>> {
  const attempts = [await attempt(model, question, question.messages)];
  const [first] = attempts;
  if (first!.reading.ok) return { value: first!.reading.value, calls: 1, how: first!.reading.how };
  while (mayAskAgain(attempts)) {
    const next = await attemptAgain(model, question, attempts.at(-1)!);
    if (!next) break;
    attempts.push(next);
  }
  const calls = attempts.length;
  const { reading } = attempts.at(-1)!;
  if (reading.ok) return { value: reading.value, calls, how: "retried" };
  const joined = joinAnswers(question.schema, attempts.map(restOf));
  if (joined !== undefined) return { value: joined, calls, how: "retried" };
  const value = fallBack(question, attempts.toReversed());
  if (value !== undefined) return { value, calls, how: "fallback" };
  throw unusable(model, attempts.at(-1)!);
}

function mayAskAgain<T>(attempts: Attempt<T>[]): boolean {
  if (attempts.at(-1)!.reading.ok) return false;
  return attempts.length < 2 || attempts.length < 3 && attempts.some(isCutOff);
}

function isCutOff<T>({ reply, reading }: Attempt<T>): boolean {
  return reply.done === "length" || !reading.ok && reading.isCutOff;
}

async function attempt<T>(
  model: ChatModel,
  { schema, maxTokens, signal, onToken }: StructuredQuestion<T>,
  messages: ChatMessage[],
): Promise<Attempt<T>> {
  const grammar = toGrammarSchema(schema);
  // The reply is read as a whole: another endpoint may begin it anew.
  const onRestart = () => {};
  const request = { messages, schema: grammar, maxTokens, signal, onToken, onRestart };
  const reply = await model.chat(request);
  const isCutOff = reply.done === "length";
  return { reply, reading: readJson(reply.text, schema, { isCutOff }) };
}

/** Undefined when another call fails while there is a fallback, or has no room. */
async function attemptAgain<T>(
  model: ChatModel,
  question: StructuredQuestion<T>,
  before: Attempt<T>,
): Promise<Attempt<T> | undefined> {
  try {
    return await attempt(model, question, [...question.messages, ...complaint(question, before)]);
  } catch (error) {
    if (hasNoRoom(error) || error instanceof ModelError && question.fallback) return undefined;
    throw error;
  }
}

/** What is quoted makes the next prompt longer; that is no fault of the caller's. */
function hasNoRoom(error: unknown): boolean {
  return error instanceof ModelError && error.fault === "too_long";
}

function complaint<T>(question: StructuredQuestion<T>, before: Attempt<T>): ChatMessage[] {
  const quote = abridge(before.reply.text.trim(), QUOTE_CHARACTERS) || "(nothing)";
  const content = `${reason(question, before)}\n${order(question.schema)}`;
  return [{ role: "assistant", content: quote }, { role: "user", content }];
}

function reason<T>({ maxTokens }: StructuredQuestion<T>, { reply, reading }: Attempt<T>): string {
  if (reply.done === "length") {
    return `Your reply was cut off: it may have at most ${maxTokens} tokens. Give a shorter answer.`;
  }
  return reading.ok ? "" : `Your reply cannot be used: ${reading.problem}.`;
}

function order(schema: z.ZodType): string {
  const { properties } = describeSchema(schema);
  const fields = isObject(properties) ? Object.keys(properties).map((key) => `"${key}"`) : [];
  const shape = fields.length > 0
    ? `one JSON object with the keys ${fields.join(", ")}`
    : "the JSON";
  return `Reply with nothing but ${shape}, complete and valid.`;
}

function restOf<T>({ reading }: Attempt<T>): unknown {
  return reading.ok ? undefined : reading.rest;
}

/** The newest whole reply counts most; a part of one would look like all there is. */
function fallBack<T>(
  { fallback }: StructuredQuestion<T>,
  newestFirst: Attempt<T>[],
): T | undefined {
  const whole = newestFirst.filter(({ reply }) => reply.done === "stop")
    .map(({ reply }) => reply.text);
  for (const text of whole.length > 0 ? whole : [""]) {
    const value = fallback?.(text);
    if (value !== undefined) return value;
  }
  return undefined;
}

function unusable<T>(
  model: ChatModel,
  { reply, reading }: Attempt<T>,
): ModelError {
  const isTooLong = reply.done === "length";
  const problem = reading.ok ? "" : reading.problem;
  const state = isTooLong ? `cut off at ${reply.usage.completionTokens} tokens` : problem;
  const came = oneLine(reply.text, 120);
  const message = `Cannot use the reply of "${model.model}": ${state}; it said "${came}"`;
  return new ModelError("unusable", message, {
    hint: isTooLong
      ? "ask for less at once, or raise max_tokens of the model in devmcp.yaml"
      : "ask again or in other words, or choose another model with `devmcp models use`",
  });
}
