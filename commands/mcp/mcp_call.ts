import type { App } from "../../cli/app.ts";
import { sanitize, sanitizeLine, toJson } from "../../cli/sanitize.ts";
import type { ToolResult } from "../../agent/execute/toolbox.ts";
import { messageOf } from "../../config/message_of.ts";
import { suggestion } from "../../config/nearest.ts";
import { oneLine } from "../../config/one_line.ts";
import { ToolError } from "../../config/tool_error.ts";
import { readTools, type ServerTool } from "../../mcp_client/read_tools.ts";
import type { ServerLink } from "../../mcp_client/server_link.ts";
import { readResult } from "../../mcp_client/tool_result.ts";
import { decodeText } from "../../workspace/source.ts";
import { parseArguments, readArguments } from "../tool_arguments.ts";
import { type ServerFlags, withTypedServer } from "./typed_server.ts";

interface CallFlags extends ServerFlags {
  arg?: string[];
  jsonArgs?: string;
  json?: boolean;
}

const FAILED = 1;
/** The connection bounds what comes; here nothing of it is left out. */
const WHOLE = { maxText: Infinity, maxData: Infinity };
const MAX_STDIN = 16 * 1024 * 1024;

/** `devmcp mcp call COMMAND…|URL TOOL` */
export async function callServer(words: string[], app: App, flags: CallFlags): Promise<void> {
  const name = words.at(-1)!;
  const server = words.slice(0, -1);
  if (server.length === 0) {
    throw new ToolError(`Cannot call ${JSON.stringify(name)}: there is no server`, {
      hint: "give its URL or its program first, then the tool",
    });
  }
  const whole = await readWhole(app, flags);
  const started = performance.now();
  const result = await withTypedServer(server, flags, app, async (link) => {
    const tool = findTool(name, await link.listTools(app.signal));
    const args = whole ?? readArguments(flags.arg ?? [], tool.info.inputSchema);
    return await call(tool, args, link, app);
  });
  tell(name, result, Math.round(performance.now() - started), app, flags);
}

/** All arguments at once, where they are given so. */
async function readWhole(app: App, { arg, jsonArgs }: CallFlags) {
  if (jsonArgs === undefined) return undefined;
  if (arg) throw new ToolError("Cannot use --arg and --json-args: it is one or the other");
  if (jsonArgs !== "-") return parseArguments(jsonArgs);
  return parseArguments(decodeText(await app.readStdin(MAX_STDIN), "-"));
}

function findTool(name: string, listed: Parameters<typeof readTools>[0]): ServerTool {
  const { tools } = readTools(
    listed,
    (tool) => ({ name: tool.name, server: "", effect: "foreign" }),
  );
  const found = tools.find((tool) => tool.name === name);
  if (found) return found;
  const near = suggestion(name, tools.map((tool) => tool.name));
  throw new ToolError(`Cannot call ${JSON.stringify(name)}: the server has no such tool${near}`, {
    hint: '"devmcp mcp inspect" shows what it has',
  });
}

async function call(
  { name, definition, info }: ServerTool,
  args: Record<string, unknown>,
  link: ServerLink,
  { signal, stderr }: App,
): Promise<ToolResult> {
  const onProgress = (done: number, total?: number, message = "") => {
    if (!stderr.isTerminal) return;
    const share = total === undefined ? `${done}` : `${done} of ${total}`;
    stderr.write(`${sanitizeLine(oneLine(`${share} ${message}`, 200))}\n`);
  };
  try {
    return readResult(await link.callTool(definition, args, { signal, onProgress }), info, WHOLE);
  } catch (error) {
    signal.throwIfAborted();
    const why = link.open.problem() ?? messageOf(error);
    throw new ToolError(`Cannot call ${JSON.stringify(name)}: ${oneLine(why, 600)}`, {
      cause: error,
    });
  }
}

function tell(
  tool: string,
  { ok, text, data }: ToolResult,
  ms: number,
  app: App,
  { json }: CallFlags,
): void {
  if (!ok) app.exitCode = FAILED;
  const { stdout } = app;
  if (json) {
    const output = { version: 1, tool, is_error: !ok, text, structured: data ?? null, ms };
    return stdout.write(`${toJson(output, 2)}\n`);
  }
  const shown = text || (data ? JSON.stringify(data, null, 2) : "");
  stdout.write(`${stdout.isTerminal ? sanitize(shown) : shown}\n`);
}
