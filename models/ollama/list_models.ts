import { type About, CallFault } from "../endpoints/call_fault.ts";
import type { BackendOptions } from "../chat_model.ts";
import type { Endpoint } from "../endpoints/endpoint.ts";
import { type Call, callServer, createServer, readJson, type Server } from "../endpoints/http.ts";

/** A model as a server lists it. */
export interface ListedModel {
  name: string;
  /** Of its file; undefined when the server does not tell. */
  sizeBytes?: number;
  /** In thousand millions; undefined when the server does not tell. */
  parameters?: number;
  /** Tokens that the server runs it with, or that it was trained for. */
  contextTokens?: number;
  /** True when the server only passes what it is sent on to another machine. */
  remote?: boolean;
}

export type ListOptions =
  & Pick<Endpoint, "url" | "kind">
  & Pick<BackendOptions, "timeoutMs" | "apiKey" | "fetch">;

type Json = Record<string, unknown>;

const MAX_BYTES = 8 << 20;
const MAX_MODELS = 2000;
const MAX_NAME_LENGTH = 256;

/** What the names of context lengths are among vLLM, LM Studio and llama.cpp. */
const CONTEXT_KEYS = [
  "max_model_len",
  "loaded_context_length",
  "max_context_length",
  "n_ctx",
  "n_ctx_train",
];

/**
 * The models that a server of any kind has, with one quick question; at most 2,000 are looked at.
 *
 * @throws {ModelError} when it does not answer as its kind does
 * @throws {ToolError} when the URL cannot be used
 */
export function listModels(
  options: ListOptions,
  { signal }: { signal?: AbortSignal } = {},
): Promise<ListedModel[]> {
  const server = createServer(options, options.kind);
  const about: About = { doing: `list the models at ${server.url}`, kind: options.kind };
  return callServer(server, about, signal, (call) => LISTS[options.kind](server, call));
}

const LISTS: Record<Endpoint["kind"], (server: Server, call: Call) => Promise<ListedModel[]>> = {
  ollama: async (server, call) => {
    const { models } = await get(call, `${server.url}/api/tags`);
    return readModels(models, "name", ({ size, details, remote_host }) => ({
      sizeBytes: positive(size),
      parameters: readCount(asObject(details).parameter_size),
      ...remote_host ? { remote: true } : {},
    }));
  },
  openai: async (server, call) => {
    const { data } = await get(call, `${server.url}/models`);
    if (isLmStudio(data)) return await listLmStudio(server, call, data);
    return readModels(data, "id", (model) => ({
      contextTokens: contextOf({ ...model, ...asObject(model.meta) }),
    }));
  },
  local_chat: async (server, call) => {
    const health = await get(call, `${server.url}/health`);
    if (typeof health.status !== "string") throw notItsKind();
    return readModels(health.model ? [health] : [], "model", () => ({}));
  },
};

/** LM Studio tells only at its own address what a model was loaded with, 4,096 tokens by default. */
async function listLmStudio(server: Server, call: Call, data: unknown): Promise<ListedModel[]> {
  const url = new URL("/api/v0/models", server.url).href;
  const more = await get(call, url).then((answer) => answer.data, () => data);
  return readModels(more, "id", (model) => ({ contextTokens: contextOf(model) }));
}

function isLmStudio(data: unknown): boolean {
  return Array.isArray(data) && asObject(data[0]).owned_by === "organization_owner";
}

async function get(call: Call, url: string): Promise<Json> {
  return asObject(await readJson(await call.send(url, { method: "GET" }), MAX_BYTES));
}

/** Entries without a usable name are left out. */
function readModels(
  list: unknown,
  key: string,
  read: (model: Json) => Omit<ListedModel, "name">,
): ListedModel[] {
  if (list === null) return [];
  if (!Array.isArray(list)) throw notItsKind();
  return list.slice(0, MAX_MODELS).map(asObject).flatMap((model) => {
    const name = model[key];
    return isName(name) ? [withoutUnknown({ name, ...read(model) })] : [];
  });
}

function isName(name: unknown): name is string {
  return typeof name === "string" && name.length > 0 && name.length <= MAX_NAME_LENGTH &&
    !/[\p{Cc}\p{Cs}]/u.test(name);
}

function withoutUnknown(model: ListedModel): ListedModel {
  const known = Object.entries(model).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as unknown as ListedModel;
}

function notItsKind(): CallFault {
  return new CallFault("protocol", "the server's answer is not what its kind answers");
}

function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null ? value as Json : {};
}

function positive(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** The first that is told: what it runs with comes before what it could. */
function contextOf(model: Json): number | undefined {
  const told = CONTEXT_KEYS.map((key) => positive(model[key]));
  return told.find((tokens) => tokens !== undefined && Number.isSafeInteger(tokens));
}

/** `7.2B` is 7.2, `270M` is 0.27. */
function readCount(text: unknown): number | undefined {
  const [, count, unit] = /^(\d{1,5}(?:\.\d{1,3})?)([BM])$/.exec(String(text).slice(0, 20)) ?? [];
  return count === undefined ? undefined : positive(Number(count) / (unit === "M" ? 1000 : 1));
}
