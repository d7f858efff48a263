import type { Ollama } from "ollama/browser";
import { type About, CallFault, cutOff, faultOfText } from "../endpoints/call_fault.ts";
import { type Call, parseJson, readJson, type Server } from "../endpoints/http.ts";
import { readLines } from "../endpoints/line_reader.ts";
import { checkError } from "../endpoints/refusal.ts";

/** What a request needs to say of its answer. */
export interface Answer {
  /** Whether it comes in lines of JSON. */
  streamed: boolean;
  maxBytes: number;
}

/**
 * Ollama's own client for one call. The package trusts what it reads: it skips broken lines with a warning
 * on the console, which is the protocol when we serve stdio. So it reads only what was checked here, where
 * every fault is thrown as what it is; nothing of its own error handling is ever reached.
 */
export async function createClient(server: Server, call: Call, answer: Answer): Promise<Ollama> {
  const { Ollama } = await import("ollama/browser");
  return new Ollama({
    host: server.url,
    fetch: async (input, init) => {
      const { method = "GET", body } = (init ?? {}) as { method?: string; body?: string };
      const response = await call.send(String(input), { method, body });
      return answer.streamed
        ? checkedStream(response, answer)
        : await checkedJson(response, method, answer);
    },
  });
}

/** What is being done at an Ollama server. */
export function aboutOllama(server: Server, what: string, about: Partial<About> = {}): About {
  return { doing: `${what} at ${server.url}`, kind: "ollama", ...about };
}

async function checkedJson(
  response: Response,
  method: string,
  { maxBytes }: Answer,
): Promise<Response> {
  // A deletion answers with nothing.
  if (method === "DELETE" && response.headers.get("content-length") === "0") {
    return new Response("{}");
  }
  return Response.json(checkObject(await readJson(response, maxBytes)));
}

function checkedStream(response: Response, { maxBytes }: Answer): Response {
  return new Response(ReadableStream.from(checkLines(response, maxBytes)));
}

async function* checkLines(response: Response, maxBytes: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const { text } of readLines(response.body, maxBytes)) {
    if (text.trim() === "") continue;
    const { done, status } = checkObject(parseJson(text)) as { done?: unknown; status?: unknown };
    yield encoder.encode(`${text}\n`);
    if (done === true || status === "success") return;
  }
  throw cutOff();
}

function checkObject(value: unknown): object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CallFault("protocol", "the server's answer has an unexpected form");
  }
  checkError(value);
  // The package takes an empty one for an error too.
  if ("error" in value) throw faultOfText("");
  return value;
}
