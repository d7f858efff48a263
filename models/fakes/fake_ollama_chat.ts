/** How a fake Ollama answers: the prompt as the model sees it, and the reply token by token. */
import { FakeFailure, type FakeModel } from "./fake_ollama_library.ts";

export interface FakeMessage {
  role: string;
  content: string;
}

/** A call as it reaches the model. */
export interface FakeCall {
  model: string;
  messages: FakeMessage[];
  /** All that the model sees: its front is missing when it was longer than the context. */
  prompt: string;
  promptTokens: number;
  /** True when the front was dropped. */
  truncated: boolean;
  /** The JSON Schema, or "json". */
  format?: unknown;
  /** Counts the calls of models, from 0. */
  index: number;
}

/** What the model says to a call. */
export interface FakeReply {
  text?: string;
  /** Instead of `text`: bare JSON when the format was constrained, else JSON in a fence. */
  json?: unknown;
  /** Said when thinking was asked for. */
  thinking?: string;
  /** `length`: it came to an end before it was done. */
  done?: "stop" | "length";
}

export type Answer = (call: FakeCall) => string | FakeReply | Promise<string | FakeReply>;

/** A request to a model, whichever route it came by. */
export interface Ask {
  model: FakeModel;
  messages: FakeMessage[];
  format?: unknown;
  options: Record<string, unknown>;
  /** Whether the prompt's front may be dropped. */
  truncate: boolean;
  /** Whether the front may be dropped when the reply fills the context. */
  shift: boolean;
  /** Of the server: `truncate` and `shift` are known from 0.12.6 on. */
  version: string;
  think: boolean;
}

/** A reply in pieces, ready to be sent. */
export interface Said {
  pieces: string[];
  thinking: string[];
  done: "stop" | "length";
  promptTokens: number;
}

const DEFAULT_CONTEXT = 4096;
const CHARACTERS_PER_TOKEN = 4;
const PIECE = /[^]{1,4}/gu;

/**
 * What the model sees of the messages.
 *
 * @throws {FakeFailure} 400 when it is too long and may not be truncated
 */
export function toCall(ask: Ask, index: number): FakeCall {
  const whole = render(ask);
  const context = contextOf(ask);
  const tokens = Math.ceil(whole.length / CHARACTERS_PER_TOKEN);
  const truncated = tokens > context;
  if (truncated && !ask.truncate && isAtLeast(ask.version, "0.12.6")) {
    throw new FakeFailure(400, describeOverflow(ask, tokens, context));
  }
  const prompt = truncated ? whole.slice(-context * CHARACTERS_PER_TOKEN) : whole;
  const { model: { name: model }, messages, format } = ask;
  const promptTokens = Math.min(tokens, context);
  return { model, messages, prompt, promptTokens, truncated, format, index };
}

/** From 0.34 on it is the error of llama.cpp's server, as text. */
function describeOverflow({ version }: Ask, tokens: number, context: number): string {
  if (!isAtLeast(version, "0.34.0")) return "the input length exceeds the context length";
  const message = `request (${tokens} tokens) exceeds the available context size ` +
    `(${context} tokens), try increasing it`;
  const type = "exceed_context_size_error";
  const error = { code: 400, message, type, n_prompt_tokens: tokens, n_ctx: context };
  return JSON.stringify({ error });
}

function isAtLeast(version: string, wanted: string): boolean {
  return version.localeCompare(wanted, "en", { numeric: true }) >= 0;
}

/** Never more than what the model was trained for. */
function contextOf({ model, options }: Ask): number {
  const wanted = typeof options.num_ctx === "number" ? options.num_ctx : DEFAULT_CONTEXT;
  return Math.min(wanted, model.contextTokens);
}

function render({ model, messages }: Ask): string {
  const hasSystem = model.template.includes(".System");
  return messages.filter(({ role }) => hasSystem || role !== "system")
    .map(({ role, content }) => `<${role}>${content}</${role}>`).join("\n");
}

/** Lets the model answer, and cuts what it says as the options want it. */
export async function answerCall(ask: Ask, call: FakeCall, answer: Answer): Promise<Said> {
  const said = await answer(call);
  const reply: FakeReply = typeof said === "string" ? { text: said } : said;
  const text = cutAtStop(textOf(reply, call.format), ask.options.stop);
  const pieces = text.match(PIECE) ?? [];
  const room = roomFor(ask, call);
  return {
    pieces: pieces.slice(0, room),
    thinking: ask.think ? reply.thinking?.match(PIECE) ?? [] : [],
    done: pieces.length > room ? "length" : reply.done ?? "stop",
    promptTokens: call.promptTokens,
  };
}

function textOf({ text = "", json }: FakeReply, format: unknown): string {
  if (json === undefined) return text;
  if (format !== undefined) return JSON.stringify(json);
  return `Here you are:\n\n\`\`\`json\n${JSON.stringify(json, null, 2)}\n\`\`\`\n`;
}

function cutAtStop(text: string, stop: unknown): string {
  const ends = [stop].flat()
    .filter((one): one is string => typeof one === "string" && one !== "")
    .map((one) => text.indexOf(one)).filter((at) => at >= 0);
  return text.slice(0, Math.min(text.length, ...ends));
}

/** Tokens that the reply may have: `num_predict`, and what the prompt leaves of the context. */
function roomFor(ask: Ask, { promptTokens }: FakeCall): number {
  const wanted = ask.options.num_predict;
  const limit = typeof wanted === "number" && wanted >= 0 ? wanted : Infinity;
  const shifts = ask.shift || !isAtLeast(ask.version, "0.12.6");
  return shifts ? limit : Math.min(limit, contextOf(ask) - promptTokens);
}
