import type { App } from "../../cli/app.ts";
import { renderBytes } from "../../cli/byte_text.ts";
import {
  createPullProgress,
  type PullProgress,
  type PullState,
  type PullStep,
} from "../../cli/pull_progress.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { isModelName } from "../../config/model_name.ts";
import { ToolError } from "../../config/tool_error.ts";
import { ROLES } from "../../models/chat_model.ts";
import { DEFAULT_MODELS } from "../../models/profiles/default_models.ts";
import { ModelError } from "../../models/model_error.ts";
import { shippedModelfile } from "../../models/ollama/modelfile.ts";
import type { OllamaAdmin } from "../../models/ollama/ollama_admin.ts";
import { findOllama, type ModelServer, openAdmin } from "./model_servers.ts";
import { checkSpace, findModelSpace, type ModelSpace } from "./model_space.ts";

export interface PullFlags {
  server?: string;
  force?: boolean;
  json?: boolean;
}

/** What has been downloaded. */
export interface PulledModel {
  name: string;
  server: string;
  /** Of all its layers; 0 when the server did not say. */
  bytes: number;
  /** The model that it was made from, by a Modelfile of ours. */
  created_from?: string;
}

/** `devmcp models pull`: one model after the other, each told when it is there. */
export async function pullModels(names: string[], app: App, flags: PullFlags): Promise<void> {
  const pulled: PulledModel[] = [];
  for (const { name, server } of await planPulls(names, app, flags)) {
    const model = await pullModel(name, server, app, flags);
    pulled.push(model);
    if (!flags.json) app.stdout.write(`${renderPulled(model)}\n`);
  }
  if (flags.json) app.stdout.write(`${toJson({ version: 1, models: pulled }, 2)}\n`);
}

/** Default models go to the servers of their roles. Nothing is begun when a name is wrong. */
async function planPulls(names: string[], app: App, { server: url }: PullFlags) {
  names.forEach(checkName);
  const wanted = names.length > 0
    ? names.map((name) => ({ name, role: undefined }))
    : ROLES.map((role) => ({ name: DEFAULT_MODELS[role], role }));
  return await Promise.all(wanted.map(async ({ name, role }) => ({
    name,
    server: await findOllama(app, { url, role }),
  })));
}

function checkName(name: string): void {
  if (isModelName(name)) return;
  throw new ToolError(`Cannot pull "${name.slice(0, 100)}": no name of a model`, {
    hint: "names look like qwen2.5-coder:7b or hf.co/OWNER/REPOSITORY:Q4_K_M",
  });
}

/**
 * Downloads a model, and creates it when devmcp ships a Modelfile for it.
 *
 * @throws {ToolError} for what is no name, and when there is no room; {@link ModelError} for what goes wrong at the server
 */
export async function pullModel(
  name: string,
  server: ModelServer,
  app: App,
  { force = false }: PullFlags = {},
): Promise<PulledModel> {
  checkName(name);
  await (await openAdmin(server)).version({ signal: app.signal });
  const admin = await openAdmin(server, MAX_SILENCE_MS);
  const space = await findModelSpace(server.url, app.env);
  const progress = createPullProgress(app.stderr, name);
  const watch = force ? () => {} : watchSpace(name, space, progress);
  let state: PullState | undefined;
  try {
    for await (const step of stepsOf(name, admin, app.signal)) {
      state = progress.update(step);
      watch(state);
    }
  } catch (error) {
    progress.stop();
    const canGoOn = app.signal.aborted || error instanceof ModelError;
    if (canGoOn && state && state.completed > 0) tellStopped(name, state, app);
    throw error;
  } finally {
    progress.stop();
  }
  const from = shippedModelfile(name)?.from;
  const made = from === undefined ? {} : { created_from: from };
  return { name, server: server.shown, bytes: state?.total ?? 0, ...made };
}

async function* stepsOf(
  name: string,
  admin: OllamaAdmin,
  signal: AbortSignal,
): AsyncGenerator<PullStep> {
  const file = shippedModelfile(name);
  if (!file) return yield* admin.pull(name, { signal });
  const { from, template, parameters } = file;
  yield* admin.pull(from, { signal });
  yield* admin.create(name, { from, template, parameters, signal });
}

/** A server that checks what it has got says nothing for a while. */
const MAX_SILENCE_MS = 300_000;

/** Of less than this nobody asks whether it fits. */
const LARGE_BYTES = 1e9;

/** Compares what is to come with the free space, whenever the server names another layer. */
function watchSpace(name: string, space: ModelSpace | undefined, { say }: PullProgress) {
  let checked = 0;
  let isTold = false;
  return ({ completed, total }: PullState) => {
    if (total <= checked) return;
    checked = total;
    if (space) return checkSpace(name, total - completed, space);
    if (isTold || total - completed < LARGE_BYTES) return;
    isTold = true;
    const bytes = renderBytes(total - completed);
    say(`${name}: ${bytes} are to come; it is not known how much space the server has`);
  };
}

function tellStopped(name: string, { completed, total }: PullState, app: App): void {
  const done = `${renderBytes(completed)} of ${renderBytes(total)}`;
  app.stderr.write(
    `Stopped at ${done}; "devmcp models pull ${sanitizeLine(name)}" goes on from there.\n`,
  );
}

function renderPulled({ name, bytes, created_from: from }: PulledModel): string {
  const size = bytes > 0 ? `, ${renderBytes(bytes)}` : "";
  return `${sanitizeLine(name)} is there${size}${from ? `, created from ${from}` : ""}`;
}
