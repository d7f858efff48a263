import type { Config } from "../config/config.ts";
import type { Role } from "../models/chat_model.ts";
import { rankModels } from "../models/choose_model.ts";
import { ModelError } from "../models/model_error.ts";
import type {
  InstalledModel,
  ModelDetails,
  OllamaAdmin,
  RunningModel,
} from "../models/ollama_admin.ts";
import { type ModelServer, openAdmin, sameModel } from "./model_servers.ts";

/** A model that a server has. */
export interface ServerModel {
  name: string;
  /** Bytes on the disk; 0 when the server does not tell. */
  size: number;
  parameters: string;
  quantization: string;
  /** Tokens that it was trained for. */
  contextTokens?: number;
  capabilities: string[];
  /** Set while it is loaded. */
  memory?: { bytes: number; gpuBytes: number; contextTokens?: number };
  /** That use it. */
  roles: Role[];
}

/** What a server has, or why that is not known. */
export interface ServerReport {
  server: ModelServer;
  version?: string;
  /** One line. */
  problem?: string;
  hint?: string;
  models: ServerModel[];
  /** Models beyond {@link MAX_MODELS}. */
  leftOut: number;
}

/** More are not asked about one by one. */
const MAX_MODELS = 200;
/** Questions under way at the same time. */
const AT_ONCE = 8;

/** Asks a server what it has; one that does not answer is told as a problem, not thrown. */
export async function readServer(
  server: ModelServer,
  config: Pick<Config, "model">,
  { signal, timeoutMs }: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<ServerReport> {
  const report: ServerReport = { server, models: [], leftOut: 0 };
  if (server.kind !== "ollama") {
    return { ...report, problem: "no Ollama: its own tools list and change its models" };
  }
  try {
    const admin = await openAdmin(server, timeoutMs);
    const [version, installed, running] = await Promise.all([
      admin.version({ signal }),
      admin.list({ signal }),
      admin.running({ signal }),
    ]);
    const listed = installed.slice(0, MAX_MODELS);
    const models = await readModels(admin, listed, running, signal);
    const roles = rolesOf(server, listed, config);
    return {
      ...report,
      version,
      models: models.map((model) => ({ ...model, roles: roles.get(model.name) ?? [] })),
      leftOut: installed.length - listed.length,
    };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { ...report, problem: error.message, hint: error.hint };
  }
}

async function readModels(
  admin: OllamaAdmin,
  installed: InstalledModel[],
  running: RunningModel[],
  signal?: AbortSignal,
): Promise<ServerModel[]> {
  const models: ServerModel[] = [];
  for (let i = 0; i < installed.length; i += AT_ONCE) {
    const part = installed.slice(i, i + AT_ONCE);
    models.push(
      ...await Promise.all(part.map(async (model) => {
        return toModel(model, await readDetails(admin, model.name, signal), running);
      })),
    );
  }
  return models;
}

/** One model that cannot be shown is listed all the same. */
async function readDetails(
  admin: OllamaAdmin,
  name: string,
  signal?: AbortSignal,
): Promise<Partial<ModelDetails>> {
  try {
    return await admin.show(name, { signal });
  } catch (error) {
    if (error instanceof ModelError) return {};
    throw error;
  }
}

function toModel(
  { name, size }: InstalledModel,
  { parameters = "", quantization = "", contextTokens, capabilities = [] }: Partial<ModelDetails>,
  running: RunningModel[],
): ServerModel {
  const loaded = running.find((one) => sameModel(one.name, name));
  const memory = loaded && {
    bytes: loaded.size,
    gpuBytes: loaded.sizeVram,
    contextTokens: loaded.contextTokens,
  };
  return { name, size, parameters, quantization, contextTokens, capabilities, memory, roles: [] };
}

/** By model the roles that use it: the configured one, else the best that is installed. */
function rolesOf(
  { roles }: ModelServer,
  installed: InstalledModel[],
  { model }: Pick<Config, "model">,
): Map<string, Role[]> {
  const candidates = installed.map(({ name, size }) => ({ name, sizeBytes: size }));
  const users = new Map<string, Role[]>();
  for (const role of roles) {
    const configured = model[role].model;
    const used = configured
      ? installed.find(({ name }) => sameModel(name, configured))
      : rankModels(role, candidates)[0];
    if (used) users.set(used.name, [...users.get(used.name) ?? [], role]);
  }
  return users;
}
