import * as z from "zod";
import type { CreateRequest } from "ollama/browser";
import { oneLine } from "../../config/one_line.ts";
import { type About, cutOff } from "../endpoints/call_fault.ts";
import { checkWire } from "../endpoints/check_wire.ts";
import { callServer, createServer, type Server, startCall } from "../endpoints/http.ts";
import { aboutOllama, type Answer, createClient } from "./ollama_client.ts";
import { pullHint } from "./pull_hint.ts";

/** Models have long licences and templates; a server may have hundreds. */
const MAX_ANSWER_BYTES = 32 << 20;
/** Of one pull or creation: hours of progress lines. */
const MAX_PROGRESS_BYTES = 1 << 30;

export interface InstalledModel {
  name: string;
  /** In bytes. */
  size: number;
  /** When it was last changed, as ISO 8601; empty when the server does not say. */
  modified: string;
}

export interface RunningModel {
  name: string;
  /** Bytes in memory. */
  size: number;
  /** Bytes of them on the GPU; less than `size`: a part runs on the processor. */
  sizeVram: number;
  /** Tokens of the context it was loaded with, where the server says so. */
  contextTokens?: number;
}

export interface ModelDetails {
  /** Such as `completion`, `tools`, `embedding`, `thinking`; empty for older servers. */
  capabilities: string[];
  /** Tokens that the model was trained for. */
  contextTokens?: number;
  family: string;
  /** Such as `7.2B`. */
  parameters: string;
  /** Such as `Q4_K_M`. */
  quantization: string;
  template: string;
  /** Options and stop strings that the model file sets, as text, one on a line. */
  settings: string;
}

/** One step of a pull or a creation. */
export interface PullProgress {
  status: string;
  /** Bytes of the present layer. */
  completed?: number;
  total?: number;
}

export interface CreateOptions {
  /** The model that it is made from. */
  from: string;
  template?: string;
  /** Options such as `stop` and `num_ctx`. */
  parameters?: Record<string, unknown>;
  signal?: AbortSignal;
}

interface Stop {
  signal?: AbortSignal;
}

/** What Ollama has, and how that is changed. Everything throws {@link ModelError}. */
export interface OllamaAdmin {
  /** The server's URL, without credentials. */
  readonly url: string;
  version(options?: Stop): Promise<string>;
  list(options?: Stop): Promise<InstalledModel[]>;
  show(name: string, options?: Stop): Promise<ModelDetails>;
  running(options?: Stop): Promise<RunningModel[]>;
  /** Loads a model from its library; one that was broken off goes on where it was. */
  pull(name: string, options?: Stop): AsyncGenerator<PullProgress>;
  create(name: string, options: CreateOptions): AsyncGenerator<PullProgress>;
  remove(name: string, options?: Stop): Promise<void>;
}

const text = z.string().nullish().transform((value) => value ?? "");
const bytes = z.number().nonnegative();
const versionAnswer = z.object({ version: z.string() });
const listAnswer = z.object({
  models: z.array(z.object({ name: z.string(), size: bytes.default(0), modified_at: text }))
    .nullish(),
});
const runningAnswer = z.object({
  models: z.array(z.object({
    name: z.string(),
    size: bytes.default(0),
    size_vram: bytes.default(0),
    context_length: bytes.optional(),
  })).nullish(),
});
const showAnswer = z.object({
  capabilities: z.array(z.string()).nullish(),
  details: z.object({ family: text, parameter_size: text, quantization_level: text }).nullish(),
  model_info: z.record(z.string(), z.unknown()).nullish(),
  template: text,
  parameters: text,
});
const progressLine = z.object({
  status: text,
  completed: bytes.optional(),
  total: bytes.optional(),
});

/**
 * The administration of an Ollama server.
 *
 * @param options.timeoutMs of each call; for `pull` and `create` of each silence in it
 * @throws {ToolError} when the URL cannot be used
 */
export function createOllamaAdmin(
  options: { url: string; timeoutMs: number; apiKey?: string; fetch?: typeof fetch },
): OllamaAdmin {
  const server = createServer(options, "ollama");
  return {
    url: server.url,
    version: ({ signal } = {}) => readVersion(server, signal),
    list: ({ signal } = {}) => list(server, signal),
    show: (name, { signal } = {}) => show(server, name, signal),
    running: ({ signal } = {}) => listRunning(server, signal),
    pull: (name, { signal } = {}) => pull(server, name, signal),
    create: (name, options) => create(server, name, options),
    remove: (name, { signal } = {}) => remove(server, name, signal),
  };
}

type Client = Awaited<ReturnType<typeof createClient>>;

/** One question with one answer. */
function ask<T>(
  server: Server,
  about: About,
  signal: AbortSignal | undefined,
  schema: z.ZodType<T>,
  run: (client: Client) => Promise<unknown>,
): Promise<T> {
  return callServer(server, about, signal, async (call) => {
    const answer: Answer = { streamed: false, maxBytes: MAX_ANSWER_BYTES };
    return checkWire(schema, await run(await createClient(server, call, answer)));
  });
}

async function readVersion(server: Server, signal?: AbortSignal): Promise<string> {
  const about = aboutOllama(server, "ask the version of Ollama");
  const answer = await ask(server, about, signal, versionAnswer, (client) => client.version());
  return answer.version;
}

async function list(server: Server, signal?: AbortSignal): Promise<InstalledModel[]> {
  const about = aboutOllama(server, "list the models");
  const { models } = await ask(server, about, signal, listAnswer, (client) => client.list());
  return (models ?? []).map(({ name, size, modified_at }) => ({
    name,
    size,
    modified: modified_at,
  }));
}

async function listRunning(server: Server, signal?: AbortSignal): Promise<RunningModel[]> {
  const about = aboutOllama(server, "list the loaded models");
  const { models } = await ask(server, about, signal, runningAnswer, (client) => client.ps());
  return (models ?? []).map(({ name, size, size_vram, context_length }) => ({
    name,
    size,
    sizeVram: size_vram,
    ...(context_length !== undefined && { contextTokens: context_length }),
  }));
}

async function show(server: Server, name: string, signal?: AbortSignal): Promise<ModelDetails> {
  const about = aboutModel(server, "show", name);
  const shown = await ask(server, about, signal, showAnswer, (client) => {
    return client.show({ model: name });
  });
  return {
    capabilities: shown.capabilities ?? [],
    contextTokens: contextOf(shown.model_info ?? {}),
    family: shown.details?.family ?? "",
    parameters: shown.details?.parameter_size ?? "",
    quantization: shown.details?.quantization_level ?? "",
    template: shown.template,
    settings: shown.parameters,
  };
}

/** The key is named after the architecture, such as `llama.context_length`. */
function contextOf(info: Record<string, unknown>): number | undefined {
  const length = info[`${info["general.architecture"]}.context_length`];
  return typeof length === "number" && Number.isInteger(length) && length > 0 ? length : undefined;
}

async function remove(server: Server, name: string, signal?: AbortSignal): Promise<void> {
  const about = aboutModel(server, "remove", name);
  await ask(server, about, signal, z.unknown(), (client) => client.delete({ model: name }));
}

function pull(server: Server, name: string, signal?: AbortSignal): AsyncGenerator<PullProgress> {
  const about = {
    ...aboutModel(server, "pull", name),
    missingHint: "check the name: https://ollama.com/library lists what there is",
  };
  return follow(server, about, signal, (client) => client.pull({ model: name, stream: true }));
}

function create(
  server: Server,
  name: string,
  { signal, ...options }: CreateOptions,
): AsyncGenerator<PullProgress> {
  const about = aboutModel(server, "create", name);
  const missingHint = pullHint(options.from);
  const request: CreateRequest & { stream: true } = { model: name, ...options, stream: true };
  return follow(server, { ...about, missingHint }, signal, (client) => client.create(request));
}

async function* follow(
  server: Server,
  about: About,
  signal: AbortSignal | undefined,
  start: (client: Client) => Promise<AsyncIterable<unknown>>,
): AsyncGenerator<PullProgress> {
  using call = startCall(server, about, signal);
  try {
    const answer: Answer = { streamed: true, maxBytes: MAX_PROGRESS_BYTES };
    let last = "";
    for await (const line of await start(await createClient(server, call, answer))) {
      call.renew();
      const progress = checkWire(progressLine, line);
      last = progress.status;
      yield progress;
    }
    if (last !== "success") throw cutOff();
  } catch (error) {
    throw call.explain(error);
  }
}

function aboutModel(server: Server, verb: string, name: string): About {
  return aboutOllama(server, `${verb} "${oneLine(name, 100)}"`, { model: name });
}
