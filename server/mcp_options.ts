import type { Emit } from "../config/server_events.ts";
import type { ToolEntry } from "../tools/mod.ts";
import type { ToolSchemas } from "../tools/tool_schemas.ts";
import type { CallGate } from "./call_gate.ts";
import type { CallInstant, CallTool } from "./call_tool.ts";
import type { Caller } from "./caller.ts";
import type { Log } from "./log.ts";
import type { PromptCatalog } from "./prompt_catalog.ts";
import type { Resources } from "./resources.ts";
import type { ResultStore } from "./results.ts";

/** What one call may take, and its result. */
export interface CallLimits {
  /** Seconds of one call, waiting for its turn and for answers of the client not included. @default 60 */
  callSeconds?: number;
  /** Seconds that a call of a tool which asks a model has at least. @default 300 */
  modelSeconds?: number;
  /** Bytes of one result as JSON. @default 9 MiB */
  outputBytes?: number;
}

/** The folders that calls may work on. */
export interface WorkspaceRoots {
  root: string;
  /** Whether the client's roots stand for it, or may only choose parts of it. */
  clientRoots: "replace" | "narrow";
  /** The real path of a folder that can be read. @throws for everything else */
  findFolder(path: string): string | Promise<string>;
}

export interface McpServerOptions {
  version: string;
  tools: ToolEntry[];
  /** The tools' JSON Schemas by name; asked for when first needed. */
  schemas(): Promise<Record<string, ToolSchemas>>;
  callTool: CallTool;
  /** @default every tool is called by `callTool` */
  callInstant?: CallInstant;
  log: Log;
  /** @default nobody is told */
  emit?: Emit;
  /** @default this machine's own, over stdio */
  caller?: Caller;
  /** @default none */
  resources?: Resources;
  /** @default none */
  prompts?: PromptCatalog;
  /** Where the results of calls are kept as resources. @default nowhere */
  results?: Pick<ResultStore, "remember">;
  /** @default every call runs at once */
  gate?: CallGate;
  limits?: CallLimits;
  /** The client's roots count only with it. */
  workspace?: WorkspaceRoots;
  /**
   * Seals what travels through clients, at least 32 bytes; the same for all servers that a client may
   * come back to. @default one of this process
   */
  stateKey?: Uint8Array;
}
