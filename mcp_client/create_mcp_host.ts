import type { ToolCallOptions, ToolResult } from "../agent/execute/toolbox.ts";
import { messageOf } from "../config/message_of.ts";
import { oneLine } from "../config/one_line.ts";
import type { ServerDefinition } from "../config/server_definition.ts";
import { OWN_SERVER } from "../config/server_schema.ts";
import { ToolError } from "../config/tool_error.ts";
import { Connection } from "./connection.ts";
import { connectionLimits, type ConnectionWorld } from "./connection_world.ts";
import type { McpHost } from "./mcp_host.ts";
import { OwnConnection, type OwnServer } from "./own_connection.ts";

export interface McpHostOptions extends Omit<ConnectionWorld, "ask" | "connecting"> {
  own: OwnServer;
  servers: ServerDefinition[];
}

const MAX_RESOURCES = 1000;

/** The servers of a chat. All of them connect at once, in the background. */
export function createMcpHost({ own, servers, ...rest }: McpHostOptions): McpHost {
  const world: ConnectionWorld = { ...rest, ...connectionLimits() };
  const ours = new OwnConnection(own, world);
  const others = new Map(servers.map((one) => [one.name, new Connection(one, world)]));
  const connections = [...others.values()];
  const settled = Promise.all([
    ours.ready().catch(() => {}),
    ...connections.map((connection) => connection.connect()),
  ]).then(() => {});
  const find = (name: string): Connection => {
    const found = others.get(name);
    if (found) return found;
    throw new ToolError(`Cannot find the server "${oneLine(name, 64)}"`, {
      hint: `there are ${[OWN_SERVER, ...others.keys()].join(", ")}`,
    });
  };
  return {
    list: () => [...ours.tools, ...connections.flatMap(({ tools }) => tools)],
    call: (name, args, options) => callTool(ours, others, name, args, options),
    ready: () => ours.ready(),
    settled: () => settled,
    servers: () => [ours.status, ...connections.map(({ status }) => status)],
    async reconnect(name) {
      if (name !== OWN_SERVER) await find(name).reconnect();
    },
    prompts: () => connections.flatMap(({ prompts }) => prompts),
    async getPrompt(name, args) {
      const [server, prompt] = splitName(name);
      return await orToolError(`get "${name}"`, () => find(server).getPrompt(prompt, args));
    },
    resources: () => connections.flatMap(({ resources }) => resources).slice(0, MAX_RESOURCES),
    async readResource(name) {
      const [server, uri] = splitName(name);
      return await orToolError(`read "${name}"`, () => find(server).readResource(uri));
    },
    async close() {
      await Promise.all([ours.close(), ...connections.map((connection) => connection.close())]);
    },
  };
}

async function callTool(
  ours: OwnConnection,
  others: ReadonlyMap<string, Connection>,
  name: string,
  args: Record<string, unknown>,
  options: ToolCallOptions,
): Promise<ToolResult> {
  options.signal.throwIfAborted();
  const [server, tool] = splitName(name);
  if (tool === "") return await ours.call(name, args, options);
  const connection = others.get(server);
  if (connection) return await connection.call(tool, args, options);
  return { ok: false, text: `Cannot call "${oneLine(name, 100)}": there is no such server` };
}

/** `server:rest`, at the first colon; our own tools have none. */
function splitName(name: string): [string, string] {
  const colon = name.indexOf(":");
  return colon < 0 ? [name, ""] : [name.slice(0, colon), name.slice(colon + 1)];
}

async function orToolError<T>(action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const state = messageOf(error);
    throw new ToolError(`Cannot ${oneLine(action, 200)}: ${oneLine(state, 400)}`, { cause: error });
  }
}
