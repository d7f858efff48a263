import {
  type CreateMessageRequestParams,
  type CreateMessageResult,
  type ElicitRequestParams,
  type ElicitResult,
  ProtocolError,
  ProtocolErrorCode,
} from "@modelcontextprotocol/client";
import { cutText } from "../config/cut_text.ts";
import { messageOf } from "../config/message_of.ts";
import { oneLine } from "../config/one_line.ts";
import type { ChatMessage, Models } from "../models/chat_model.ts";
import { readFields } from "./form_fields.ts";
import type { ElicitQuestion, HostPerson } from "./host_person.ts";

/** Answers what one server asks of the person and of the chat model. */
export interface Asked {
  sample(params: CreateMessageRequestParams, signal: AbortSignal): Promise<CreateMessageResult>;
  elicit(params: ElicitRequestParams, signal: AbortSignal): Promise<ElicitResult>;
}

export interface AnswerOptions {
  /** The server's name. */
  server: string;
  person: Pick<HostPerson, "sampling" | "elicit">;
  models: Models;
  /** Asks the person, one thing after the other; time does not pass for calls meanwhile. */
  ask<T>(question: () => Promise<T>): Promise<T>;
}

/** A reply's length for a server at most, in tokens. */
const MAX_TOKENS = 2048;
const MAX_PROMPT = 64 * 1024;
const MAX_MESSAGE = 4000;
/** After that many times no, a server is no longer listened to. */
const MAX_REFUSALS = 3;
const REFUSED = -1;

/** Answers a server's questions, each only after the person has seen it. */
export function answerServer({ server, person, models, ask }: AnswerOptions): Asked {
  let refusals = 0;
  const refuse = (message: string): never => {
    throw new ProtocolError(REFUSED, message);
  };
  return {
    async sample(params, signal) {
      const messages = readMessages(params);
      const maxTokens = Math.min(Math.max(1, params.maxTokens), MAX_TOKENS);
      const prompt = messages.map(({ role, content }) => `${role}: ${content}`).join("\n\n");
      if (prompt.length > MAX_PROMPT) refuse(`the prompt is longer than ${MAX_PROMPT} characters`);
      if (refusals >= MAX_REFUSALS) refuse("the user refused before");
      const isAllowed = await ask(() => person.sampling({ server, prompt, maxTokens }, signal));
      if (!isAllowed) {
        refusals++;
        refuse("the user refused");
      }
      return await complete(messages, maxTokens, params, models, signal);
    },
    async elicit(params, signal) {
      const question = readQuestion(server, params);
      if (!question || refusals >= MAX_REFUSALS) return { action: "decline" };
      const answer = await ask(() => person.elicit(question, signal));
      if (answer.action !== "accept") refusals++;
      return answer;
    },
  };
}

function readMessages(params: CreateMessageRequestParams): ChatMessage[] {
  const { systemPrompt, messages } = params;
  const system = systemPrompt ? [{ role: "system" as const, content: systemPrompt }] : [];
  return [
    ...system,
    ...messages.map(({ role, content }) => ({ role, content: textOf([content].flat()) })),
  ];
}

function textOf(blocks: { type: string; text?: unknown }[]): string {
  return blocks.map(({ type, text }) => typeof text === "string" ? text : `[${type}]`).join("\n");
}

async function complete(
  messages: ChatMessage[],
  maxTokens: number,
  { temperature }: CreateMessageRequestParams,
  models: Models,
  signal: AbortSignal,
): Promise<CreateMessageResult> {
  try {
    const model = await models.get("chat", { signal });
    const reply = await model.chat({
      messages,
      maxTokens,
      signal,
      ...temperature !== undefined && { temperature: Math.min(Math.max(0, temperature), 2) },
    });
    return {
      role: "assistant",
      content: { type: "text", text: reply.text },
      model: reply.model,
      stopReason: reply.done === "length" ? "maxTokens" : "endTurn",
    };
  } catch (error) {
    signal.throwIfAborted();
    const message = oneLine(messageOf(error));
    throw new ProtocolError(ProtocolErrorCode.InternalError, message);
  }
}

/** Undefined for a form that cannot be asked field by field, and for an address that is no web page. */
function readQuestion(server: string, params: ElicitRequestParams): ElicitQuestion | undefined {
  const message = cutText(params.message, MAX_MESSAGE);
  if (params.mode === "url") {
    const url = URL.parse(params.url);
    return url && /^https?:$/.test(url.protocol) ? { server, message, url: url.href } : undefined;
  }
  const fields = readFields(params.requestedSchema);
  return fields && { server, message, fields };
}
