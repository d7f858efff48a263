/** Ollama's API over real HTTP, with scripted models behind it. For tests. */
import { setTimeout as wait } from "node:timers/promises";
import {
  type Answer,
  answerCall,
  type Ask,
  type FakeCall,
  type FakeMessage,
  type Said,
  toCall,
} from "./fake_ollama_chat.ts";
import {
  chatDialect,
  type Dialect,
  embedText,
  fromOpenAi,
  generateDialect,
  openAiDialect,
  openAiError,
  toOpenAiModel,
  usageOf,
} from "./fake_ollama_dialects.ts";
import { type FakeRequest, type Json, line, record, stream } from "./fake_ollama_http.ts";
import {
  FakeFailure,
  FakeLibrary,
  type FakeLibraryOptions,
  MISTRAL,
  STARCODER,
} from "./fake_ollama_library.ts";

export type { FakeCall, FakeReply } from "./fake_ollama_chat.ts";
export type { FakeRequest } from "./fake_ollama_http.ts";

export interface FakeOllamaOptions extends Partial<Omit<FakeLibraryOptions, "signal">> {
  /** What a model says; the same to the same call, so that runs repeat. */
  reply?: Answer;
  /** Between two tokens. @default 0 */
  tokenDelayMs?: number;
  /** Tokens that travel together. @default 1 */
  tokensPerLine?: number;
  /** Answers instead of the fake: for faults. */
  intercept?(request: FakeRequest): Response | Promise<Response> | undefined;
  /** Set: what does not carry `Bearer KEY` is refused. */
  apiKey?: string;
  /**
   * Before 0.12.6 `truncate` and `shift` are ignored; from 0.34 on a prompt that is too long is
   * refused in the words of llama.cpp's server.
   *
   * @default "0.12.6"
   */
  version?: string;
  port?: number;
  /** Whether each connection carries one request only. @default false */
  closeConnections?: boolean;
}

export interface FakeOllama {
  /** Without a slash at the end. */
  url: string;
  requests: FakeRequest[];
  /** The calls that reached a model, as it saw them. */
  calls: FakeCall[];
  library: FakeLibrary;
  /** Ends it at once, open answers included. */
  stop(): Promise<void>;
}

/** Starts a server on a free port of this machine. */
// deno-lint-ignore require-await -- what listens elsewhere has to wait
export async function startFakeOllama(options: FakeOllamaOptions = {}): Promise<FakeOllama> {
  const abort = new AbortController();
  const library = new FakeLibrary({
    models: options.models ?? [MISTRAL, STARCODER],
    registry: options.registry ?? [],
    pullDelayMs: options.pullDelayMs ?? 0,
    signal: abort.signal,
  });
  const requests: FakeRequest[] = [];
  const server = new Server(options, library, abort.signal);
  const http = Deno.serve({
    hostname: "127.0.0.1",
    port: options.port ?? 0,
    signal: abort.signal,
    onListen() {},
  }, async (request) => {
    const recorded = await record(request);
    requests.push(recorded);
    const response = await options.intercept?.(recorded) ?? await server.respond(recorded);
    if (options.closeConnections) response.headers.set("connection", "close");
    return response;
  });
  const stop = () => {
    abort.abort();
    return http.finished;
  };
  return {
    url: `http://127.0.0.1:${http.addr.port}`,
    requests,
    calls: server.calls,
    library,
    stop,
  };
}

class Server {
  readonly calls: FakeCall[] = [];
  readonly #options: FakeOllamaOptions;
  readonly #library: FakeLibrary;
  readonly #version: string;
  readonly #signal: AbortSignal;

  constructor(options: FakeOllamaOptions, library: FakeLibrary, signal: AbortSignal) {
    this.#options = options;
    this.#library = library;
    this.#version = options.version ?? "0.12.6";
    this.#signal = signal;
  }

  async respond(request: FakeRequest): Promise<Response> {
    try {
      this.#authorize(request);
      return await this.#route(request);
    } catch (error) {
      if (!(error instanceof FakeFailure)) throw error;
      const { status, message } = error;
      const isOpenAi = request.path.startsWith("/v1/");
      return Response.json({ error: isOpenAi ? openAiError(status, message) : message }, {
        status,
      });
    }
  }

  #authorize({ headers }: FakeRequest): void {
    const { apiKey } = this.#options;
    if (apiKey !== undefined && headers.get("authorization") !== `Bearer ${apiKey}`) {
      throw new FakeFailure(401, "unauthorized");
    }
  }

  async #route(request: FakeRequest): Promise<Response> {
    const { method, path, body } = request;
    const library = this.#library;
    switch (`${method === "HEAD" ? "GET" : method} ${path}`) {
      case "GET /":
        return new Response("Ollama is running");
      case "GET /api/version":
        return Response.json({ version: this.#version });
      case "GET /api/tags":
        return Response.json({ models: library.tags() });
      case "GET /api/ps":
        return Response.json({ models: library.running() });
      case "POST /api/show":
        return Response.json(library.show(body.model ?? body.name));
      case "POST /api/copy":
        return empty(library.copy(body.source, body.destination));
      case "DELETE /api/delete":
        return empty(library.remove(body.model ?? body.name));
      case "POST /api/pull":
        return await reportWork(library.pull(body.model ?? body.name), request);
      case "POST /api/create":
        return await reportWork(library.create(body), request);
      case "POST /api/embed":
        return Response.json(this.#embed(body));
      case "POST /api/chat":
        return await this.#chat(request);
      case "POST /api/generate":
        return await this.#generate(request);
      case "GET /v1/models":
        return Response.json({ object: "list", data: library.tags().map(toOpenAiModel) });
      case "POST /v1/embeddings":
        return Response.json(this.#openAiEmbeddings(body));
      case "POST /v1/chat/completions":
        return await this.#complete(request);
      default:
        return new Response("404 page not found", { status: 404 });
    }
  }

  async #chat(request: FakeRequest): Promise<Response> {
    const { body } = request;
    const model = this.#library.find(body.model);
    const messages = messagesOf(body.messages);
    if (messages.length === 0) {
      return Response.json(this.#preload(request, chatDialect(model.name)));
    }
    return await this.#say(request, messages, chatDialect(model.name));
  }

  async #generate(request: FakeRequest): Promise<Response> {
    const { body } = request;
    const model = this.#library.find(body.model);
    const dialect = generateDialect(model.name);
    if (typeof body.prompt !== "string" || body.prompt === "") {
      return Response.json(this.#preload(request, dialect));
    }
    const system = typeof body.system === "string"
      ? [{ role: "system", content: body.system }]
      : [];
    return await this.#say(request, [...system, { role: "user", content: body.prompt }], dialect);
  }

  /** A call without a question loads the model, or gives it up. */
  #preload({ body }: FakeRequest, dialect: Dialect): Json {
    this.#library.load(this.#library.find(body.model), body.keep_alive);
    const isUnload = parseFloat(String(body.keep_alive ?? 1)) === 0;
    return { ...dialect.piece("", false), done: true, done_reason: isUnload ? "unload" : "load" };
  }

  async #say(request: FakeRequest, messages: FakeMessage[], dialect: Dialect): Promise<Response> {
    const { body } = request;
    const ask = this.#askOf(body, messages);
    const said = await this.#answer(ask);
    this.#library.load(ask.model, body.keep_alive);
    if (body.stream === false) return Response.json(dialect.whole(said, request.arrivedAt));
    return stream(request, this.#lines(said, dialect, request.arrivedAt), "application/x-ndjson");
  }

  #askOf(body: Json, messages: FakeMessage[]): Ask {
    const model = this.#library.find(body.model);
    const { capabilities, name } = model;
    if ([body.tools ?? []].flat().length > 0 && !capabilities.includes("tools")) {
      throw new FakeFailure(400, `registry.ollama.ai/library/${name} does not support tools`);
    }
    const think = body.think !== undefined && body.think !== false;
    if (think && !capabilities.includes("thinking")) {
      throw new FakeFailure(400, `"${body.model}" does not support thinking`);
    }
    const options = body.options && typeof body.options === "object" ? body.options as Json : {};
    const { truncate, shift, format } = body;
    const limits = { truncate: truncate !== false, shift: shift !== false, version: this.#version };
    return { model, messages, format: format || undefined, options, think, ...limits };
  }

  async #answer(ask: Ask): Promise<Said> {
    const call = toCall(ask, this.calls.length);
    this.calls.push(call);
    return await answerCall(ask, call, this.#options.reply ?? (() => "Hello."));
  }

  async *#lines(said: Said, dialect: Dialect, startedAt: number): AsyncGenerator<string> {
    for (const text of said.thinking) yield line(dialect.piece(text, true));
    for (const text of this.#bundle(said.pieces)) {
      await this.#pause();
      yield line(dialect.piece(text, false));
    }
    yield line(dialect.end(said, startedAt));
  }

  #bundle(pieces: string[]): string[] {
    const { tokensPerLine = 1 } = this.#options;
    const count = Math.ceil(pieces.length / tokensPerLine);
    return Array.from({ length: count }, (_, i) => {
      return pieces.slice(i * tokensPerLine, (i + 1) * tokensPerLine).join("");
    });
  }

  async #pause(): Promise<void> {
    const { tokenDelayMs = 0 } = this.#options;
    if (tokenDelayMs > 0) await wait(tokenDelayMs, undefined, { signal: this.#signal });
  }

  async #complete(request: FakeRequest): Promise<Response> {
    const { body, arrivedAt } = request;
    const ask = this.#askOf(fromOpenAi(body), messagesOf(body.messages));
    const said = await this.#answer(ask);
    this.#library.load(ask.model, undefined);
    const dialect = openAiDialect(ask.model.name, "chat.completion.chunk");
    if (body.stream !== true) {
      return Response.json(openAiDialect(ask.model.name, "chat.completion").whole(said, arrivedAt));
    }
    return stream(request, this.#events(said, dialect, body, arrivedAt), "text/event-stream");
  }

  async *#events(said: Said, dialect: Dialect, body: Json, at: number): AsyncGenerator<string> {
    for await (const text of this.#lines(said, dialect, at)) yield `data: ${text}\n`;
    const { include_usage } = (body.stream_options ?? {}) as Json;
    if (include_usage) {
      yield `data: ${line({ ...dialect.end(said, at), choices: [], usage: usageOf(said) })}\n`;
    }
    yield "data: [DONE]\n\n";
  }

  #embed(body: Json): Json {
    const { name } = this.#library.find(body.model);
    const texts = [body.input].flat().map(String);
    const promptTokens = texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0);
    const durations = { total_duration: 14_143_917, load_duration: 1_019_500 };
    return {
      model: name,
      embeddings: texts.map(embedText),
      ...durations,
      prompt_eval_count: promptTokens,
    };
  }

  #openAiEmbeddings(body: Json): Json {
    const { embeddings, model, prompt_eval_count } = this.#embed(body);
    const data = (embeddings as number[][]).map((embedding, index) => ({
      object: "embedding",
      embedding,
      index,
    }));
    const usage = { prompt_tokens: prompt_eval_count, total_tokens: prompt_eval_count };
    return { object: "list", data, model, usage };
  }
}

function empty(_done: void): Response {
  return new Response(null, { status: 200 });
}

/** Lines of progress; what fails before the first one has a status, and later one is a line. */
async function reportWork(work: AsyncGenerator<Json>, request: FakeRequest): Promise<Response> {
  const first = await work.next();
  if (request.body.stream === false) return Response.json(await lastOf(work));
  const lines = async function* () {
    try {
      if (!first.done) yield line(first.value);
      for await (const step of work) yield line(step);
    } catch (error) {
      yield line({ error: (error as Error).message });
    }
  };
  return stream(request, lines(), "application/x-ndjson");
}

async function lastOf(work: AsyncGenerator<Json>): Promise<Json> {
  let last: Json = {};
  for await (const step of work) last = step;
  return last;
}

function messagesOf(value: unknown): FakeMessage[] {
  if (!Array.isArray(value)) return [];
  return value.map(({ role, content }) => ({ role: String(role), content: String(content ?? "") }));
}
