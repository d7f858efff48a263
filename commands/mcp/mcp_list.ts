import type { App } from "../../cli/app.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { paletteOf } from "../../cli/style.ts";
import { type Column, renderTable } from "../../cli/table.ts";
import { writeWarnings } from "../../cli/warnings.ts";
import { nameOf } from "../../config/config_file.ts";
import { readServers } from "../../config/mcp_servers.ts";
import type { ServerDefinition } from "../../config/server_definition.ts";
import { Connection } from "../../mcp_client/connection.ts";
import type { ConnectionWorld } from "../../mcp_client/connection_world.ts";
import { addressOf, hashServer } from "../../mcp_client/describe_server.ts";
import type { ServerStatus } from "../../mcp_client/mcp_host.ts";
import { connectionWorld } from "./mcp_world.ts";

/** A server in the list. */
interface Row extends Omit<ServerStatus, "state"> {
  /** `configured`: nobody has tried. */
  state: ServerStatus["state"] | "configured";
  scope: ServerDefinition["scope"];
  file: string;
  line?: number;
}

interface Flags {
  connect?: boolean;
  json?: boolean;
}

/** `devmcp mcp list` */
export async function listServers(app: App, { connect, json }: Flags): Promise<void> {
  const { servers, problems } = await readServers(app.cwd, app.env);
  const world = connectionWorld(app);
  const rows = await Promise.all(
    servers.map((one) => connect ? tryServer(one, world) : describe(one, world)),
  );
  if (json) app.stdout.write(`${toJson({ version: 1, servers: rows, problems }, 2)}\n`);
  else app.stdout.write(render(rows, app));
  const failed = rows.filter(({ problem }) => problem);
  writeWarnings([...problems, ...failed.map(({ name, problem }) => `${name}: ${problem}`)], app);
}

function describe(definition: ServerDefinition, { agreed }: ConnectionWorld): Row {
  const { name, scope, file, line, disabled } = definition;
  const isAgreed = scope === "user" ||
    agreed.has({ file, name, sha256: hashServer(definition) });
  const state = disabled ? "disabled" : isAgreed ? "configured" : "not agreed";
  const counts = { tools: 0, prompts: 0, resources: 0 };
  const address = addressOf(definition);
  return { name, address, state, ...counts, scope, file, ...line !== undefined && { line } };
}

/** A list asks nothing: what the user has not agreed to stays alone. */
async function tryServer(definition: ServerDefinition, world: ConnectionWorld): Promise<Row> {
  const row = describe(definition, world);
  if (row.state !== "configured") return row;
  const connection = new Connection(definition, world);
  await connection.connect();
  const { status } = connection;
  await connection.close();
  return { ...row, ...status, address: row.address };
}

function render(rows: Row[], app: App): string {
  if (rows.length === 0) return 'no servers; "devmcp mcp add" adds one\n';
  const { stdout, cwd } = app;
  const { strong } = paletteOf(stdout);
  const columns = stdout.isTerminal ? stdout.columns : Infinity;
  return renderTable(rows, columnsFor(cwd), { columns, heading: strong });
}

function columnsFor(cwd: string): Column<Row>[] {
  return [
    { title: "NAME", text: ({ name }) => name },
    { title: "STATE", text: stateText },
    { title: "ADDRESS", cut: "end", text: ({ address }) => sanitizeLine(address) },
    {
      title: "FROM",
      cut: "start",
      text: ({ file, line }) => sanitizeLine(nameOf(file, cwd) + (line ? `:${line}` : "")),
    },
  ];
}

function stateText({ state, tools }: Row): string {
  return state === "connected" ? `connected, ${tools} tools` : state;
}
