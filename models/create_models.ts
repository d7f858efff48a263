import { abortable } from "../config/abortable.ts";
import type { Config } from "../config/config.ts";
import type { BackendOptions, ChatModel, Embedder, Models, Role } from "./chat_model.ts";
import type { Candidate } from "./endpoints/discover.ts";
import type { Endpoint } from "./endpoints/endpoint.ts";
import { keepResults } from "./structured/keep_results.ts";
import { ModelError } from "./model_error.ts";
import type { Profile } from "./profiles/profiles.ts";
import type { ResolvedRole } from "./profiles/resolve_role.ts";

/** What plays a role, for those who show it. */
export interface RoleDescription {
  role: Role;
  /** Of the first endpoint, as are `url` and `model`. */
  kind: Endpoint["kind"];
  /** Without credentials. */
  url: string;
  model: string;
  /** Such as `configured` or `chosen: mistral:7b of 4 installed`. */
  why: string;
  /** Tokens that prompt and reply share. */
  contextTokens: number;
  profile: Profile;
  /** Whether a server only passes what it is sent on to another machine. */
  remote: boolean;
  /** Where the profile comes from: profiles.json, the server, or a careful guess. */
  profileFrom: "table" | "server" | "default";
  /** All that share the load, the first one included. */
  endpoints: { url: string; kind: Endpoint["kind"]; model: string }[];
}

/** The models of this process, and what they are. */
export interface DescribedModels extends Models {
  /** What plays a role; throws as `get` does. */
  describe(role: Role): Promise<RoleDescription>;
  /**
   * What turns texts into vectors with a role's model, at the first of its endpoints that can.
   *
   * @throws {ModelError} as `get` does, and of kind `none` when no endpoint can
   */
  embedder(role: Role, options?: { signal?: AbortSignal }): Promise<Embedder>;
}

export interface CreateModelsOptions {
  /** @default globalThis.fetch */
  fetch?: typeof fetch;
  /** Where to look when nothing is configured. @default the usual ports */
  candidates?: Candidate[];
  /** Milliseconds of a steady clock. @default performance.now */
  now?(): number;
}

/**
 * The models of both roles. Each is found when it is first asked for, and again when it is asked for after
 * that failed, after the model or its server was gone, or after the server could not be asked about it.
 *
 * @param env reads a variable of the environment: keys
 */
export function createModels(
  config: Config["model"],
  env: (name: string) => string | undefined,
  options: CreateModelsOptions = {},
): DescribedModels {
  const find = keepResults(async (role: Role, renew) => {
    const { resolveRole } = await import("./profiles/resolve_role.ts");
    const settings = settingsOf(role, config, env, options);
    const resolved = await resolveRole(role, config, settings);
    if (resolved.isGuess) renew();
    const backends = await createBackends(resolved, config, settings);
    return { resolved, backends, model: await buildModel(backends, role, config, renew) };
  }, options.now);
  /** Ends the waiting, not the work: others may wait for it too. */
  const waitFor = (role: Role, signal?: AbortSignal) => abortable(() => find(role), signal);
  return {
    get: async (role, { signal } = {}) => (await waitFor(role, signal)).model,
    describe: async (role) => describe((await find(role)).resolved),
    embedder: async (role, { signal } = {}) =>
      findEmbedder(role, (await waitFor(role, signal)).backends),
  };
}

type Backend = ChatModel & Partial<Embedder>;

type Settings = CreateModelsOptions & { apiKey?: string };

function settingsOf(
  role: Role,
  config: Config["model"],
  env: (name: string) => string | undefined,
  options: CreateModelsOptions,
): Settings {
  const { api_key_env, endpoints } = config[role];
  // What happens to listen on a port of this machine gets no key.
  const apiKey = api_key_env && endpoints.length > 0 ? env(api_key_env) || undefined : undefined;
  return { ...options, apiKey };
}

/** One for each endpoint. */
function createBackends(
  { targets, profile }: ResolvedRole,
  config: Config["model"],
  { apiKey, fetch }: Settings,
): Promise<Backend[]> {
  const timeoutMs = config.timeout_seconds * 1000;
  const keepAlive = config.keep_alive;
  return Promise.all(targets.map(async ({ endpoint: { kind, url }, model, contextTokens }) => {
    const create = await BACKENDS[kind]();
    return create({ url, model, profile, contextTokens, timeoutMs, apiKey, keepAlive, fetch });
  }));
}

function findEmbedder(role: Role, backends: Backend[]): Embedder {
  for (const { model, embed } of backends) if (embed) return { model, embed };
  throw new ModelError("none", `Cannot embed with the model of "${role}": its server cannot`, {
    hint: "use Ollama or an OpenAI-compatible server",
  });
}

async function buildModel(
  backends: Backend[],
  role: Role,
  config: Config["model"],
  onLoss: () => void,
): Promise<ChatModel> {
  const timeoutMs = config.timeout_seconds * 1000;
  const [{ guardContext }, { limitReplies }, { watchLosses }] = await Promise.all([
    import("./context/guard_context.ts"),
    import("./context/limit_replies.ts"),
    import("./watch_losses.ts"),
  ]);
  const [first, ...others] = backends.map(guardContext);
  const limits = { maxTokens: config[role].max_tokens, timeoutMs };
  const model = others.length === 0
    ? first!
    : (await import("./endpoints/endpoint_pool.ts")).createEndpointPool([first!, ...others], {
      timeoutMs,
    });
  return watchLosses(limitReplies(model, limits), onLoss);
}

/** Only what is used is loaded. */
const BACKENDS: Record<Endpoint["kind"], () => Promise<(options: BackendOptions) => Backend>> = {
  ollama: async () => (await import("./ollama/ollama.ts")).createOllama,
  openai: async () => (await import("./openai_compatible.ts")).createOpenAiCompatible,
  local_chat: async () => (await import("./local_chat.ts")).createLocalChat,
};

function describe({ role, targets, why, profile, profileFrom }: ResolvedRole): RoleDescription {
  const endpoints = targets.map(({ endpoint, model }) => ({
    url: endpoint.shown,
    kind: endpoint.kind,
    model,
  }));
  const contextTokens = Math.min(...targets.map((target) => target.contextTokens));
  const remote = targets.some((target) => target.remote);
  return { role, ...endpoints[0]!, why, contextTokens, remote, profile, profileFrom, endpoints };
}
