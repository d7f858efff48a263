import type { App } from "../../cli/app.ts";
import { isSameModel } from "../../config/model_name.ts";
import type { Role } from "../../models/chat_model.ts";
import { runsElsewhere } from "../../models/profiles/choose_model.ts";
import { type ListedModel, listModels } from "../../models/ollama/list_models.ts";
import { ModelError } from "../../models/model_error.ts";
import type { ModelDetails, OllamaAdmin, RunningModel } from "../../models/ollama/ollama_admin.ts";
import { type ModelServer, openAdmin } from "../models/model_servers.ts";

/** A model that a server has. What the server does not tell is empty or absent. */
export interface ServerModel {
  name: string;
  /** Bytes on the disk. */
  size?: number;
  parameters: string;
  quantization: string;
  /** Tokens that it was trained for. */
  contextTokens?: number;
  capabilities: string[];
  /** Whether the server only passes what it is sent on to another machine. */
  remote: boolean;
  /** Null while it is not loaded. */
  memory?: { bytes: number; gpuBytes: number } | null;
  /** That use it. */
  roles: Role[];
}

/** What a server has, or why that is not known. */
export interface ServerReport {
  server: ModelServer;
  /** Of Ollama. */
  version?: string;
  /** Why there is no more, in one line. */
  problem?: ModelError;
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
  app: App,
  timeoutMs = server.answerMs,
): Promise<ServerReport> {
  const { signal } = app;
  try {
    const installed = await listModels({ ...server, timeoutMs }, { signal });
    const listed = installed.slice(0, MAX_MODELS);
    const more = server.kind === "ollama"
      ? await readOllama(await openAdmin(server, timeoutMs), listed, signal)
      : { models: listed.map((model) => toModel(model, {})) };
    return { server, ...more, leftOut: installed.length - listed.length };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { server, problem: error, models: [], leftOut: 0 };
  }
}

async function readOllama(admin: OllamaAdmin, listed: ListedModel[], signal: AbortSignal) {
  const [version, running] = await Promise.all([
    admin.version({ signal }),
    admin.running({ signal }),
  ]);
  const models: ServerModel[] = [];
  for (let i = 0; i < listed.length; i += AT_ONCE) {
    const part = listed.slice(i, i + AT_ONCE);
    models.push(
      ...await Promise.all(part.map(async (model) => {
        return toModel(model, await readDetails(admin, model.name, signal), running);
      })),
    );
  }
  return { version, models };
}

/** One model that cannot be shown is listed all the same. */
async function readDetails(
  admin: OllamaAdmin,
  name: string,
  signal: AbortSignal,
): Promise<Partial<ModelDetails>> {
  try {
    return await admin.show(name, { signal });
  } catch (error) {
    if (error instanceof ModelError) return {};
    throw error;
  }
}

function toModel(
  listed: ListedModel,
  { parameters = "", quantization = "", contextTokens, capabilities = [] }: Partial<ModelDetails>,
  running?: RunningModel[],
): ServerModel {
  const { name, sizeBytes: size } = listed;
  const memory = running && memoryOf(name, running);
  const context = contextTokens ?? listed.contextTokens;
  return {
    name,
    size,
    parameters,
    quantization,
    contextTokens: context,
    capabilities,
    remote: runsElsewhere(listed),
    memory,
    roles: [],
  };
}

function memoryOf(name: string, running: RunningModel[]): ServerModel["memory"] {
  const loaded = running.find((one) => isSameModel(one.name, name));
  return loaded ? { bytes: loaded.size, gpuBytes: loaded.sizeVram } : null;
}
