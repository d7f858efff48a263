import * as z from "zod";
import { oneLine } from "../config/one_line.ts";
import type { About } from "./endpoints/call_fault.ts";
import type { BackendOptions, ChatModel, ChatReply, ChatRequest } from "./chat_model.ts";
import { checkWire } from "./endpoints/check_wire.ts";
import { fitMessages } from "./context/fit_messages.ts";
import { callServer, createServer, readJson, type Server } from "./endpoints/http.ts";
import { checkError } from "./endpoints/refusal.ts";
import { maxReplyBytes, ReplyBuilder } from "./reply.ts";

/** What the service itself takes when nothing is said; it wants all of them. */
const SAMPLING = { top_k: 50, top_p: 0.95 };

const count = z.int().nonnegative().optional();
const chatAnswer = z.object({
  response: z.string(),
  response_tokens: count,
  input_tokens: count,
});

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

function aboutServer({ url }: Server, what: string): About {
  return { doing: `${what} at ${url}`, kind: "local_chat" };
}

function chat(server: Server, options: BackendOptions, request: ChatRequest): Promise<ChatReply> {
  const { model, profile } = options;
  const { maxTokens, temperature = profile.temperature, signal } = request;
  const about = aboutServer(server, `ask "${oneLine(model, 100)}"`);
  return callServer(server, about, signal, async (call) => {
    const reply = new ReplyBuilder({ ...request, schema: undefined }, profile);
    const messages = fitMessages(request.messages, profile);
    const body = JSON.stringify({ messages, max_tokens: maxTokens, temperature, ...SAMPLING });
    const response = await call.send(`${server.url}/chat`, { body });
    const sent = await readJson(response, maxReplyBytes(request));
    const answer = checkWire(chatAnswer, checkError(sent));
    reply.push(answer.response);
    const completionTokens = answer.response_tokens;
    // It gives no reason: an answer that took all the tokens was cut off.
    const done = (completionTokens ?? 0) >= maxTokens ? "length" : "stop";
    const end = { done, promptTokens: answer.input_tokens, completionTokens } as const;
    return { ...reply.finish(end, messages), model, endpoint: server.url };
  });
}
