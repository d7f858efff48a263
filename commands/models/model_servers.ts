import type { App } from "../../cli/app.ts";
import type { Config } from "../../config/config.ts";
import { ToolError } from "../../config/tool_error.ts";
import { type Role, ROLES } from "../../models/chat_model.ts";
import { type Endpoint, parseEndpoint } from "../../models/endpoints/endpoint.ts";
import type { OllamaAdmin } from "../../models/ollama/ollama_admin.ts";

/** A server of models that the configuration names, or that is looked for on this machine. */
export interface ModelServer extends Endpoint {
  /** The roles that may use it. */
  roles: Role[];
  apiKey?: string;
  /** How long it may take to say what it has. */
  answerMs: number;
}

/** Where Ollama is when nothing is configured. */
const USUAL = "http://127.0.0.1:11434";

/**
 * The servers of both roles, in the order of the configuration; for a role without any those that run on
 * this machine, or where Ollama usually is. Each is there once, or once for each key that it is asked with.
 */
export async function listServers(app: App): Promise<ModelServer[]> {
  const { model } = (await app.config()).values;
  const servers = new Map<string, ModelServer>();
  const answerMs = answerMsOf(model);
  const isFound = ROLES.some((role) => model[role].endpoints.length === 0);
  const found = isFound ? await findServers() : [];
  for (const role of ROLES) {
    const { endpoints } = model[role];
    for (const endpoint of endpoints.length > 0 ? configuredFor(role, model, app) : found) {
      const id = JSON.stringify(endpoint);
      const known = servers.get(id) ?? { ...endpoint, roles: [], answerMs };
      servers.set(id, { ...known, roles: [...known.roles, role] });
    }
  }
  return [...servers.values()];
}

async function findServers(): Promise<Endpoint[]> {
  const { discover } = await import("../../models/endpoints/discover.ts");
  const found = await discover();
  const endpoints = found.map(({ url, kind }) => ({ url, kind, shown: url }));
  return endpoints.length > 0 ? endpoints : [parseEndpoint(USUAL)];
}

/** Only configured servers get the key: what happens to listen on this machine does not. */
function configuredFor(role: Role, model: Config["model"], { env }: App) {
  const { endpoints, kind, api_key_env } = model[role];
  const apiKey = api_key_env ? env(api_key_env) || undefined : undefined;
  return endpoints.map((text) => ({ ...parseEndpoint(text, kind), apiKey }));
}

/**
 * The Ollama server that a command is about: the one at `url`, else the first of `role`, else the
 * first of all.
 *
 * @throws {ToolError} when there is none: other servers' models cannot be changed from outside
 */
export async function findOllama(
  app: App,
  { url, role }: { url?: string; role?: Role } = {},
): Promise<ModelServer> {
  const servers = await listServers(app);
  if (url !== undefined) {
    const { url: wanted } = parseEndpoint(url);
    const known = servers.filter((one) => one.url === wanted);
    return known.find(({ apiKey }) => apiKey !== undefined) ?? known[0] ??
      {
        ...parseEndpoint(url, "ollama"),
        roles: [],
        answerMs: answerMsOf((await app.config()).values.model),
      };
  }
  const ollamas = servers.filter(({ kind }) => kind === "ollama");
  const found = ollamas.find(({ roles }) => role && roles.includes(role)) ?? ollamas[0];
  if (found) return found;
  throw new ToolError("Cannot manage models: no Ollama server is configured", {
    hint: "give one: --server http://127.0.0.1:11434",
  });
}

/** What a server has it can say soon, however long its models take. */
const ANSWER_MS = 5000;

function answerMsOf({ timeout_seconds }: Config["model"]): number {
  return Math.min(ANSWER_MS, timeout_seconds * 1000);
}

/** Speaks to a server about its models. */
export async function openAdmin(
  { url, apiKey, answerMs }: Pick<ModelServer, "url" | "apiKey" | "answerMs">,
  timeoutMs = answerMs,
): Promise<OllamaAdmin> {
  const { createOllamaAdmin } = await import("../../models/ollama/ollama_admin.ts");
  return createOllamaAdmin({ url, apiKey, timeoutMs });
}
