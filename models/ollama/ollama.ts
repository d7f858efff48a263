import * as z from "zod";
import { oneLine } from "../../config/one_line.ts";
import type { BackendOptions, ChatModel, ChatReply, ChatRequest, Embedder } from "../chat_model.ts";
import { CallFault } from "../endpoints/call_fault.ts";
import { checkWire } from "../endpoints/check_wire.ts";
import { fitMessages } from "../context/fit_messages.ts";
import { callServer, createServer, type Server } from "../endpoints/http.ts";
import { aboutOllama, createClient } from "./ollama_client.ts";
import { maxReplyBytes, ReplyBuilder, type ReplyEnd } from "../reply.ts";
import { maxVectorBytes } from "../vector_bytes.ts";

const count = z.int().nonnegative().optional();

/** A line of the answer; the last one is `done` and tells what it took. */
const chatLine = z.object({
  message: z.object({ content: z.string().optional(), thinking: z.unknown().optional() })
    .optional(),
  done: z.boolean(),
  done_reason: z.string().optional(),
  prompt_eval_count: count,
  eval_count: count,
});

const embedAnswer = z.object({ embeddings: z.array(z.array(z.number())) });

/** Every request says what the context is and that nothing may be dropped to fit into it. */
interface Bounds {
  truncate: false;
  /** False: an answer ends at the end of the context, instead of the prompt's front making room. */
  shift: false;
}
const BOUNDS: Bounds = { truncate: false, shift: false };

/**
 * A model behind Ollama.
 *
 * @throws {ToolError} when the URL cannot be used
 */
export function createOllama(options: BackendOptions): ChatModel & Embedder {
  const server = createServer(options, "ollama");
  const { model, contextTokens, profile } = options;
  return {
    model,
    endpoint: server.url,
    kind: "ollama",
    contextTokens,
    profile,
    chat: (request) => chat(server, options, request),
    embed: (texts, { signal } = {}) => embed(server, options, texts, signal),
  };
}

function chat(server: Server, options: BackendOptions, request: ChatRequest): Promise<ChatReply> {
  const { model, profile } = options;
  const about = aboutOllama(server, `ask "${oneLine(model, 100)}"`, { model });
  return callServer(server, about, request.signal, async (call) => {
    const reply = new ReplyBuilder(request, profile);
    const asked = toOllama(options, request);
    const answer = { streamed: true, maxBytes: maxReplyBytes(request) };
    const client = await createClient(server, call, answer);
    let end: ReplyEnd = { done: "stop" };
    for await (const sent of await client.chat(asked)) {
      const line = checkWire(chatLine, sent);
      if (line.done) end = endOf(line, request);
      reply.pushThinking(line.message?.thinking);
      if (!reply.push(line.message?.content ?? "")) break;
    }
    return { ...reply.finish(end, asked.messages), model, endpoint: server.url };
  });
}

function toOllama(options: BackendOptions, request: ChatRequest) {
  const { model, profile, contextTokens } = options;
  return {
    ...BOUNDS,
    model,
    messages: fitMessages(request.messages, profile),
    stream: true as const,
    format: request.schema,
    keep_alive: keepAlive(options.keepAlive),
    options: {
      num_ctx: contextTokens,
      num_predict: request.maxTokens,
      temperature: request.temperature ?? profile.temperature,
      stop: profile.stop,
      seed: request.seed,
    },
  };
}

/** Ollama takes `5m` as text, but seconds only as a number. */
function keepAlive(value: string | undefined): string | number | undefined {
  return value !== undefined && /^-?\d+$/.test(value) ? Number(value) : value;
}

function endOf(line: z.output<typeof chatLine>, { maxTokens }: ChatRequest): ReplyEnd {
  const { done_reason, prompt_eval_count, eval_count } = line;
  // Servers that tell no reason tell at least how much was said.
  const whole = done_reason === undefined ? (eval_count ?? 0) < maxTokens : done_reason === "stop";
  return {
    done: whole ? "stop" : "length",
    promptTokens: prompt_eval_count,
    completionTokens: eval_count,
  };
}

async function embed(
  server: Server,
  options: BackendOptions,
  texts: string[],
  signal?: AbortSignal,
): Promise<number[][]> {
  if (texts.length === 0) return [];
  const { model, contextTokens } = options;
  const about = aboutOllama(server, `embed with "${oneLine(model, 100)}"`, { model });
  return await callServer(server, about, signal, async (call) => {
    const answer = { streamed: false, maxBytes: maxVectorBytes(texts.length) };
    const client = await createClient(server, call, answer);
    const sent = await client.embed({
      model,
      input: texts,
      truncate: false,
      keep_alive: keepAlive(options.keepAlive),
      options: { num_ctx: contextTokens },
    });
    const { embeddings } = checkWire(embedAnswer, sent);
    if (embeddings.length === texts.length) return embeddings;
    throw new CallFault("protocol", `${embeddings.length} vectors came for ${texts.length} texts`);
  });
}
