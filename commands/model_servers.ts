import type { App } from "../cli/app.ts";
import type { Config } from "../config/config.ts";
import { ToolError } from "../config/tool_error.ts";
import { type Role, ROLES } from "../models/chat_model.ts";
import { type Endpoint, parseEndpoint } from "../models/endpoint.ts";
import type { OllamaAdmin } from "../models/ollama_admin.ts";

/** A server of models that the configuration names, or that is looked for on this machine. */
export interface ModelServer extends Endpoint {
  /** The roles that use it. */
  roles: Role[];
}

/** Where Ollama is when nothing is configured. */
const USUAL = "http://127.0.0.1:11434";

/** The servers of both roles, each once, in the order of the configuration. */
export function listServers({ model }: Pick<Config, "model">): ModelServer[] {
  const servers = new Map<string, ModelServer>();
  for (const role of ROLES) {
    const { endpoints, kind } = model[role];
    for (const text of endpoints.length > 0 ? endpoints : [USUAL]) {
      const endpoint = parseEndpoint(text, kind);
      const known = servers.get(endpoint.url) ?? { ...endpoint, roles: [] };
      servers.set(endpoint.url, { ...known, roles: [...known.roles, role] });
    }
  }
  return [...servers.values()];
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
  const servers = listServers((await app.config()).values);
  if (url !== undefined) {
    const { url: wanted } = parseEndpoint(url);
    return servers.find((one) => one.url === wanted) ??
      { ...parseEndpoint(url, "ollama"), roles: [] };
  }
  const ollamas = servers.filter(({ kind }) => kind === "ollama");
  const found = ollamas.find(({ roles }) => role && roles.includes(role)) ?? ollamas[0];
  if (found) return found;
  throw new ToolError("Cannot manage models: no Ollama server is configured", {
    hint: "give one: --server http://127.0.0.1:11434",
  });
}

/** How long a server may take to say what it has. */
const ANSWER_MS = 5000;

/** Speaks to a server about its models. */
export async function openAdmin(
  { url }: Pick<Endpoint, "url">,
  timeoutMs = ANSWER_MS,
): Promise<OllamaAdmin> {
  const { createOllamaAdmin } = await import("../models/ollama_admin.ts");
  return createOllamaAdmin({ url, timeoutMs });
}

/** Ollama takes a name without a tag for `:latest`, and letters of any size. */
export function sameModel(one: string, other: string): boolean {
  const full = (name: string) => {
    const last = name.slice(name.lastIndexOf("/") + 1);
    return (last.includes(":") ? name : `${name}:latest`).toLowerCase();
  };
  return full(one) === full(other);
}
