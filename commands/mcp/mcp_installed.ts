import { dirname } from "node:path";
import type { App } from "../../cli/app.ts";
import { sanitizeLine, toJson } from "../../cli/sanitize.ts";
import { paletteOf } from "../../cli/style.ts";
import { type Column, renderTable } from "../../cli/table.ts";
import { getInJsonc, JsoncProblem } from "../../config/edit_jsonc.ts";
import { readTextFile } from "../../config/edit_text_file.ts";
import { isThere } from "../../config/find_file.ts";
import { clientFile, type InstallFlags, serverKeys } from "./client_file.ts";
import { MCP_CLIENTS, type McpClient } from "./mcp_clients.ts";

interface Row {
  client: string;
  file: string;
  /** `broken`: the file is not what it should be. */
  state: "installed" | "not installed" | "broken" | "unreadable";
}

/** The clients that are on this machine, and whether they know our server. */
export function showClients(app: App, { name = "devmcp", json }: InstallFlags): void {
  const rows = MCP_CLIENTS.filter((client) => isHere(client, app))
    .map((client) => describe(client, name, app));
  const { stdout } = app;
  if (json) return stdout.write(`${toJson({ version: 1, name, clients: rows }, 2)}\n`);
  const columns = stdout.isTerminal ? stdout.columns : Infinity;
  const heading = paletteOf(stdout).strong;
  if (rows.length > 0) stdout.write(renderTable(rows, COLUMNS, { columns, heading }));
  const ids = MCP_CLIENTS.map(({ id }) => id).join(", ");
  app.stderr.write(`${rows.length > 0 ? "" : "no client found; "}name one with --client: ${ids}\n`);
}

function isHere({ files, traces }: McpClient, { env }: App): boolean {
  const place = { env, os: Deno.build.os };
  return (traces?.(place) ?? files(place).map(dirname)).some(isThere);
}

function describe(client: McpClient, name: string, app: App): Row {
  const path = clientFile(client, app, {});
  return { client: client.id, file: path, state: stateOf(client, name, path) };
}

function stateOf(client: McpClient, name: string, path: string): Row["state"] {
  try {
    const { text } = readTextFile(path, { followLinks: true });
    const entry = getInJsonc(text, [...serverKeys(client, text), name]);
    return entry === undefined ? "not installed" : "installed";
  } catch (error) {
    return error instanceof JsoncProblem ? "broken" : "unreadable";
  }
}

const COLUMNS: Column<Row>[] = [
  { title: "CLIENT", text: ({ client }) => client },
  { title: "STATE", text: ({ state }) => state },
  { title: "FILE", cut: "start", text: ({ file }) => sanitizeLine(file) },
];
