import type { ServerCapabilities, ServerOptions } from "@modelcontextprotocol/server";
import type { ToolEntry } from "../tools/mod.ts";
import { mayReadCatalogs, seenTools } from "./access/scope_for.ts";
import { createAnswerAtOnce } from "./answer_at_once.ts";
import { answerCall } from "./call_handler.ts";
import { MOST_ROUNDS } from "./call_round.ts";
import { type Caller, LOCAL } from "./caller.ts";
import { ConnectionRoots } from "./connection_roots.ts";
import { describeTools } from "./describe_tools.ts";
import { DevmcpServer } from "./devmcp_server.ts";
import { SERVER_ICONS } from "./icons.ts";
import type { McpServerOptions } from "./mcp_options.ts";
import type { Observed } from "./observe.ts";
import { paginate } from "./paginate.ts";
import { createRequestState } from "./request_state.ts";
import { serveChanges } from "./serve_changes.ts";
import { serveCompletions } from "./serve_completions.ts";
import { servePrompts } from "./serve_prompts.ts";
import { serveResources } from "./serve_resources.ts";
import { instructionsFor } from "./instructions.ts";

export type { McpServerOptions } from "./mcp_options.ts";

/** An MCP server of one client, whatever its transport and protocol era. */
export function createMcpServer(given: McpServerOptions): DevmcpServer {
  const { caller = { principal: LOCAL, transport: "stdio" } } = given;
  const { prompts, resources } = mayReadCatalogs(caller.principal) ? given : {};
  const options = { ...given, caller };
  const state = createRequestState(caller, given.stateKey);
  const server = new DevmcpServer(describeServer(given.version), {
    capabilities: capabilitiesOf({ prompts, resources }),
    instructions: instructionsFor(seenTools(options)),
    cacheHints: cacheHintsFor(caller),
    inputRequired: { maxRounds: MOST_ROUNDS },
    requestState: { verify: state.verify },
    log: given.log,
    observed: given.emit && { ...observedOf(given.tools), emit: given.emit, caller },
  });
  const { client, observed, shortInfo: serverInfo } = server;
  server.answerAtOnce = createAnswerAtOnce({ ...options, client, observed, serverInfo });
  serveTools(server, { ...options, state });
  if (prompts) servePrompts(server, prompts);
  if (resources) {
    serveResources(server, { resources, caller, most: given.limits?.outputBytes });
  }
  if (prompts || resources) {
    serveCompletions(server, { prompts, resources, caller });
    serveChanges(server, { prompts, resources, caller });
  }
  return server;
}

function describeServer(version: string) {
  return { name: "devmcp", title: "devmcp", version, icons: SERVER_ICONS };
}

function capabilitiesOf(
  { prompts, resources }: Pick<McpServerOptions, "prompts" | "resources">,
): ServerCapabilities {
  return {
    tools: {},
    logging: {},
    ...prompts && { prompts: { listChanged: true } },
    ...resources && { resources: { listChanged: true, subscribe: true } },
    ...(prompts || resources) && { completions: {} },
  };
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** What is fixed while the process lives may be kept for an hour, what a file may change a minute. */
function cacheHintsFor({ principal }: Caller): ServerOptions["cacheHints"] {
  const fixed = { ttlMs: HOUR_MS, cacheScope: principal === LOCAL ? "public" : "private" } as const;
  return {
    "tools/list": fixed,
    "server/discover": fixed,
    "resources/templates/list": fixed,
    "prompts/list": { ttlMs: MINUTE_MS, cacheScope: "private" },
  };
}

function observedOf(tools: ToolEntry[]): Pick<Observed, "targetOf"> {
  const names = new Set(tools.map(({ name }) => name));
  return {
    targetOf: ({ method, params }) => {
      const name = params?.name;
      return method === "tools/call" && names.has(name as string) ? name as string : undefined;
    },
  };
}

type ToolOptions = Omit<Parameters<typeof answerCall>[2], "roots" | "server">;

function serveTools(server: DevmcpServer, options: ToolOptions): void {
  const roots = new ConnectionRoots(options.log);
  server.setNotificationHandler("notifications/roots/list_changed", () => roots.forget());
  server.setRequestHandler("tools/list", async ({ params }) => {
    const { items, ...rest } = paginate(seenTools(options), params?.cursor);
    const schemas = await options.schemas();
    return { tools: describeTools(items, schemas), ...rest };
  });
  const call = { ...options, server, roots };
  server.setRequestHandler("tools/call", ({ params }, ctx) => answerCall(params, ctx, call));
}
