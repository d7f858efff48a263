import assert from "node:assert/strict";
import type { BackendOptions, ChatModel, ChatRequest } from "../chat_model.ts";
import { createLocalChat } from "../local_chat.ts";
import { ModelError, type ModelFault } from "../model_error.ts";
import { createOllama } from "../ollama/ollama.ts";
import { createOpenAiCompatible } from "../openai_compatible.ts";
import {
  backendOptions,
  CHUNKED_HEAD,
  chunkText,
  OPEN_HEAD,
  type Play,
  type RawConnection,
  REQUEST,
  responseText,
  stall,
  startRawServer,
} from "./raw_server_fixture.ts";

/** How a server says things. */
interface Dialect {
  create(options: BackendOptions): ChatModel;
  piece(text: string): string;
  end: string;
  error(text: string): string;
  /** Well-formed JSON whose fields are of other types. */
  wrong: string;
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;

const STREAMING: Record<string, Dialect> = {
  ollama: {
    create: createOllama,
    piece: (content) => line({ message: { content }, done: false }),
    end: line({ message: { content: "" }, done: true, done_reason: "stop" }),
    error: (error) => line({ error }),
    wrong: line({ message: { content: 7 }, done: false }),
  },
  openai: {
    create: createOpenAiCompatible,
    piece: (content) => event({ choices: [{ delta: { content } }] }),
    end: event({ choices: [{ delta: {}, finish_reason: "stop" }] }) + "data: [DONE]\n\n",
    error: (message) => event({ error: { message } }),
    wrong: event({ choices: [{ delta: { content: 7 } }] }),
  },
};

const DIALECTS: Record<string, Dialect> = {
  ...STREAMING,
  local_chat: {
    create: createLocalChat,
    piece: (response) => line({ response }),
    end: "",
    error: (error) => line({ error }),
    wrong: line({ response: 7 }),
  },
};

interface Fault {
  name: string;
  play(dialect: Dialect): Play;
  fault: ModelFault;
  message: RegExp;
  hint?: RegExp;
  request?: Partial<ChatRequest>;
  /** For those that end by their length, not by the clock. @default 400 */
  timeoutMs?: number;
  /** @default all of them */
  dialects?: Record<string, Dialect>;
}

const TIMEOUT_MS = 400;

/** A response with a status and an error in the server's own words. */
function refusal(status: number, text: string, headers: string[] = []) {
  return (dialect: Dialect): Play => ({ write }) => {
    const body = dialect.error(text).replace(/^data: /, "");
    return write(responseText(status, body, ["content-type: application/json", ...headers]));
  };
}

function body(text: (dialect: Dialect) => string, head = OPEN_HEAD) {
  return (dialect: Dialect): Play => ({ write }) =>
    write(head + (head === CHUNKED_HEAD ? chunkText(text(dialect)) : text(dialect)));
}

/** Writes again and again until the client has gone. */
function forever(text: (dialect: Dialect) => string, everyMs = 0) {
  return (dialect: Dialect): Play => async (connection: RawConnection) => {
    await connection.write(OPEN_HEAD);
    while (connection.open) {
      await connection.write(text(dialect));
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  };
}

const FAULTS: Fault[] = [
  {
    name: "a connection closed before the answer",
    play: () => () => {},
    fault: "unreachable",
    message: /the connection was lost$/,
    hint: /crashed or run out of memory/,
  },
  {
    name: "a connection lost in mid-answer",
    play: body((dialect) => dialect.piece("Hel").slice(0, -3), CHUNKED_HEAD),
    fault: "unreachable",
    message: /the connection was lost while it answered$/,
    hint: /crashed or run out of memory/,
  },
  {
    name: "what is no HTTP",
    play: () => ({ write }) => write("SSH-2.0-OpenSSH_9.2\r\n"),
    fault: "unreachable",
    message: /the connection failed: /,
  },
  {
    name: "half a line",
    play: body((dialect) => dialect.piece("Hello").slice(0, -12)),
    fault: "protocol",
    message: /broken JSON or was cut off$/,
  },
  {
    name: "an end without done",
    play: body((dialect) => dialect.piece("Hello")),
    fault: "protocol",
    message: /was cut off before its end$/,
    dialects: STREAMING,
  },
  {
    name: "an error inside 200",
    play: body((dialect) => dialect.error("llama runner process has\nterminated")),
    fault: "failed",
    message: /: llama runner process has terminated$/,
    hint: /server's own log/,
  },
  {
    name: "an error in mid-stream",
    play: body((dialect) => dialect.piece("Hel") + dialect.error("CUDA error: out of memory")),
    fault: "failed",
    message: /the server is out of memory: CUDA error/,
    hint: /smaller model/,
    dialects: STREAMING,
  },
  {
    name: "401",
    play: refusal(401, "no key"),
    fault: "unauthorized",
    message: /the server wants a key \(401\): no key$/,
    hint: /api_key_env/,
  },
  {
    name: "403",
    play: refusal(403, "model not found for this key"),
    fault: "unauthorized",
    message: /refuses the key \(403\)/,
  },
  {
    name: "a model that is missing",
    play: refusal(404, "model 'mistral:7b' not found"),
    fault: "missing",
    message: /does not have the model: model 'mistral:7b' not found$/,
    hint: /run "devmcp models (pull mistral:7b|list)"/,
  },
  {
    name: "a path that is missing",
    play: () => ({ write }) => write(responseText(404, "404 page not found")),
    fault: "protocol",
    message: /does not know the path \(404\): 404 page not found$/,
    hint: /check the URL/,
  },
  {
    name: "400",
    play: refusal(400, '"all-minilm" does not support chat'),
    fault: "failed",
    message: /refuses the request \(400\): "all-minilm" does not support chat$/,
  },
  {
    name: "a prompt that does not fit",
    play: refusal(400, "the request exceeds the available context size, try increasing it"),
    fault: "too_long",
    message: /the prompt does not fit the context/,
    hint: /context_tokens/,
  },
  {
    name: "429",
    play: refusal(429, "slow down", ["retry-after: 20"]),
    fault: "busy",
    message: /too many requests \(429\): slow down$/,
    hint: /^try again in 20 s$/,
  },
  {
    name: "a full queue",
    play: refusal(503, "server busy, please try again. maximum pending requests exceeded"),
    fault: "busy",
    message: /the server is busy \(503\): server busy/,
    hint: /^try again later$/,
  },
  {
    name: "500",
    play: refusal(500, "boom"),
    fault: "failed",
    message: /the server failed \(500\): boom$/,
  },
  {
    name: "out of memory",
    play: refusal(500, "model requires more system memory (5.6 GiB) than is available (3.2 GiB)"),
    fault: "failed",
    message: /the server is out of memory: model requires more system memory/,
    hint: /smaller model/,
  },
  {
    name: "a proxy's page of HTML",
    play: () => ({ write }) =>
      write(responseText(502, "<html><b>Bad Gateway", ["content-type: text/html"])),
    fault: "unreachable",
    message: /the model's server does not run \(502\)$/,
  },
  {
    name: "HTML that says so",
    play: () => ({ write }) =>
      write(responseText(200, "<!doctype html>", ["content-type: text/html; charset=utf-8"])),
    fault: "protocol",
    message: /answered with HTML, not JSON$/,
    hint: /check the URL/,
  },
  {
    name: "HTML as JSON",
    play: body(() => "<!doctype html>\n<html>"),
    fault: "protocol",
    message: /answered with HTML, not JSON$|is no stream of events$/,
  },
  {
    name: "a redirection",
    play: () => ({ write }) =>
      write(responseText(307, "", ["location: http://me:secret@other.example/x?key=secret"])),
    fault: "protocol",
    message: /redirects to http:\/\/\*\*\*@other\.example\/x\?… \(307\), which is not followed$/,
  },
  {
    name: "an empty body",
    play: body(() => ""),
    fault: "protocol",
    message: /was cut off before its end$|the server's answer is empty$|is no stream of events$/,
  },
  {
    name: "an empty reply",
    play: body((dialect) => dialect.piece(" \n") + dialect.end),
    fault: "unusable",
    message: /the reply is empty$/,
  },
  {
    name: "a reply of thinking only",
    play: body((dialect) => dialect.piece("<think>Hm</think>") + dialect.end),
    fault: "unusable",
    message: /the model thinks, but gives no answer$/,
  },
  {
    name: "silence",
    play: () => (connection) => stall(connection),
    fault: "timeout",
    message: /no whole answer within 0\.4 s$/,
    hint: /timeout_seconds/,
  },
  {
    name: "silence in mid-stream",
    play: (dialect) => async (connection) => {
      await connection.write(OPEN_HEAD + dialect.piece("Hel").slice(0, -2));
      await stall(connection);
    },
    fault: "timeout",
    message: /no whole answer within 0\.4 s$/,
  },
  {
    name: "silence in an error",
    play: () => async (connection) => {
      await connection.write("HTTP/1.1 500 X\r\ncontent-length: 100\r\n\r\nbo");
      await stall(connection);
    },
    fault: "timeout",
    message: /no whole answer within 0\.4 s$/,
  },
  {
    name: "a drip of bytes",
    play: forever(() => " ", 30),
    fault: "timeout",
    message: /no whole answer within 0\.4 s$/,
  },
  {
    name: "endless text",
    timeoutMs: 10_000,
    play: forever((dialect) => dialect.piece("la ".repeat(200))),
    fault: "protocol",
    message: /the reply goes on after the tokens it was given$/,
    dialects: STREAMING,
  },
  {
    name: "an endless line",
    timeoutMs: 10_000,
    play: forever(() => "x".repeat(200_000)),
    fault: "protocol",
    message: /its answer does not end$/,
  },
  {
    name: "endless pieces without text",
    timeoutMs: 10_000,
    play: forever((dialect) => dialect.piece("").repeat(5000)),
    fault: "protocol",
    message: /its answer does not end$/,
  },
  {
    name: "an endless error",
    timeoutMs: 10_000,
    play: () => async (connection) => {
      await connection.write("HTTP/1.1 500 X\r\nconnection: close\r\n\r\n");
      while (connection.open) await connection.write("x".repeat(100_000));
    },
    fault: "failed",
    message: /the server failed \(500\)/,
  },
  {
    name: "wrong types",
    play: body((dialect) => dialect.wrong),
    fault: "protocol",
    message: /has an unexpected form: \S+: expected string, received number$/,
  },
  {
    name: "JSON of another shape",
    play: body((dialect) => dialect.create === createOpenAiCompatible ? "data: [1]\n\n" : "[1]\n"),
    fault: "protocol",
    message: /has an unexpected form/,
  },
  {
    name: "nothing but blanks from a constrained model",
    timeoutMs: 10_000,
    play: forever((dialect) => dialect.piece(" \n\t  ")),
    fault: "unusable",
    message: /the model says nothing but blanks$/,
    request: { schema: { type: "object" }, maxTokens: 4000 },
    dialects: STREAMING,
  },
  {
    name: "blanks in the middle of a constrained reply",
    play: body((dialect) => dialect.piece('{"a":') + dialect.piece(" ").repeat(400) + dialect.end),
    fault: "unusable",
    message: /the model says nothing but blanks$/,
    request: { schema: { type: "object" }, maxTokens: 4000 },
    dialects: STREAMING,
  },
];

for (const fault of FAULTS) {
  for (const [kind, dialect] of Object.entries(fault.dialects ?? DIALECTS)) {
    Deno.test(`${kind} says what is wrong with ${fault.name}`, async () => {
      await using server = startRawServer(fault.play(dialect));
      const { timeoutMs = TIMEOUT_MS } = fault;
      const options = backendOptions(server.url, { timeoutMs });
      const start = performance.now();
      const error = await failureOf(dialect.create(options), { ...REQUEST, ...fault.request });
      assert(performance.now() - start < timeoutMs + 1000, "too late");
      assertFault(error, fault, server.url);
      await assertClosed(server.open);
    });
  }
}

for (const [kind, dialect] of Object.entries(DIALECTS)) {
  Deno.test(`${kind} says what is wrong with a port where nobody listens`, async () => {
    const listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    const url = `http://127.0.0.1:${listener.addr.port}`;
    listener.close();
    const error = await failureOf(dialect.create(backendOptions(url)), REQUEST);
    assertFault(error, {
      fault: "unreachable",
      message: /the connection was refused$/,
      hint: /ollama serve|start the server/,
    }, url);
  });

  Deno.test(`${kind} shows what a server says on one line that acts on nothing`, async () => {
    const text = `\x1b[31mred\x1b[0m\r\n\u202edesrever ${"long ".repeat(1000)}`;
    await using server = startRawServer(refusal(500, text)(dialect));
    const { message } = await failureOf(dialect.create(backendOptions(server.url)), REQUEST);
    assert(message.length < 300, String(message.length));
    assert.equal(message, message.replace(/[^ -~…]/g, ""));
  });

  Deno.test(`${kind} ends when its caller stops it, and closes the connection`, async () => {
    await using server = startRawServer((connection) => stall(connection));
    const reason = new Error("Ctrl-C");
    const controller = new AbortController();
    const waiting = dialect.create(backendOptions(server.url))
      .chat({ ...REQUEST, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await assert.rejects(waiting, (error) => error === reason);
    await assertClosed(server.open);
  });
}

async function failureOf(model: ChatModel, request: ChatRequest): Promise<ModelError> {
  const reply = await model.chat(request).catch((error) => error);
  assert(reply instanceof ModelError, Deno.inspect(reply));
  return reply;
}

function assertFault(
  error: ModelError,
  { fault, message, hint }: Pick<Fault, "fault" | "message" | "hint">,
  url: string,
): void {
  assert.match(error.message, message);
  assert.equal(error.fault, fault, error.message);
  assert(error.message.startsWith(`Cannot ask "mistral:7b" at ${url}`), error.message);
  assert(error.hint !== undefined && !`${error.message}${error.hint}`.includes("\n"));
  if (hint) assert.match(error.hint, hint);
}

/** The client has let go of every connection. */
async function assertClosed(open: () => number): Promise<void> {
  for (let i = 0; i < 50 && open() > 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(open(), 0, "a connection is still open");
}
