import type { ChatModel, ChatReply, ChatRequest, Models, Role } from "./chat_model.ts";
import { ModelError } from "./model_error.ts";
import type { Profile } from "./profiles/profiles.ts";
import { usageOf } from "./usage_of.ts";

/** A reply with more than its text. */
export interface ScriptedAnswer {
  text: string;
  /** @default "stop" */
  done?: ChatReply["done"];
  /** @default estimated from the lengths */
  usage?: ChatReply["usage"];
}

/** What a scripted model does at one call: says a text, throws, or asks a function. */
export type ScriptedReply =
  | string
  | ScriptedAnswer
  | ModelError
  | ((request: ChatRequest) => string | ScriptedAnswer | Promise<string | ScriptedAnswer>);

export interface ScriptedOptions {
  /** @default "scripted" */
  model?: string;
  /** @default 8192 */
  contextTokens?: number;
  profile?: Partial<Profile>;
  /** Later calls get the last reply again; without it they throw. @default false */
  repeatLast?: boolean;
}

/** Characters that are streamed at a time. */
const PIECE = 8;

const PROFILE: Profile = {
  name: "scripted",
  roles: ["code", "chat"],
  systemRole: true,
  contextTokens: 8192,
  tools: false,
  stop: [],
  temperature: 0,
  charactersPerToken: 4,
  thinks: false,
};

/** A model that says what it is told to, one reply for each call, and keeps what it was asked. */
export function createScripted(
  replies: ScriptedReply[],
  options: ScriptedOptions = {},
): ChatModel & { requests: ChatRequest[] } {
  const { model = "scripted", contextTokens = 8192, repeatLast = false } = options;
  const profile = { ...PROFILE, ...options.profile };
  const requests: ChatRequest[] = [];
  const chat = async (request: ChatRequest): Promise<ChatReply> => {
    request.signal?.throwIfAborted();
    const reply = replies[requests.length] ?? (repeatLast ? replies.at(-1) : undefined);
    requests.push(request);
    if (reply === undefined) throw new Error(`No reply is scripted for call ${requests.length}`);
    const { text, done = "stop", usage } = await answerOf(reply, request);
    stream(text, request);
    return {
      text,
      done,
      usage: usage ?? usageOf(request.messages, text, profile),
      timing: { totalMs: 0, firstTokenMs: 0 },
      model,
      endpoint: "scripted",
    };
  };
  return { model, endpoint: "scripted", kind: "scripted", contextTokens, profile, requests, chat };
}

async function answerOf(reply: ScriptedReply, request: ChatRequest): Promise<ScriptedAnswer> {
  if (reply instanceof ModelError) throw reply;
  const answer = typeof reply === "function" ? await reply(request) : reply;
  return typeof answer === "string" ? { text: answer } : answer;
}

function stream(text: string, { onToken, signal }: ChatRequest): void {
  signal?.throwIfAborted();
  for (let start = 0; start < text.length; start += PIECE) {
    onToken?.(text.slice(start, start + PIECE));
    signal?.throwIfAborted();
  }
}

/** Models by role, for tests; a role that has none is one that no server can play. */
export function scriptedModels(models: Partial<Record<Role, ChatModel>>): Models {
  return {
    get: (role) => {
      const model = models[role];
      if (model) return Promise.resolve(model);
      const error = new ModelError("none", `Cannot find a model for "${role}": no server runs`, {
        hint: 'run "devmcp doctor --fix"',
      });
      return Promise.reject(error);
    },
  };
}
