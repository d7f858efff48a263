import type { App } from "../../cli/app.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { paletteOf } from "../../cli/style.ts";
import { type Column, renderTable } from "../../cli/table.ts";
import { ToolError } from "../../config/tool_error.ts";
import { benchModel, type BenchRun } from "../../models/bench_model.ts";
import { findInstalled } from "../mcp/find_installed.ts";
import { findOllama, type ModelServer, openAdmin } from "./model_servers.ts";
import { describeRoles, type RoleUse } from "../role_uses.ts";

interface BenchFlags {
  runs: number;
  tokens: number;
  server?: string;
  json?: boolean;
}

/** Loading a model from a slow disk counts too. */
const TIMEOUT_FACTOR = 5;

/** `devmcp models bench`: the same question several times, by the server's own clock. */
export async function benchModels(
  name: string | undefined,
  app: App,
  { runs: count, tokens, server: url, json }: BenchFlags,
): Promise<void> {
  const { values } = await app.config();
  const server = await findOllama(app, { url, role: "code" });
  const model = await chooseModel(name, server, app);
  const runs: BenchRun[] = [];
  for (let number = 1; number <= count; number++) {
    app.stderr.write(`${sanitizeLine(model)}: run ${number} of ${count}\n`);
    runs.push(
      await benchModel({
        url: server.url,
        model,
        contextTokens: values.model.code.context_tokens,
        replyTokens: tokens,
        number,
        timeoutMs: TIMEOUT_FACTOR * 1000 * values.model.timeout_seconds,
        apiKey: server.apiKey,
        signal: app.signal,
      }),
    );
  }
  app.stdout.write(json ? renderJson(model, server, runs) : renderRuns(runs, app));
}

/** The named model, or the one that the role uses; nothing else is loaded in its place. */
async function chooseModel(name: string | undefined, server: ModelServer, app: App) {
  const wanted = name ?? (await modelOfRole(server, app));
  const admin = await openAdmin(server);
  return (await findInstalled(wanted, admin, { doing: "measure", signal: app.signal })).name;
}

async function modelOfRole(server: ModelServer, app: App): Promise<string> {
  const [{ description, problem }] = await describeRoles(app) as [RoleUse];
  if (problem) throw problem;
  if (description?.url === server.shown) return description.model;
  throw new ToolError(`Cannot measure: no role uses a model at ${server.shown}`, {
    hint: "name the model: devmcp models bench NAME",
  });
}

interface Row {
  label: string;
  loadMs: number;
  firstTokenMs: number;
  /** Tokens in a second; undefined when the server told no time. */
  promptRate?: number;
  replyRate?: number;
}

function toRow(run: BenchRun, i: number): Row {
  const { loadMs, firstTokenMs, promptTokens, promptMs, replyTokens, replyMs } = run;
  return {
    label: `${i + 1}`,
    loadMs,
    firstTokenMs,
    promptRate: rate(promptTokens, promptMs),
    replyRate: rate(replyTokens, replyMs),
  };
}

function rate(tokens: number, ms: number): number | undefined {
  return ms > 0 ? 1000 * tokens / ms : undefined;
}

/** The first run may have to load the model: the others say what a call costs. */
function medianRow(rows: Row[]): Row {
  const of = (read: (row: Row) => number | undefined) =>
    median(rows.map(read).filter((value) => value !== undefined));
  return {
    label: "median",
    loadMs: of(({ loadMs }) => loadMs) ?? 0,
    firstTokenMs: of(({ firstTokenMs }) => firstTokenMs) ?? 0,
    promptRate: of(({ promptRate }) => promptRate),
    replyRate: of(({ replyRate }) => replyRate),
  };
}

function median(values: number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return undefined;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const COLUMNS: Column<Row>[] = [
  { title: "RUN", align: "right", text: ({ label }) => label },
  { title: "LOAD", align: "right", text: ({ loadMs }) => seconds(loadMs) },
  { title: "FIRST TOKEN", align: "right", text: ({ firstTokenMs }) => seconds(firstTokenMs) },
  { title: "PROMPT", align: "right", text: ({ promptRate }) => perSecond(promptRate) },
  { title: "REPLY", align: "right", text: ({ replyRate }) => perSecond(replyRate) },
];

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function perSecond(value: number | undefined): string {
  return value === undefined ? "-" : `${value.toFixed(1)} tokens/s`;
}

function renderRuns(runs: BenchRun[], { stdout }: App): string {
  const rows = runs.map(toRow);
  const shown = rows.length > 1 ? [...rows, medianRow(rows)] : rows;
  const { strong } = paletteOf(stdout);
  return renderTable(shown, COLUMNS, { columns: stdout.columns, heading: strong });
}

function renderJson(model: string, server: ModelServer, runs: BenchRun[]): string {
  const fields = runs.map((run, i) => {
    const { promptRate, replyRate } = toRow(run, i);
    return {
      load_ms: run.loadMs,
      first_token_ms: run.firstTokenMs,
      prompt_tokens: run.promptTokens,
      prompt_ms: run.promptMs,
      prompt_tokens_per_second: promptRate ?? null,
      reply_tokens: run.replyTokens,
      reply_ms: run.replyMs,
      reply_tokens_per_second: replyRate ?? null,
    };
  });
  return `${toJson({ version: 1, model, server: server.shown, runs: fields }, 2)}\n`;
}
