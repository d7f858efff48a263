import { InMemoryTransport, type Transport } from "@modelcontextprotocol/client";
import type { App } from "../../cli/app.ts";
import type { OwnServer } from "../../mcp_client/own_connection.ts";
import type { Log } from "../../server/log.ts";
import { createMcpServer } from "../../server/mcp_server.ts";
import { configured } from "../configured.ts";
import { enabledTools } from "../enabled_tools.ts";
import { loadSchemas } from "../load_schemas.ts";
import { startCalls } from "../calls/start_calls.ts";

export interface OpenOwnServer extends OwnServer {
  /** Ends the workers; calls under way never settle. */
  close(): void;
}

/**
 * devmcp's own MCP server in this process. Its tools run in workers: engines do not yield, and the
 * terminal must not wait for them.
 *
 * @param folder absolute; what the tools may read
 */
export function createOwnServer(
  app: Pick<App, "version" | "tools" | "workerUrl" | "config" | "cwd" | "env">,
  folder: string,
  log: Log,
): OpenOwnServer {
  const pool = startCalls(app, folder);
  return {
    async connect() {
      const config = (await configured(app))?.values;
      const [ours, theirs] = InMemoryTransport.createLinkedPair();
      const server = createMcpServer({
        version: app.version,
        tools: enabledTools(app.tools, config?.tools.enabled),
        schemas: loadSchemas,
        callTool: pool.call,
        log,
      });
      await server.connect(theirs as Parameters<typeof server.connect>[0]);
      return ours as Transport;
    },
    close: pool.close,
  };
}
