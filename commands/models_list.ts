import type { App } from "../cli/app.ts";
import { renderBytes } from "../cli/byte_text.ts";
import { sanitizeLine, toJson } from "../cli/sanitize.ts";
import { grouped, paletteOf } from "../cli/style.ts";
import { type Column, renderTable } from "../cli/table.ts";
import { ToolError } from "../config/tool_error.ts";
import type { Role } from "../models/chat_model.ts";
import { listServers } from "./model_servers.ts";
import { describeRoles, markRoles } from "./role_uses.ts";
import { readServer, type ServerModel, type ServerReport } from "./server_report.ts";

/** `devmcp models list`: what every server has. */
export async function listModels(app: App, { json }: { json?: boolean }): Promise<void> {
  const servers = await listServers(app);
  const [uses, ...found] = await Promise.all([
    describeRoles(app),
    ...servers.map((server) => readServer(server, app)),
  ]);
  const reports = markRoles(found, uses);
  if (json) {
    return app.stdout.write(`${toJson({ version: 1, servers: reports.map(toFields) }, 2)}\n`);
  }
  for (const report of reports) app.stdout.write(renderReport(report, app, servers.length));
  refuseWhenNoneAnswers(reports);
}

/** A list of nothing but silent servers is no answer. */
function refuseWhenNoneAnswers(reports: ServerReport[]): void {
  if (reports.some(({ problem }) => problem === undefined)) return;
  throw new ToolError("Cannot list models: no server answers", {
    hint: 'start one, such as Ollama; "devmcp doctor" tells more',
  });
}

function toFields({ server, version, problem, models }: ServerReport) {
  return {
    url: server.shown,
    kind: server.kind,
    roles: server.roles,
    version: version ?? null,
    problem: problem?.message ?? null,
    models: models.map((model) => ({
      name: model.name,
      size_bytes: model.size ?? null,
      parameters: model.parameters,
      quantization: model.quantization,
      context_tokens: model.contextTokens ?? null,
      capabilities: model.capabilities,
      memory_bytes: model.memory === undefined ? null : model.memory?.bytes ?? 0,
      gpu_bytes: model.memory === undefined ? null : model.memory?.gpuBytes ?? 0,
      roles: model.roles,
    })),
  };
}

function renderReport(report: ServerReport, { stdout }: App, servers: number): string {
  const { strong, quiet } = paletteOf(stdout);
  const { server, version, problem, models, leftOut } = report;
  const head = servers > 1 || problem || models.length === 0
    ? `${strong(sanitizeLine(server.shown))}${
      version ? quiet(` Ollama ${sanitizeLine(version)}`) : ""
    }\n`
    : "";
  if (problem) return `${head}  ${sanitizeLine(problem.message)}\n`;
  if (models.length === 0) {
    return `${head}  no models; "devmcp models pull" gets the default ones\n`;
  }
  const table = renderTable(models, columnsFor(models), {
    columns: stdout.columns,
    heading: strong,
  });
  return head + table + (leftOut > 0 ? `and ${grouped(leftOut)} more\n` : "");
}

const COLUMNS: Column<ServerModel>[] = [
  { title: "MODEL", cut: "end", text: ({ name }) => sanitizeLine(name) },
  { title: "SIZE", align: "right", text: ({ size }) => size ? renderBytes(size) : "" },
  { title: "QUANT", text: ({ quantization }) => sanitizeLine(quantization) },
  {
    title: "CONTEXT",
    align: "right",
    text: ({ contextTokens }) => contextTokens ? grouped(contextTokens) : "",
  },
  { title: "IN MEMORY", text: renderMemory },
  { title: "ROLE", text: ({ roles }: { roles: Role[] }) => roles.join(", ") },
];

/** Some servers tell no more than names. */
function columnsFor(models: ServerModel[]): Column<ServerModel>[] {
  return COLUMNS.filter(({ text }) => models.some((model) => text(model) !== ""));
}

/** `4.9 GB, GPU`, `4.9 GB, 60 % GPU`, `4.9 GB, CPU`. */
function renderMemory({ memory }: ServerModel): string {
  if (!memory) return memory === null ? "-" : "";
  const { bytes, gpuBytes } = memory;
  const size = renderBytes(bytes);
  if (gpuBytes >= bytes) return `${size}, GPU`;
  return gpuBytes === 0 ? `${size}, CPU` : `${size}, ${Math.floor(100 * gpuBytes / bytes)} % GPU`;
}
