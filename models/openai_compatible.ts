import * as z from "zod";
import { atMost } from "../config/at_most.ts";
import { oneLine } from "../config/one_line.ts";
import { type About, CallFault, cutOff } from "./endpoints/call_fault.ts";
import type { BackendOptions, ChatModel, ChatReply, ChatRequest, Embedder } from "./chat_model.ts";
import { checkWire } from "./endpoints/check_wire.ts";
import { readEvents } from "./endpoints/event_stream.ts";
import { fitMessages } from "./context/fit_messages.ts";
import {
  type Call,
  callServer,
  createServer,
  parseJson,
  readJson,
  type Server,
} from "./endpoints/http.ts";
import { checkError } from "./endpoints/refusal.ts";
import { maxReplyBytes, ReplyBuilder, type ReplyEnd } from "./reply.ts";
import { maxVectorBytes } from "./vector_bytes.ts";

/** The API takes no more. */
const MAX_STOPS = 4;
/** Reasons of a whole answer, in the words of different servers; any other is a cut-off. */
const WHOLE = ["stop", "eos", "eos_token", "end_turn", "stop_sequence", "stop_token"];

/** Servers that tell the usage do so right after the end. */
const GRACE_MS = 300;

/** What servers say that do not know schemas. */
const REFUSALS = [400, 422, 501];

const tokens = z.int().nonnegative().nullish();

const chunk = z.object({
  choices: z.array(z.object({
    delta: z.object({
      content: z.string().nullish(),
      // Thinking, in the words of different servers.
      reasoning_content: z.unknown().optional(),
      reasoning: z.unknown().optional(),
    }).nullish(),
    finish_reason: z.string().nullish(),
  })).nullish(),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish(),
});

type Chunk = z.output<typeof chunk>;

const embedAnswer = z.object({
  data: z.array(z.object({ index: z.int().optional(), embedding: z.array(z.number()) })),
});

/**
 * A model behind any server that speaks OpenAI's API: vLLM, llama.cpp, LM Studio and others.
 *
 * @throws {ToolError} when the URL cannot be used
 */
export function createOpenAiCompatible(options: BackendOptions): ChatModel & Embedder {
  const server = createServer(options, "openai");
  const { model, contextTokens, profile } = options;
  // Learnt from the first call: a server that takes no schema costs one request more only once.
  const takes = { schema: true };
  return {
    model,
    endpoint: server.url,
    kind: "openai",
    contextTokens,
    profile,
    chat: (request) => chat(server, options, takes, request),
    embed: (texts, { signal } = {}) => embed(server, model, texts, signal),
  };
}

function aboutServer({ url }: Server, what: string): About {
  return { doing: `${what} at ${url}`, kind: "openai" };
}

function chat(
  server: Server,
  options: BackendOptions,
  takes: { schema: boolean },
  request: ChatRequest,
): Promise<ChatReply> {
  const { model, profile } = options;
  const about = aboutServer(server, `ask "${oneLine(model, 100)}"`);
  return callServer(server, about, request.signal, async (call) => {
    const reply = new ReplyBuilder(request, profile);
    const messages = fitMessages(request.messages, profile);
    const asked = { ...toOpenAi(options, request), messages };
    const response = await ask(call, server, asked, takes);
    const end = await readReply(response, reply, request);
    return { ...reply.finish(end, messages), model, endpoint: server.url };
  });
}

function toOpenAi({ model, profile }: BackendOptions, request: ChatRequest) {
  const { schema, maxTokens, temperature = profile.temperature, seed } = request;
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: maxTokens,
    temperature,
    seed,
    stop: profile.stop.length > 0 ? profile.stop.slice(0, MAX_STOPS) : undefined,
    response_format: schema &&
      { type: "json_schema", json_schema: { name: "reply", strict: true, schema } },
  };
}

/** Servers that know no schema refuse the request: they are asked again without. */
async function ask(
  call: Call,
  server: Server,
  asked: ReturnType<typeof toOpenAi>,
  takes: { schema: boolean },
): Promise<Response> {
  const send = (body: object) =>
    call.send(`${server.url}/chat/completions`, { body: JSON.stringify(body) });
  const plain = { ...asked, response_format: undefined };
  if (!asked.response_format || !takes.schema) return await send(plain);
  try {
    return await send(asked);
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  const response = await send(plain);
  takes.schema = false;
  return response;
}

function isRefusal(error: unknown): boolean {
  return error instanceof CallFault && error.fault === "failed" &&
    REFUSALS.includes(error.status ?? 0);
}

async function readReply(
  response: Response,
  reply: ReplyBuilder,
  request: ChatRequest,
): Promise<ReplyEnd> {
  const chunks = readChunks(response, request);
  let came = false;
  for (let sent = await chunks.next(); !sent.done; sent = await chunks.next()) {
    came = true;
    const { choices, usage } = sent.value;
    const [choice] = choices ?? [];
    reply.pushThinking(choice?.delta?.reasoning_content ?? choice?.delta?.reasoning);
    const more = reply.push(choice?.delta?.content ?? "");
    if (choice?.finish_reason) {
      const known = usage ?? await readUsage(chunks, request);
      return { done: doneOf(choice.finish_reason), ...usageFields(known) };
    }
    if (!more) return { done: "stop" };
  }
  throw came ? cutOff() : new CallFault("protocol", "the server's answer is no stream of events");
}

async function* readChunks(response: Response, request: ChatRequest): AsyncGenerator<Chunk> {
  for await (const data of readEvents(response.body, maxReplyBytes(request))) {
    if (data.trim() === "[DONE]") break;
    yield checkWire(chunk, checkError(parseJson(data)));
  }
}

/** The usage that follows the end of an answer. Without it the answer is as whole. */
async function readUsage(
  chunks: AsyncGenerator<Chunk>,
  { signal }: ChatRequest,
): Promise<Chunk["usage"]> {
  try {
    return await atMost(GRACE_MS, findUsage(chunks));
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

async function findUsage(chunks: AsyncGenerator<Chunk>): Promise<Chunk["usage"]> {
  for await (const { usage } of chunks) {
    if (usage) return usage;
  }
}

function doneOf(reason: string): ReplyEnd["done"] {
  return WHOLE.includes(reason) ? "stop" : "length";
}

function usageFields(usage: Chunk["usage"]): Partial<ReplyEnd> {
  return {
    promptTokens: usage?.prompt_tokens ?? undefined,
    completionTokens: usage?.completion_tokens ?? undefined,
  };
}

async function embed(
  server: Server,
  model: string,
  texts: string[],
  signal?: AbortSignal,
): Promise<number[][]> {
  if (texts.length === 0) return [];
  const about = aboutServer(server, `embed with "${oneLine(model, 100)}"`);
  return await callServer(server, about, signal, async (call) => {
    const body = JSON.stringify({ model, input: texts, encoding_format: "float" });
    const response = await call.send(`${server.url}/embeddings`, { body });
    const answer = checkError(await readJson(response, maxVectorBytes(texts.length)));
    const { data } = checkWire(embedAnswer, answer);
    if (data.length !== texts.length) {
      throw new CallFault("protocol", `${data.length} vectors came for ${texts.length} texts`);
    }
    return data.sort((a, b) => (a.index ?? 0) - (b.index ?? 0)).map(({ embedding }) => embedding);
  });
}
