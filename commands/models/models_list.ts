import type { App, Output } from "../../cli/app.ts";
import { renderBytes } from "../../cli/byte_text.ts";
import { renderRows, type Row } from "../../cli/help.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { grouped, type Paint, paletteOf } from "../../cli/style.ts";
import { type Column, renderTable, tableWidth } from "../../cli/table.ts";
import { writeWarnings } from "../../cli/warnings.ts";
import { isSameModel } from "../../config/model_name.ts";
import type { Role } from "../../models/chat_model.ts";
import { shippedModelfile } from "../../models/ollama/modelfile.ts";
import { listServers } from "./model_servers.ts";
import { describeRoles, markRoles, type RoleUse } from "../role_uses.ts";
import { readServer, type ServerModel, type ServerReport } from "../serve/server_report.ts";

/** `devmcp models list`: what every server has. */
export async function listModels(app: App, { json }: { json?: boolean }): Promise<void> {
  const servers = await listServers(app);
  const [uses, ...found] = await Promise.all([
    describeRoles(app),
    ...servers.map((server) => readServer(server, app)),
  ]);
  const reports = markRoles(found, uses);
  if (json) app.stdout.write(renderJson(reports, uses));
  else {
    for (const report of reports) app.stdout.write(renderReport(report, app, servers.length));
    app.stderr.write(reports.flatMap(({ models }) => models.flatMap(sharesOf)).join(""));
  }
  tellProblems(reports, uses, app);
}

/** A model that `models pull` has made, beside the one that it is made from, looks like twice the bytes. */
function sharesOf({ name }: ServerModel, _: number, models: ServerModel[]): string[] {
  const from = shippedModelfile(name)?.from;
  if (from === undefined || !models.some((model) => isSameModel(model.name, from))) return [];
  return [`${sanitizeLine(name)} is made from ${from}: they share their weights on the disk\n`];
}

/** What the list lacks. @throws {ModelError} when no server answers: that is no list */
function tellProblems(reports: ServerReport[], uses: RoleUse[], app: App): void {
  const problems = reports.flatMap(({ problem }) => problem ? [problem] : []);
  const [fatal, ...others] = problems.length === reports.length ? problems : [];
  writeWarnings((fatal ? others : problems).map(({ message }) => message), app);
  if (fatal) throw fatal;
  writeWarnings(uses.flatMap(remarksOn), app);
}

/** What the column of the roles cannot say. */
function remarksOn({ role, description, problem }: RoleUse): string[] {
  if (description?.remote) {
    return [`${description.model} (${role}) runs on another machine, which gets your code`];
  }
  if (problem?.fault !== "missing") return [];
  return [`nothing plays the role ${role}: ${problem.message}; ${problem.hint}`];
}

function renderJson(reports: ServerReport[], uses: RoleUse[]): string {
  const roles = uses.map(({ role, description, problem }) => ({
    role,
    model: description?.model ?? null,
    problem: problem?.message ?? null,
  }));
  return `${toJson({ version: 1, servers: reports.map(toFields), roles }, 2)}\n`;
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
      remote: model.remote,
      memory_bytes: model.memory === undefined ? null : model.memory?.bytes ?? 0,
      gpu_bytes: model.memory === undefined ? null : model.memory?.gpuBytes ?? 0,
      roles: model.roles,
    })),
  };
}

function renderReport(report: ServerReport, { stdout }: App, servers: number): string {
  const { strong, quiet } = paletteOf(stdout);
  const { server, version, problem, models, leftOut } = report;
  if (problem) return "";
  const head = servers > 1 || models.length === 0
    ? `${strong(sanitizeLine(server.shown))}${
      version ? quiet(` Ollama ${sanitizeLine(version)}`) : ""
    }\n`
    : "";
  if (models.length === 0) {
    return `${head}  no models; "devmcp models pull" gets the default ones\n`;
  }
  return head + renderModels(models, stdout, strong) +
    (leftOut > 0 ? `and ${grouped(leftOut)} more\n` : "");
}

/** A table where it fits. A name is an argument of other commands: it is never cut. */
function renderModels(models: ServerModel[], output: Output, heading: Paint): string {
  const columns = columnsFor(models);
  const fits = !output.isTerminal || tableWidth(models, columns) <= output.columns;
  if (fits) return renderTable(models, columns, { columns: Infinity, heading });
  const [name, ...others] = columns;
  return renderRows(
    models.map((model): Row => [name!.text(model), inWords(model, others)]),
    output,
  );
}

/** `size 4.4 GB, quant Q4_K_M, context 32,768, role code` */
function inWords(model: ServerModel, columns: Column<ServerModel>[]): string {
  return columns.map(({ title, text }) => `${title.toLowerCase()} ${text(model)}`)
    .filter((words) => !/ -?$/.test(words)).join(", ");
}

const COLUMNS: Column<ServerModel>[] = [
  { title: "MODEL", text: ({ name }) => sanitizeLine(name) },
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
function renderMemory({ memory, remote }: ServerModel): string {
  if (remote) return "elsewhere";
  if (!memory) return memory === null ? "-" : "";
  const { bytes, gpuBytes } = memory;
  const size = renderBytes(bytes);
  if (gpuBytes >= bytes) return `${size}, GPU`;
  return gpuBytes === 0 ? `${size}, CPU` : `${size}, ${Math.floor(100 * gpuBytes / bytes)} % GPU`;
}
