import type { Tool, Transport } from "@modelcontextprotocol/client";
import type { ToolCallOptions, ToolInfo, ToolResult } from "../agent/execute/toolbox.ts";
import { messageOf } from "../config/message_of.ts";
import { oneLine } from "../config/one_line.ts";
import { OWN_SERVER } from "../config/server_schema.ts";
import type { ServerStatus } from "./mcp_host.ts";
import { openClient } from "./open_client.ts";
import { readTools, type ServerTool } from "./read_tools.ts";
import { ServerLink } from "./server_link.ts";
import { readOwnResult } from "./tool_result.ts";

/** Our own server, as it is reached in this process. */
export interface OwnServer {
  connect(): Promise<Transport>;
}

export interface OwnConnectionOptions {
  version: string;
  signal: AbortSignal;
}

const HOUR_MS = 3_600_000;
const HANDSHAKE_MS = 60_000;

/** The connection with our own server, whose tools are known and believed. */
export class OwnConnection {
  readonly #connecting: Promise<ServerLink>;
  readonly #signal: AbortSignal;
  #tools: ServerTool[] = [];
  #state: ServerStatus["state"] = "connecting";

  constructor(own: OwnServer, options: OwnConnectionOptions) {
    this.#signal = options.signal;
    this.#connecting = this.#connect(own, options);
    this.#connecting.catch(() => this.#state = "failed");
  }

  get status(): ServerStatus {
    const { length } = this.#tools;
    const address = "in this process";
    return {
      name: OWN_SERVER,
      address,
      state: this.#state,
      tools: length,
      prompts: 0,
      resources: 0,
    };
  }

  get tools(): ToolInfo[] {
    return this.#tools.map(({ info }) => info);
  }

  /** Resolves when the tools are there. @throws what went wrong */
  async ready(): Promise<void> {
    await this.#connecting;
  }

  async call(
    name: string,
    args: Record<string, unknown>,
    options: ToolCallOptions,
  ): Promise<ToolResult> {
    const failed = (why: string): ToolResult => ({
      ok: false,
      text: `Cannot call "${oneLine(name, 100)}": ${why}`,
    });
    try {
      const link = await this.#connecting;
      const tool = this.#tools.find((one) => one.name === name);
      if (!tool) return failed("there is no such tool");
      return readOwnResult(await link.callTool(tool.definition, args, options));
    } catch (error) {
      options.signal.throwIfAborted();
      return failed(oneLine(messageOf(error), 400));
    }
  }

  async close(): Promise<void> {
    await this.#connecting.then((link) => link.close()).catch(() => {});
  }

  async #connect(own: OwnServer, { version, signal }: OwnConnectionOptions) {
    const handlers = { version, onListChanged() {}, onProblem() {} };
    const options = { handlers, signal, timeoutMs: HANDSHAKE_MS };
    const open = await openClient(await own.connect(), "legacy", options);
    const link = new ServerLink(open, { timeoutMs: HOUR_MS });
    const listed = await link.listTools(this.#signal);
    this.#tools = readTools(listed, toInfo).tools;
    this.#state = "connected";
    return link;
  }
}

const EFFECTS: Record<string, ToolInfo["effect"]> = {
  none: "free",
  model: "free",
  reads: "free",
  writes: "writes",
  runs: "runs",
};

/** Our server says in `_meta` what annotations cannot. */
function toInfo({ name, _meta: meta = {} }: Tool) {
  return {
    name,
    server: OWN_SERVER,
    effect: EFFECTS[String(meta["devmcp/effects"])] ?? "runs",
    ...meta["devmcp/asksModel"] === "always" && { needsModel: true },
  };
}
