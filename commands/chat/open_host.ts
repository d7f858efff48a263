import type { App } from "../../cli/app.ts";
import { readServers } from "../../config/mcp_servers.ts";
import { createMcpHost } from "../../mcp_client/create_mcp_host.ts";
import type { HostPerson } from "../../mcp_client/host_person.ts";
import type { McpHost } from "../../mcp_client/mcp_host.ts";
import type { Models } from "../../models/chat_model.ts";
import type { Log } from "../../server/log.ts";
import { serverStores } from "../serve/server_stores.ts";
import { createOwnServer } from "./own_server.ts";

export interface OpenHostOptions {
  /** Absolute; the project. */
  folder: string;
  person: HostPerson;
  /** For what other servers want the chat model to write. @default the app's */
  models?: Models;
  /** Whether the configured servers are left alone (`--no-mcp`). */
  onlyOwn?: boolean;
  /** Gets what went wrong, a line each; hostile. */
  log: Log;
  signal: AbortSignal;
}

/**
 * The MCP servers of a chat: our own, and those that the user and the project have configured. All of
 * them connect in the background.
 *
 * @throws {ToolError} for a broken devmcp.yaml
 */
export async function openHost(app: App, options: OpenHostOptions): Promise<McpHost> {
  const { folder, person, models = app.models, onlyOwn, log, signal } = options;
  const { env, version } = app;
  const found = onlyOwn ? undefined : await readServers(folder, env);
  for (const problem of found?.problems ?? []) log("warning", problem);
  const own = createOwnServer(app, folder, log);
  const host = createMcpHost({
    own,
    servers: found?.servers ?? [],
    version,
    folder,
    env,
    person,
    models,
    ...serverStores(env),
    log,
    signal,
  });
  return {
    ...host,
    async close() {
      await host.close();
      own.close();
    },
  };
}
