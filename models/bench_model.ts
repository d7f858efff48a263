import * as z from "zod";
import { oneLine } from "../config/one_line.ts";
import { CallFault } from "./endpoints/call_fault.ts";
import type { BackendOptions } from "./chat_model.ts";
import { checkWire } from "./endpoints/check_wire.ts";
import { callServer, createServer } from "./endpoints/http.ts";
import { aboutOllama, createClient } from "./ollama/ollama_client.ts";

/** One call, as the server's own clock has it. */
export interface BenchRun {
  /** To bring the model into memory; next to nothing when it was there. */
  loadMs: number;
  /** From the request to the first piece of the reply by our clock, loading included. */
  firstTokenMs: number;
  promptTokens: number;
  promptMs: number;
  replyTokens: number;
  replyMs: number;
}

export interface BenchOptions
  extends
    Pick<BackendOptions, "url" | "model" | "contextTokens" | "timeoutMs" | "apiKey" | "fetch"> {
  /** Length of the reply at most, in tokens. */
  replyTokens: number;
  /** Of the run: each has another prompt, for a server does not read again what it has read. */
  number: number;
  signal?: AbortSignal;
}

/** A reply of some thousand tokens is smaller. */
const MAX_BYTES = 8e6;

/** Some 500 tokens of code, as in a review. */
const SAMPLE = Array.from(
  { length: 24 },
  (_, i) => `def area_${i}(width, height):\n    return width * height + ${i}\n`,
).join("\n");

const nanoseconds = z.number().nonnegative().default(0);
const tokens = z.int().nonnegative().default(0);

const chatLine = z.object({
  message: z.object({ content: z.string().default(""), thinking: z.string().default("") })
    .optional(),
  done: z.boolean(),
  load_duration: nanoseconds,
  prompt_eval_count: tokens,
  prompt_eval_duration: nanoseconds,
  eval_count: tokens,
  eval_duration: nanoseconds,
});

/**
 * Asks a model of Ollama's once, and reads from the server's own durations how long that took.
 *
 * @throws {ModelError} for everything that goes wrong at the server or on the way to it
 * @throws the reason of `signal` once that is aborted
 */
export function benchModel(options: BenchOptions): Promise<BenchRun> {
  const { model, signal } = options;
  const server = createServer(options, "ollama");
  const about = aboutOllama(server, `measure "${oneLine(model, 100)}"`, { model });
  return callServer(server, about, signal, async (call) => {
    const client = await createClient(server, call, { streamed: true, maxBytes: MAX_BYTES });
    const start = performance.now();
    let firstTokenMs: number | undefined;
    for await (const sent of await client.chat(requestOf(options))) {
      const line = checkWire(chatLine, sent);
      if (line.message?.content || line.message?.thinking || line.done) {
        firstTokenMs ??= performance.now() - start;
      }
      if (line.done) return toRun(line, firstTokenMs ?? 0);
    }
    throw new CallFault("protocol", "the answer was cut off before its end");
  });
}

function requestOf({ model, contextTokens, replyTokens, number }: BenchOptions) {
  const content = `Sample ${number}. Explain what this code does.\n\n${SAMPLE}`;
  return {
    model,
    messages: [{ role: "user", content }],
    stream: true as const,
    truncate: false,
    options: { num_ctx: contextTokens, num_predict: replyTokens, temperature: 0, seed: number },
  };
}

function toRun(line: z.output<typeof chatLine>, firstTokenMs: number): BenchRun {
  return {
    loadMs: line.load_duration / 1e6,
    firstTokenMs,
    promptTokens: line.prompt_eval_count,
    promptMs: line.prompt_eval_duration / 1e6,
    replyTokens: line.eval_count,
    replyMs: line.eval_duration / 1e6,
  };
}
