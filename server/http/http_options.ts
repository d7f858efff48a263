import type { ServerConfig } from "../../config/config.ts";
import type { Emit } from "../../config/server_events.ts";
import type { ScopeOfTool } from "../access/forbid_call.ts";
import type { Access } from "../authenticate.ts";
import type { CallGate } from "../call_gate.ts";
import type { Caller } from "../caller.ts";
import type { ShortWayServer } from "../answer_at_once.ts";
import type { PromptCatalog } from "../prompt_catalog.ts";
import type { Resources } from "../resources.ts";

/** Whether one part that calls need works. */
export interface Readiness {
  ready: boolean;
  /** By part: `models`, `disk`; each a few words without secrets. */
  checks: Record<string, { ok: boolean; detail: string }>;
}

/** What serving over HTTP needs, beside where. */
export interface HttpOptions {
  config: ServerConfig;
  /** Makes the MCP server of one session, or of one request where there are none. */
  createServer(caller: Caller): ShortWayServer;
  /** Absent: everybody who reaches us is this machine's own. */
  access?: Access;
  /** What a key needs to call a tool. @default nothing; see `forbidCall` */
  scopeOf?: ScopeOfTool;
  gate: CallGate;
  emit: Emit;
  /** Absent: `/metrics` is 404. */
  metrics?(): Promise<string>;
  ready(): Promise<Readiness>;
  /** Their changes are told to whoever listens. */
  resources?: Pick<Resources, "prepare" | "watch">;
  prompts?: Pick<PromptCatalog, "watch">;
}
