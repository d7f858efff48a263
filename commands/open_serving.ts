import type { App } from "../cli/app.ts";
import type { Config } from "../config/config.ts";
import type { Emit } from "../config/server_events.ts";
import type { CallGate } from "../server/call_gate.ts";
import { type CallGateOptions, createCallGate } from "../server/limits/create_call_gate.ts";
import { logTo } from "../server/log.ts";
import type { McpServerOptions, WorkspaceRoots } from "../server/mcp_options.ts";
import type { ToolEntry } from "../tools/mod.ts";
import { loadSchemas } from "./load_schemas.ts";
import { type Catalogs, openCatalogs } from "./open_catalogs.ts";
import { findFolder } from "../workspace/find_folder.ts";
import { startCalls } from "./calls/start_calls.ts";

/** What is served, whatever the transport. */
export interface Serving {
  /** Of the server of each client, all but who that is. */
  server: Omit<McpServerOptions, "caller">;
  catalogs: Catalogs;
  gate: ReturnType<typeof createCallGate>;
  /** Ends the workers; calls under way never settle. */
  close(): void;
}

export interface ServingOptions {
  tools: ToolEntry[];
  /** The folder that is the workspace. */
  root: string;
  clientRoots: WorkspaceRoots["clientRoots"];
  /** Of calls at once. */
  limits: CallGateOptions["limits"];
  emit: Emit;
  /** Absent: the defaults hold. */
  config?: Config;
}

/** Opens it; nothing starts before the first call. */
export function openServing(app: App, options: ServingOptions): Serving {
  const { tools, root, clientRoots, limits, emit, config } = options;
  const pool = startCalls(app, root, limits.concurrent_calls);
  const catalogs = openCatalogs(app, { tools, root, emit });
  const { prompts, resources, results } = catalogs;
  const gate = createCallGate({ limits, tools: app.tools });
  return {
    server: {
      version: app.version,
      tools,
      schemas: loadSchemas,
      callTool: pool.call,
      callInstant: pool.callInstant,
      log: logTo(emit),
      emit,
      prompts,
      resources,
      results,
      gate: gate satisfies CallGate,
      limits: config && callLimits(config),
      workspace: { root, clientRoots, findFolder },
    },
    catalogs,
    gate,
    close() {
      catalogs.close();
      pool.close();
    },
  };
}

function callLimits({ server: { limits }, model }: Config): McpServerOptions["limits"] {
  return {
    callSeconds: limits.call_seconds,
    modelSeconds: Math.max(limits.call_seconds, model.timeout_seconds),
    outputBytes: limits.output_mb * 1024 * 1024,
  };
}
