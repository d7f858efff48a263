import type { App } from "../cli/app.ts";
import { renderBytes } from "../cli/byte_text.ts";
import { countOf, grouped } from "../cli/style.ts";
import type { Config } from "../config/config.ts";
import { isOnThisMachine } from "../config/this_machine.ts";
import type { CallFault } from "../models/endpoints/call_fault.ts";
import { ROLES } from "../models/chat_model.ts";
import { DEFAULT_MODELS } from "../models/profiles/default_models.ts";
import { type Check, type Fix, guarded } from "./check.ts";
import { listServers, type ModelServer } from "./models/model_servers.ts";
import { findModelSpace } from "./models/model_space.ts";
import { describeRoles, findUsed, markRoles, type RoleUse } from "./role_uses.ts";
import { readServer, type ServerModel, type ServerReport } from "./serve/server_report.ts";

/** How long a server may take to answer here: doctor is to be quick. */
const PATIENCE_MS = 2000;

/**
 * Checks the servers of models, what plays each role, and what memory and disk it has. Nothing here is
 * more than a warning: devmcp works without a model.
 */
export async function checkModels(app: App): Promise<Check[]> {
  let checks: Check[] = [];
  const failed = await guarded("models", async () => {
    checks = await readChecks(app);
    return { state: "ok", detail: "" };
  });
  return failed.state === "ok" ? checks : [failed];
}

/** What is wrong with the settings is told beside them. */
const NOT_LOOKED_AT = ["server", ...ROLES.map((role) => `${role} model`)].map((name): Check => ({
  name,
  state: "warning",
  detail: "not looked for: the settings cannot be used",
}));

async function readChecks(app: App): Promise<Check[]> {
  const config = await app.config().catch(() => undefined);
  if (!config) return NOT_LOOKED_AT;
  const { values } = config;
  const [uses, found] = await Promise.all([
    describeRoles(app, PATIENCE_MS),
    listServers(app).then((servers) =>
      Promise.all(servers.map((server) => readServer(server, app, PATIENCE_MS)))
    ),
  ]);
  const reports = markRoles(found, uses);
  return [
    ...reports.flatMap((report) => [checkServer(report), ...checkSecret(report.server)]),
    ...uses.map((use) => checkRole(use, reports, values, app)),
    ...checkProcessor(reports, values),
    ...await checkDisk(reports, uses, app),
  ];
}

function checkServer({ server, version, problem, models, leftOut }: ServerReport): Check {
  const name = "server";
  if (problem) {
    const isOff = problem.fault === "unreachable" &&
      !(problem.cause as CallFault | undefined)?.hint;
    const advice = isOff ? startAdvice(server) : problem.hint;
    return { name, state: "warning", detail: problem.message, advice };
  }
  const kind = version === undefined ? server.kind : `Ollama ${version}`;
  const count = countOf(models.length + leftOut, "model");
  return { name, state: "ok", detail: `${kind} at ${server.shown}, ${count}` };
}

/** A key, or the credentials of an address, on its way to another machine. */
export function checkSecret(
  { url, shown, apiKey }: Pick<ModelServer, "url" | "shown" | "apiKey">,
): Check[] {
  const hasSecret = apiKey !== undefined || URL.parse(url)?.password;
  if (!hasSecret || !url.startsWith("http://") || isOnThisMachine(url)) return [];
  const detail = `the key for ${shown} is sent unencrypted`;
  return [{ name: "server", state: "warning", detail, advice: "use an address with https://" }];
}

function startAdvice({ kind, url }: ModelServer): string {
  const start = kind === "ollama" && isOnThisMachine(url)
    ? 'start it: "ollama serve", or "docker compose up -d"'
    : 'start it, or "devmcp config show" for where it is configured';
  return `${start}; without a model everything else works`;
}

function checkRole(use: RoleUse, reports: ServerReport[], config: Config, app: App): Check {
  const { role, description, problem } = use;
  const name = `${role} model`;
  const other = `devmcp models use ${role} ${DEFAULT_MODELS[role]}`;
  if (problem || !description) return checkMissing(use, reports, config, app);
  const used = findUsed(use, reports);
  const trained = used?.contextTokens;
  const wanted = config.model[role].context_tokens;
  const detail = [
    `${description.model}, ${description.why.replace(`: ${description.model}`, "")}`,
    `context ${grouped(description.contextTokens)}${
      trained ? ` of ${grouped(trained)}` : ""
    } tokens`,
    ...used?.capabilities.slice(0, 8) ?? [],
  ].join(", ");
  if (used && used.capabilities.length > 0 && !used.capabilities.includes("completion")) {
    const cannot = `${used.name} cannot write text`;
    return { name, state: "warning", detail: cannot, advice: `choose another: ${other}` };
  }
  if (description.remote) {
    const away = `${detail}; it runs on another machine, which gets your code`;
    return { name, state: "warning", detail: away, advice: `to stay here: ${other}` };
  }
  if (trained && wanted > trained) {
    const more = `${grouped(wanted)} tokens are configured, more than it was trained for`;
    const advice = `devmcp config set model.${role}.context_tokens ${trained}`;
    return { name, state: "warning", detail: `${detail}; ${more}`, advice };
  }
  return { name, state: "ok", detail };
}

function checkMissing(
  { role, problem }: RoleUse,
  reports: ServerReport[],
  config: Config,
  app: App,
): Check {
  const model = config.model[role].model || DEFAULT_MODELS[role];
  const answering = reports.filter(({ server, problem }) =>
    !problem && server.roles.includes(role)
  );
  const report = answering.find(({ server }) => server.kind === "ollama");
  const pull = `devmcp models pull ${model}`;
  return {
    name: `${role} model`,
    state: "warning",
    detail: answering.length === 0 ? "no server answers" : problem?.message ?? "there is none",
    advice: report ? pull : `once a server runs: ${pull}`,
    ...report ? { fix: pullFix(model, report.server, app) } : {},
  };
}

function pullFix(model: string, server: ModelServer, app: App): Fix {
  return {
    does: `download ${model} to ${server.shown}, some gigabytes`,
    asks: true,
    run: async () => {
      const { pullModel } = await import("./models/models_pull.ts");
      const { bytes } = await pullModel(model, server, app);
      return `downloaded ${model}, ${renderBytes(bytes)}`;
    },
  };
}

/** What of the loaded models is beside the GPU's memory. */
function checkProcessor(reports: ServerReport[], config: Config): Check[] {
  const ollamas = reports.filter(({ server, problem }) => server.kind === "ollama" && !problem);
  if (ollamas.length === 0) return [];
  const loaded = ollamas.flatMap(({ models }) => models).filter(({ memory }) => memory);
  const partly = loaded.filter(({ memory }) => memory!.gpuBytes < memory!.bytes);
  if (partly.length > 0) return partly.map((model) => checkSplit(model, config));
  const detail = loaded.length > 0
    ? `${countOf(loaded.length, "loaded model")}, all on the GPU`
    : "no model is loaded now";
  return [{ name: "gpu", state: "ok", detail }];
}

/** Less makes an answer of little use. */
const LEAST_CONTEXT = 4096;
/** A 7B model on processors writes some five tokens a second. */
const CPU_TIMEOUT_SECONDS = 300;

function checkSplit({ name: model, memory, roles }: ServerModel, config: Config): Check {
  const { bytes, gpuBytes } = memory!;
  const name = "gpu";
  if (gpuBytes === 0) {
    const detail = `${model} runs on the CPU alone: it is slow`;
    if (config.model.timeout_seconds >= CPU_TIMEOUT_SECONDS) return { name, state: "ok", detail };
    const advice = `devmcp config set model.timeout_seconds ${CPU_TIMEOUT_SECONDS}`;
    return { name, state: "warning", detail, advice };
  }
  const share = Math.ceil(100 * (bytes - gpuBytes) / bytes);
  const role = roles[0] ?? "code";
  const context = Math.max(LEAST_CONTEXT, config.model[role].context_tokens >> 1);
  return {
    name,
    state: "warning",
    detail: `${share} % of ${model} (${renderBytes(bytes)}) runs on the CPU: it is slow`,
    advice: `devmcp config set model.${role}.context_tokens ${context}, ` +
      "or start the server with OLLAMA_KV_CACHE_TYPE=q8_0",
  };
}

/** Both default models, and what they are made from, take some nine gigabytes. */
const ROOM_TO_PULL = 10e9;
const ROOM_TO_WORK = 1e9;

async function checkDisk(reports: ServerReport[], uses: RoleUse[], app: App): Promise<Check[]> {
  const local = reports.find(({ server }) =>
    server.kind === "ollama" && isOnThisMachine(server.url)
  );
  if (!local) return [];
  const space = await findModelSpace(local.server.url, app.env);
  const name = "disk";
  if (!space) return [{ name, state: "ok", detail: "where Ollama keeps its models is not known" }];
  const detail = `${renderBytes(space.bytes)} free for models in ${space.folder}`;
  const isMissing = uses.some(({ problem }) => problem);
  if (space.bytes >= (isMissing ? ROOM_TO_PULL : ROOM_TO_WORK)) {
    return [{ name, state: "ok", detail }];
  }
  const advice = "make room: devmcp models list, devmcp models rm NAME";
  return [{ name, state: "warning", detail, advice }];
}
