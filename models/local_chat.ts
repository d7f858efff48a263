import * as z from "zod";
import { type About, faultOfText } from "./call_fault.ts";
import type { BackendOptions, ChatModel, ChatReply, ChatRequest } from "./chat_model.ts";
import { callServer, createServer, readJson, type Server } from "./http.ts";
import { fitMessages } from "./messages.ts";
import { oneLine } from "./one_line.ts";
import { errorText } from "./refusal.ts";
import { maxReplyBytes, ReplyBuilder } from "./reply.ts";
import { checkWire } from "./wire.ts";

/** What the service itself takes when nothing is said; it wants all of them. */
const SAMPLING = { top_k: 50, top_p: 0.95 };
const MAX_HEALTH_BYTES = 64 * 1024;

const count = z.int().nonnegative().optional();
const chatAnswer = z.object({
  response: z.string(),
  response_tokens: count,
  input_tokens: count,
});
const healthAnswer = z.object({ status: z.string(), model: z.string().nullish() });

/**
 * A model behind the older local_models service. It does not stream and knows no schema.
 *
 * @throws {ToolError} when the URL cannot be used
 */
export function createLocalChat(options: BackendOptions): ChatModel {
  const server = createServer(options, "local_chat");
  const { model, contextTokens, profile } = options;
  return {
    model,
    endpoint: server.url,
    kind: "local_chat",
    contextTokens,
    profile,
    chat: (request) => chat(server, options, request),
  };
}

/**
 * What the service says of itself: its status, such as `healthy`, and its one model.
 *
 * @throws {ModelError}
 */
export function checkLocalChat(
  options: Pick<BackendOptions, "url" | "timeoutMs" | "apiKey" | "fetch">,
  { signal }: { signal?: AbortSignal } = {},
): Promise<{ status: string; model?: string }> {
  const server = createServer(options, "local_chat");
  return callServer(server, aboutServer(server, "ask the service"), signal, async (call) => {
    const response = await call.send(`${server.url}/health`, { method: "GET" });
    const { status, model } = checkWire(healthAnswer, await readJson(response, MAX_HEALTH_BYTES));
    return model ? { status, model } : { status };
  });
}

function aboutServer({ url }: Server, what: string): About {
  return { doing: `${what} at ${url}`, kind: "local_chat" };
}

function chat(server: Server, options: BackendOptions, request: ChatRequest): Promise<ChatReply> {
  const { model, profile } = options;
  const { maxTokens, temperature = profile.temperature, signal } = request;
  const about = aboutServer(server, `ask "${oneLine(model, 100)}"`);
  return callServer(server, about, signal, async (call) => {
    const reply = new ReplyBuilder(request, profile);
    const messages = fitMessages(request.messages, profile);
    const body = JSON.stringify({ messages, max_tokens: maxTokens, temperature, ...SAMPLING });
    const response = await call.send(`${server.url}/chat`, { body });
    const answer = await readAnswer(response, request);
    reply.push(answer.response);
    const completionTokens = answer.response_tokens;
    // It gives no reason: an answer that took all the tokens was cut off.
    const done = (completionTokens ?? 0) >= maxTokens ? "length" : "stop";
    const end = { done, promptTokens: answer.input_tokens, completionTokens } as const;
    return { ...reply.finish(end, messages), model, endpoint: server.url };
  });
}

async function readAnswer(response: Response, request: ChatRequest) {
  const answer = await readJson(response, maxReplyBytes(request));
  if (typeof answer === "object" && answer !== null && "error" in answer && answer.error) {
    throw faultOfText(errorText(answer) ?? JSON.stringify(answer.error));
  }
  return checkWire(chatAnswer, answer);
}
