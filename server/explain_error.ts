import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { ToolError } from "../config/tool_error.ts";
import { BusyError } from "./call_gate.ts";

/** JSON-RPC's code for a server that takes no more. */
export const BUSY = -32_000;

/** The error that a client is answered with: one line, what to do next, and nothing of the inside. */
export function explainError(method: string, error: unknown): unknown {
  if (error instanceof BusyError) {
    const { message, reason, retryAfterSeconds } = error;
    return new ProtocolError(BUSY, message, { reason, retryAfterSeconds });
  }
  if (error instanceof ToolError) {
    const { message, hint } = error;
    return new ProtocolError(
      ProtocolErrorCode.InvalidParams,
      hint ? `${message} (${hint})` : message,
    );
  }
  if (!(error instanceof ProtocolError)) return hideUnlessIssues(method, error);
  return wrongParams(method, error) ?? error;
}

function hideUnlessIssues(method: string, error: unknown): unknown {
  return wrongParams(method, error) ?? new ProtocolError(
    ProtocolErrorCode.InternalError,
    `Cannot answer "${method}": internal error; this is a fault of devmcp`,
  );
}

/** The SDK puts zod's issues as JSON into the message; code and fields are what a client needs. */
function wrongParams(method: string, error: unknown): ProtocolError | undefined {
  const issues = error instanceof Error ? readIssues(error.message) : undefined;
  if (!issues) return;
  const wrong = issues.map(({ path, message }) => `\`${path.join(".")}\`: ${message}`);
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `Cannot call "${method}": ${wrong.join("; ")}`.slice(0, 2000),
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
