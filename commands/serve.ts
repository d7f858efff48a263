import { type Command, Option } from "commander";
import type { App } from "../cli/app.ts";
import { addExamples } from "../cli/examples.ts";
import { sanitizeLine } from "../cli/sanitize.ts";
import { guardConsole } from "../server/guard_console.ts";
import { createLog, type Log, LOG_LEVELS } from "../server/log.ts";
import { createMcpServer } from "../server/mcp_server.ts";
import { serveStdio } from "../server/stdio.ts";
import type { CallTool } from "../server/call_tool.ts";
import type { ToolEntry } from "../tools/mod.ts";
import type { LogLevel } from "../tools/tool.ts";
import { configured } from "./configured.ts";
import { enabledTools } from "./enabled_tools.ts";
import { loadSchemas } from "./load_schemas.ts";
import { startCalls } from "./start_calls.ts";

interface ServeFlags {
  allowWrites?: boolean;
  logLevel?: LogLevel;
  root?: string;
}

export function define(command: Command, app: App): void {
  command
    .option("--stdio", "MCP over standard input and output; the default")
    .option("--root <folder>", "the workspace that tools may read (default: this folder)")
    .option("--allow-writes", "also offer tools that write files of the workspace")
    .addOption(
      new Option("--log-level <level>", "what is logged to standard error (default: warning)")
        .choices(LOG_LEVELS),
    )
    .action((flags: ServeFlags) => serve(app, flags));
  addExamples(command, [
    ["devmcp serve", "what an MCP host starts"],
    ["devmcp serve --root ~/project", "for a host that starts it elsewhere"],
    ["claude mcp add devmcp -- devmcp serve", "add it to Claude Code"],
  ]);
}

/** Serves the tools over MCP on standard input and output until the input ends. */
async function serve(app: App, flags: ServeFlags): Promise<void> {
  guardConsole();
  const config = (await configured(app))?.values;
  const enabled = enabledTools(app.tools, config?.tools.enabled);
  const tools = enabled.filter((tool) => flags.allowWrites || !mayChange(tool));
  const level = app.debug ? "debug" : flags.logLevel ?? config?.logging.level ?? "warning";
  const log = createLog(level, (text) => writeLog(app, text));
  const root = await findRoot(app, flags.root);
  const pool = startCalls(app, root);
  log("info", `MCP ${app.version} on standard input and output, workspace ${root}`);
  if (app.stdinIsTerminal) explain(app);
  try {
    await serveStdio({
      createServer: () => createServer(app.version, tools, pool.call, log),
      input: Deno.stdin.readable,
      output: Deno.stdout.writable,
      signal: app.signal,
      log,
    });
  } finally {
    pool.close();
  }
}

/** The client may ask nobody before it calls a tool. */
function mayChange({ effects }: ToolEntry): boolean {
  return effects === "writes" || effects === "runs";
}

function createServer(version: string, tools: ToolEntry[], callTool: CallTool, log: Log) {
  return createMcpServer({ version, tools, schemas: loadSchemas, callTool, log });
}

/** Where nothing else is said, this folder, which needs no look at. */
async function findRoot(app: App, folder?: string): Promise<string> {
  return folder === undefined ? app.cwd : (await app.openWorkspace(folder)).root;
}

function explain(app: App): void {
  app.stderr.write("devmcp: waiting for an MCP client on standard input; Ctrl-C ends\n");
}

/** A log that nobody reads must not end the server. */
function writeLog(app: App, text: string): void {
  try {
    app.stderr.write(`${sanitizeLine(text)}\n`);
  } catch {
    // standard error is closed
  }
}
