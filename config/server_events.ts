import type { Config } from "./config.ts";

/** W3C trace context as a client sends it in `_meta`; not checked. */
export interface TraceContext {
  traceparent?: string;
  tracestate?: string;
  baggage?: string;
}

/** What became of a request. `tool_error`: the tool said `isError`. */
export type RequestOutcome =
  | "ok"
  | "tool_error"
  | "error"
  | "cancelled"
  | "timeout"
  | "input_required";

/** Why something was refused. `message`: it is none of MCP's. */
export type RefusalReason =
  | "unauthorized"
  | "forbidden"
  | "host"
  | "origin"
  | "rate"
  | "busy"
  | "size"
  | "deadline"
  | "message";

/** Why a server ended. `second_signal`: at once, whatever was under way. */
export type StopReason = "signal" | "second_signal" | "input_ended" | "output_closed";

/** What the server tells of itself; never code, arguments, results or secrets. */
export type ServerEvent =
  | {
    type: "request_started";
    /** Ours, unique in this process; other events name it, also that of the HTTP request. */
    requestId: string;
    method: string;
    /** The tool's or prompt's name, only where there is one of that name. */
    target?: string;
    resourceUri?: string;
    rpcId?: string | number;
    transport: "stdio" | "http";
    protocolVersion?: string;
    sessionId?: string;
    /** The principal's id. */
    principal: string;
    trace?: TraceContext;
  }
  | {
    type: "request_ended";
    requestId: string;
    method: string;
    target?: string;
    transport: "stdio" | "http";
    protocolVersion?: string;
    outcome: RequestOutcome;
    /** JSON-RPC's, where the answer was an error. */
    errorCode?: number;
    durationMs: number;
  }
  | {
    type: "session_opened" | "session_closed";
    sessionId: string;
    transport: "stdio" | "http";
    protocolVersion?: string;
    /** Of a closed one. */
    durationMs?: number;
  }
  | {
    type: "server_started";
    version: string;
    transport: "stdio" | "http";
    /** What it listens on, over HTTP. */
    address?: string;
    /** The folder that tools may read. */
    workspace: string;
  }
  | {
    /** What is under way may end, and nothing new is begun. */
    type: "server_stopping";
    transport: "stdio" | "http";
    /** That are under way. */
    calls?: number;
  }
  | {
    type: "server_stopped";
    transport: "stdio" | "http";
    reason: StopReason;
    durationMs: number;
  }
  | {
    /** An HTTP request, MCP or not. */
    type: "http";
    requestId: string;
    /** Where it came from, `address:port`. */
    client?: string;
    method: string;
    /** The route, not the path as sent. */
    route: string;
    status: number;
    durationMs: number;
    principal?: string;
  }
  | {
    /** A call to a language model, from within a request. */
    type: "model";
    requestId?: string;
    provider: string;
    model: string;
    durationMs: number;
    inputTokens?: number;
    outputTokens?: number;
    timeToFirstTokenMs?: number;
    /** A short class of error. */
    errorType?: string;
  }
  | {
    /** Something refused before it became a request: authentication, a limit, a bad message. */
    type: "refused";
    reason: RefusalReason;
    transport: "stdio" | "http";
    /** Absent for a connection that sent none. */
    requestId?: string;
    client?: string;
    /** Of HTTP. */
    status?: number;
    /** JSON-RPC's, of a message on stdio. */
    errorCode?: number;
    principal?: string;
    /** The id of the key that was shown, whether there is such a one or not. */
    shownKey?: string;
  }
  | {
    type: "message";
    level: "debug" | "info" | "warning" | "error";
    text: string;
    requestId?: string;
  };

export type Emit = (event: ServerEvent) => void;

/** What a server is doing at this moment. */
export interface ServerLoad {
  /** Tool calls that run, and that wait for their turn. */
  running: number;
  queued: number;
  /** Of HTTP. */
  connections: number;
}

export type ReadLoad = () => ServerLoad;

/** Where events go: logs, metrics and traces. */
export interface Telemetry {
  emit: Emit;
  /** The metrics in Prometheus' text format; undefined where they are off. */
  metrics?(): Promise<string>;
  /** Says where the server's load is read from, when somebody asks for the metrics. */
  watch?(read: ReadLoad): void;
  /** Writes and sends what is left, within `ms`. @default 2000 */
  close(ms?: number): Promise<void>;
}

/** What of the configuration logs, metrics and traces go by; what is left out has its default. */
export interface TelemetrySettings {
  logging?: Partial<Config["logging"]>;
  telemetry?: Partial<Config["telemetry"]>;
  server?: { metrics: boolean };
}
