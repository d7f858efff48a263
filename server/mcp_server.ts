import {
  type CallToolRequest,
  type CallToolResult,
  type JSONRPCRequest,
  ProtocolError,
  ProtocolErrorCode,
  type Result,
  Server,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { suggestion } from "../config/nearest.ts";
import type { ToolEntry } from "../tools/mod.ts";
import type { CallOutcome } from "./call_tool.ts";
import { describeTools } from "./describe_tools.ts";
import type { McpServerOptions } from "./mcp_options.ts";
import { createReport } from "./report_progress.ts";

export type { McpServerOptions } from "./mcp_options.ts";

const ABOUT = "devmcp reviews, formats and measures source code with engines of its own, " +
  "offline; a local language model, where one runs, writes code and tests and adds advice to " +
  "reviews. Give code as `code`, or a file of the workspace as `path`. Tools report what they find " +
  "and return new code; ";
const REVIEW = ". Review first; `refactored_code` of the result has the safe fixes applied.";

function instructionsFor(tools: ToolEntry[]): string {
  const writers = tools.filter(({ effects }) => effects === "writes").map(({ name }) => name);
  const changes = writers.length === 0
    ? "they change no file"
    : `only ${
      writers.join(" and ")
    } changes files, and with \`dry_run\` shows what it would change`;
  return ABOUT + changes + REVIEW;
}

/** The tools are fixed while the process lives; clients may keep the list for an hour. */
const LIST_CACHE = { ttlMs: 3_600_000, cacheScope: "public" } as const;

/** An MCP server of devmcp's tools for one connection, whatever its transport and protocol era. */
export function createMcpServer(options: McpServerOptions): Server {
  const { version, tools, schemas } = options;
  const server = new DevmcpServer({ name: "devmcp", title: "devmcp", version }, {
    capabilities: { tools: {} },
    instructions: instructionsFor(tools),
    cacheHints: { "tools/list": LIST_CACHE, "server/discover": LIST_CACHE },
  });
  server.setRequestHandler("tools/list", async () => ({
    tools: describeTools(tools, await schemas()),
  }));
  server.setRequestHandler("tools/call", ({ params }, ctx) => answerCall(params, ctx, options));
  return server;
}

async function answerCall(
  { name, arguments: args = {} }: CallToolRequest["params"],
  { mcpReq }: ServerContext,
  { tools, callTool, log }: McpServerOptions,
): Promise<CallToolResult> {
  if (!tools.some((tool) => tool.name === name)) throw unknownTool(name, tools);
  const started = performance.now();
  const progress = createReport(mcpReq._meta?.progressToken, (params) => {
    mcpReq.notify({ method: "notifications/progress", params }).catch(() => {});
  });
  const outcome = await callTool(name, args, { signal: mcpReq.signal, progress, log });
  const ms = Math.round(performance.now() - started);
  log("info", `${name}: ${outcome.ok ? "done" : "failed"} after ${ms} ms`);
  if ("detail" in outcome && outcome.detail) log("debug", outcome.detail);
  return boundResult(name, toResult(outcome));
}

function unknownTool(name: string, tools: ToolEntry[]): ProtocolError {
  const names = tools.map((tool) => tool.name);
  const shown = JSON.stringify(name.slice(0, 64));
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Cannot call ${shown}: no such tool${suggestion(name, names)}; there are ${names.join(", ")}`,
  );
}

const MEBIBYTE = 1024 * 1024;
/** The official client drops the connection at 10 MiB a message. */
const MOST_RESULT = 9 * MEBIBYTE;
/** The result comes twice, and programs read the other one. */
const MOST_TEXT = 2 * MEBIBYTE;

function boundText(text: string): string {
  if (text.length <= MOST_TEXT) return text;
  return `${text.slice(0, MOST_TEXT)}\n\n(cut after 2 MiB; structuredContent has all of it)`;
}

function toResult(outcome: CallOutcome): CallToolResult {
  if ("asks" in outcome) throw new Error("Cannot ask the client: not built yet");
  if ("content" in outcome) {
    return { content: outcome.content, structuredContent: outcome.output };
  }
  if (outcome.ok) {
    return {
      content: [{ type: "text", text: boundText(outcome.text) }],
      structuredContent: outcome.output,
    };
  }
  const text = outcome.hint ? `${outcome.message} (${outcome.hint})` : outcome.message;
  return { content: [{ type: "text", text }], isError: true };
}

/** Says so, with what to do, where a client could not take the result. */
function boundResult(name: string, result: CallToolResult): CallToolResult {
  const bytes = new TextEncoder().encode(JSON.stringify(result)).length;
  if (bytes <= MOST_RESULT) return result;
  const text = `Cannot answer "${name}": the result of ${(bytes / MEBIBYTE).toFixed(1)} MiB is ` +
    "too large for MCP clients, which take 10 MiB (work on the file itself, as with " +
    "`devmcp format FILE`, or ask for less, as with a small `max_issues`)";
  return { content: [{ type: "text", text }], isError: true };
}

/** The SDK's server, but wrong parameters of any method are told as such, and in one line. */
class DevmcpServer extends Server {
  protected override _wrapHandler(
    method: string,
    handler: (request: JSONRPCRequest, ctx: ServerContext) => Promise<Result>,
  ): (request: JSONRPCRequest, ctx: ServerContext) => Promise<Result> {
    const wrapped = super._wrapHandler(method, handler);
    return async (request, ctx) => {
      try {
        return await wrapped(request, ctx);
      } catch (error) {
        throw explainError(method, error);
      }
    };
  }
}

/** The SDK puts zod's issues as JSON into the message; code and fields are what a client needs. */
function explainError(method: string, error: unknown): unknown {
  const issues = error instanceof Error ? readIssues(error.message) : undefined;
  if (!issues) return error;
  const wrong = issues.map(({ path, message }) => `\`${path.join(".")}\`: ${message}`);
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Cannot call "${method}": ${wrong.join("; ")}`,
  );
}

function readIssues(message: string): { path: PropertyKey[]; message: string }[] | undefined {
  const start = message.indexOf("[\n");
  if (start < 0) return;
  try {
    return JSON.parse(message.slice(start));
  } catch {
    return;
  }
}
