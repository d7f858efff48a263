/** Servers of models as they break in the field, each by its name. For tests. */
import { setTimeout as wait } from "node:timers/promises";
import { type FakeOllama, type FakeOllamaOptions, startFakeOllama } from "./fake_ollama.ts";
import { type FakeRequest, stream } from "./fake_ollama_http.ts";
import { resetConnection } from "./fake_reset.ts";

/** Answers a request wrongly; `signal` is aborted when the server stops. */
type Fault = (request: FakeRequest, signal: AbortSignal) => Response | Promise<Response>;

const TOO_LITTLE_MEMORY = "model requires more system memory (5.6 GiB) than is available (3.1 GiB)";
const QUEUE_FULL = "server busy, please try again.  maximum pending requests exceeded";

/** Faults that HTTP can carry. */
const HTTP_FAULTS = {
  unauthorized: refuse(401, "unauthorized"),
  forbidden: refuse(403, "this origin may not"),
  missing: refuse(404, "model 'gone' not found"),
  no_such_route: () => new Response("404 page not found", { status: 404 }),
  too_many: refuse(429, "you have reached your hourly usage limit"),
  failed: refuse(500, "llama runner process has terminated: exit status 2"),
  out_of_memory: refuse(500, TOO_LITTLE_MEMORY),
  busy: refuse(503, QUEUE_FULL),
  html: () => page(200),
  html_error: () => page(502),
  empty: () => new Response("", { headers: { "content-type": "application/x-ndjson" } }),
  not_json: () => new Response("Segmentation fault\n"),
  bad_bytes: () => new Response(new Uint8Array([0xff, 0xfe, 0x00, 0x9f, 0x0a, 0xc3])),
  redirect: () => Response.redirect("http://127.0.0.1:9/api/chat", 307),
  error_in_200: (request) => Response.json({ error: wordError(request, TOO_LITTLE_MEMORY) }),
  error_in_stream: (request) =>
    send(request, [
      piece(request, "The "),
      frame(request, JSON.stringify({ error: wordError(request, "CUDA error") })),
    ]),
  half_line: (request) =>
    send(request, [piece(request, "The "), piece(request, "answ").slice(0, 30)]),
  no_done: (request) => send(request, [piece(request, "The "), piece(request, "answer.")]),
  hung_up: (request) => stream(request, breakAfter([piece(request, "The ")]), TYPE),
  wrong_types: (request) =>
    send(request, [
      frame(request, '{"message":"text","done":"no","choices":{"0":1}}'),
      frame(request, '{"message":{"content":["a"]},"done":0,"choices":[null]}'),
      frame(request, "[1, null, true]"),
      frame(request, "null"),
      frame(request, '{"message":{"content":7},"done":true,"eval_count":"many"}'),
    ]),
  silence: async (_, signal) => {
    await wait(HOUR_MS, undefined, { signal }).catch(() => {});
    return new Response("");
  },
  silence_after_head: (request, signal) => stream(request, silent([], signal), TYPE),
  silence_after_token: (request, signal) =>
    stream(request, silent([piece(request, "The ")], signal), TYPE),
  byte_a_second: (request, signal) =>
    stream(request, dribble(piece(request, "The answer."), signal), TYPE),
  endless: (request) => stream(request, repeat(piece(request, "and so on ").repeat(100)), TYPE),
  endless_line: (request) => stream(request, repeat("x".repeat(65_536)), TYPE),
  endless_head_line: (request) =>
    stream(request, repeat("y".repeat(65_536), piece(request, "The ").slice(0, 30)), TYPE),
  whitespace_loop: (request) => {
    const { num_predict } = (request.body.options ?? {}) as Record<string, number>;
    const limit = num_predict ?? Number(request.body.max_tokens ?? Infinity);
    return stream(request, blanks(request, limit), TYPE);
  },
} satisfies Record<string, Fault>;

/** Faults below HTTP: nothing listens; the connection is reset at once, or in the middle of a reply. */
const TCP_FAULTS = ["refused", "reset", "reset_in_stream"] as const;

export type FaultName = keyof typeof HTTP_FAULTS | typeof TCP_FAULTS[number];
export const FAULT_NAMES = [...TCP_FAULTS, ...Object.keys(HTTP_FAULTS)] as FaultName[];

export interface FaultOptions extends FakeOllamaOptions {
  /** The faulty routes. @default what asks a model */
  on?(path: string): boolean;
}

const TYPE = "application/x-ndjson";
const HOUR_MS = 3_600_000;
const ASKING = ["/api/chat", "/api/generate", "/v1/chat/completions"];

/** Starts a server that has the fault, and is sound where `on` does not say so. */
export async function startFaultyOllama(
  fault: FaultName,
  options: FaultOptions = {},
): Promise<FakeOllama> {
  const on = options.on ?? ((path) => ASKING.includes(path));
  if (fault === "refused") return await startNothing(options);
  if (fault === "reset" || fault === "reset_in_stream") {
    return await startResetting(fault, on, options);
  }
  const answer: Fault = HTTP_FAULTS[fault];
  const stopped = new AbortController();
  const intercept = (request: FakeRequest) =>
    on(request.path) ? answer(request, stopped.signal) : options.intercept?.(request);
  const fake = await startFakeOllama({ ...options, intercept });
  const stop = async () => {
    stopped.abort();
    await fake.stop();
  };
  return { ...fake, stop };
}

/** A port where nothing listens any more. */
async function startNothing(options: FaultOptions): Promise<FakeOllama> {
  const fake = await startFakeOllama(options);
  await fake.stop();
  return { ...fake, stop: () => Promise.resolve() };
}

/** A sound server behind a listener that resets the connections of faulty routes. */
async function startResetting(
  fault: "reset" | "reset_in_stream",
  on: (path: string) => boolean,
  options: FaultOptions,
): Promise<FakeOllama> {
  const fake = await startFakeOllama({ ...options, closeConnections: true });
  const front = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const handle = async (client: Deno.TcpConn) => {
    const head = new Uint8Array(64);
    const size = await client.read(head) ?? 0;
    const path = new TextDecoder().decode(head.subarray(0, size)).split(" ")[1] ?? "";
    if (on(path)) return await reset(client, fault);
    await forward(client, head.subarray(0, size), Number(new URL(fake.url).port));
  };
  const serving = serve(front, handle);
  const stop = async () => {
    front.close();
    await Promise.all([fake.stop(), serving]);
  };
  return { ...fake, url: `http://127.0.0.1:${front.addr.port}`, stop };
}

async function serve(
  listener: Deno.TcpListener,
  handle: (client: Deno.TcpConn) => Promise<void>,
): Promise<void> {
  const open: Promise<void>[] = [];
  for await (const client of listener) open.push(handle(client).catch(() => {}));
  await Promise.all(open);
}

async function reset(client: Deno.TcpConn, fault: "reset" | "reset_in_stream"): Promise<void> {
  if (fault === "reset_in_stream") {
    const line = `{"model":"m","message":{"role":"assistant","content":"The "},"done":false}\n`;
    const chunk = `${line.length.toString(16)}\r\n${line}\r\n`;
    const head = `HTTP/1.1 200 OK\r\ncontent-type: ${TYPE}\r\ntransfer-encoding: chunked\r\n\r\n`;
    await client.write(new TextEncoder().encode(head + chunk));
    await wait(50);
  }
  await resetConnection(client);
}

async function forward(client: Deno.TcpConn, head: Uint8Array, port: number): Promise<void> {
  const server = await Deno.connect({ hostname: "127.0.0.1", port });
  await server.write(head);
  const there = client.readable.pipeTo(server.writable);
  const back = server.readable.pipeTo(client.writable);
  await Promise.allSettled([there, back]);
}

function refuse(status: number, message: string): Fault {
  return (request) => Response.json({ error: wordError(request, message) }, { status });
}

function wordError({ path }: FakeRequest, message: string): unknown {
  return path.startsWith("/v1/")
    ? { message, type: "api_error", param: null, code: null }
    : message;
}

function page(status: number): Response {
  const html =
    "<!DOCTYPE html>\n<html><body><h1>Sign in to the hotel's network</h1></body></html>\n";
  return new Response(html, { status, headers: { "content-type": "text/html; charset=utf-8" } });
}

/** A line of NDJSON or a server-sent event, by the route. */
function frame({ path }: FakeRequest, json: string): string {
  return path.startsWith("/v1/") ? `data: ${json}\n\n` : `${json}\n`;
}

/** A sound piece of a reply. */
function piece(request: FakeRequest, content: string): string {
  const message = { role: "assistant", content };
  const line = request.path.startsWith("/v1/")
    ? {
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta: message, finish_reason: null }],
    }
    : { model: request.body.model, message, response: content, done: false };
  return frame(request, JSON.stringify(line));
}

function send(request: FakeRequest, pieces: string[]): Response {
  return stream(request, ReadableStream.from(pieces), TYPE);
}

async function* breakAfter(pieces: string[]): AsyncGenerator<string> {
  yield* pieces;
  await wait(50);
  throw new Error("the connection breaks");
}

async function* silent(pieces: string[], signal: AbortSignal): AsyncGenerator<string> {
  yield* pieces;
  await wait(HOUR_MS, undefined, { signal });
}

async function* dribble(text: string, signal: AbortSignal): AsyncGenerator<string> {
  for (const character of text) {
    yield character;
    await wait(1000, undefined, { signal });
  }
}

async function* repeat(text: string, first = ""): AsyncGenerator<string> {
  if (first) yield first;
  for (;;) {
    yield text;
    await wait(0);
  }
}

/** What models do whose grammar lets them: blanks until the reply may not be longer. */
async function* blanks(request: FakeRequest, limit: number): AsyncGenerator<string> {
  for (let count = 0; count < limit; count++) yield piece(request, "\n  ");
  const promptTokens = Math.ceil(JSON.stringify(request.body.messages ?? "").length / 4);
  const counts = { prompt_eval_count: promptTokens, eval_count: limit };
  const end = { done: true, done_reason: "length", ...counts };
  const choices = [{ index: 0, delta: {}, finish_reason: "length" }];
  const line = request.path.startsWith("/v1/")
    ? { choices }
    : { message: { role: "assistant", content: "" }, response: "", ...end };
  yield frame(request, JSON.stringify(line));
}
