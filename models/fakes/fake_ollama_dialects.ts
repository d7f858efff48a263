/** How each of Ollama's routes writes what a model said. */
import type { Said } from "./fake_ollama_chat.ts";
import type { Json } from "./fake_ollama_http.ts";

/** The lines of one route. */
export interface Dialect {
  /** A piece of the reply. */
  piece(text: string, thinking: boolean): Json;
  /** The last line. */
  end(said: Said, startedAt: number): Json;
  /** The whole reply in one. */
  whole(said: Said, startedAt: number): Json;
}

const NOW = "2025-11-02T10:20:30.123456Z";

function timing({ pieces, promptTokens }: Said, startedAt: number): Json {
  const nanoseconds = Math.round((performance.now() - startedAt) * 1e6);
  return {
    total_duration: nanoseconds,
    load_duration: 0,
    prompt_eval_count: promptTokens,
    prompt_eval_duration: 0,
    eval_count: pieces.length,
    eval_duration: nanoseconds,
  };
}

/** /api/chat. */
export function chatDialect(model: string): Dialect {
  const head = { model, created_at: NOW };
  const message = (content: string, thinking?: string) => ({
    message: { role: "assistant", content, ...(thinking ? { thinking } : {}) },
  });
  const end = (said: Said, at: number) => ({
    done_reason: said.done,
    done: true,
    ...timing(said, at),
  });
  return {
    piece: (text, isThought) => ({
      ...head,
      ...(isThought ? message("", text) : message(text)),
      done: false,
    }),
    end: (said, at) => ({ ...head, ...message(""), ...end(said, at) }),
    whole: (said, at) => ({
      ...head,
      ...message(said.pieces.join(""), said.thinking.join("")),
      ...end(said, at),
    }),
  };
}

/** /api/generate. */
export function generateDialect(model: string): Dialect {
  const head = { model, created_at: NOW };
  const end = (said: Said, at: number) => ({
    done: true,
    done_reason: said.done,
    ...timing(said, at),
  });
  return {
    piece: (text, isThought) => ({
      ...head,
      ...(isThought ? { response: "", thinking: text } : { response: text }),
      done: false,
    }),
    end: (said, at) => ({ ...head, response: "", ...end(said, at) }),
    whole: (said, at) => ({ ...head, response: said.pieces.join(""), ...end(said, at) }),
  };
}

/** /v1/chat/completions, streamed or whole. */
export function openAiDialect(model: string, object: string): Dialect {
  const head = {
    id: "chatcmpl-1",
    object,
    created: 1762075230,
    model,
    system_fingerprint: "fp_ollama",
  };
  const choice = (rest: Json) => ({ ...head, choices: [{ index: 0, ...rest }] });
  const message = (content: string) => ({ role: "assistant", content });
  return {
    piece: (content, isThought) =>
      choice({
        delta: isThought ? { ...message(""), reasoning: content } : message(content),
        finish_reason: null,
      }),
    end: ({ done }) => choice({ delta: message(""), finish_reason: done }),
    whole: (said) => ({
      ...choice({ message: message(said.pieces.join("")), finish_reason: said.done }),
      usage: usageOf(said),
    }),
  };
}

/** Tokens, in the words of OpenAI. */
export function usageOf({ pieces, promptTokens }: Said): Json {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: pieces.length,
    total_tokens: promptTokens + pieces.length,
  };
}

/** A request of /v1, in the words of /api. */
export function fromOpenAi(body: Json): Json {
  const { type, json_schema } = (body.response_format ?? {}) as Json;
  const { schema } = (json_schema ?? {}) as Json;
  return {
    model: body.model,
    tools: body.tools,
    format: type === "json_schema" ? schema : type === "json_object" ? "json" : undefined,
    options: { num_predict: body.max_completion_tokens ?? body.max_tokens, stop: body.stop },
  };
}

const ERROR_TYPES: Record<number, string> = {
  400: "invalid_request_error",
  404: "not_found_error",
};

/** An error, in the words of OpenAI. */
export function openAiError(status: number, message: string): Json {
  return { message, type: ERROR_TYPES[status] ?? "api_error", param: null, code: null };
}

/** An installed model, as /v1/models lists it. */
export function toOpenAiModel({ name }: Json): Json {
  return { id: name, object: "model", created: 1762075230, owned_by: "library" };
}

/** A vector of length 1 that only depends on the text. */
export function embedText(text: string): number[] {
  const counts = Array.from({ length: 8 }, (_, i) => 1 + text.split("aeinorst"[i]!).length);
  const norm = Math.hypot(...counts);
  return counts.map((count) => count / norm);
}
