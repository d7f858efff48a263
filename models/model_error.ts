import { ToolError } from "../config/tool_error.ts";

/** Why a call to a model failed; what to do next depends on it. */
export type ModelFault =
  /** No server is there, or none with a model for the role. */
  | "none"
  /** Refused, reset, no such host. */
  | "unreachable"
  | "timeout"
  /** The server does not have the model. */
  | "missing"
  /** 429, 503, a full queue: later it may work. */
  | "busy"
  /** 401, 403. */
  | "unauthorized"
  /** The server cannot run the model: out of memory, a crashed runner, 500. */
  | "failed"
  /** Not what the protocol says: HTML, half a line, wrong types, no end. */
  | "protocol"
  /** The prompt does not fit the context, or the server dropped a part of it. */
  | "too_long"
  /** The reply cannot be used, repair and retry included. */
  | "unusable";

/** Faults of a server, not of the request: another endpoint may do better. */
const SERVER_FAULTS: readonly ModelFault[] = [
  "unreachable",
  "timeout",
  "missing",
  "busy",
  "unauthorized",
  "failed",
  "protocol",
];

/** A call to a model that failed; message and hint are for the user, one line each. */
export class ModelError extends ToolError {
  readonly fault: ModelFault;

  constructor(
    fault: ModelFault,
    message: string,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = "ModelError";
    this.fault = fault;
  }

  /** Whether another endpoint is worth a try. */
  get isServerFault(): boolean {
    return SERVER_FAULTS.includes(this.fault);
  }
}
