import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server";
import { isObject } from "../config/is_object.ts";
import { ToolError } from "../config/tool_error.ts";
import { BusyError } from "./call_gate.ts";
import { REFUSED } from "./http/rpc_error.ts";

/** The error that a client is answered with: one line, what to do next, and nothing of the inside. */
export function explainError(method: string, error: unknown): unknown {
  if (error instanceof BusyError) {
    const { message, reason, retryAfterSeconds } = error;
    return new ProtocolError(REFUSED, message, { reason, retryAfterSeconds });
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

interface Issue {
  path: PropertyKey[];
  message: string;
}

function readIssues(message: string): Issue[] | undefined {
  const start = message.indexOf("[\n");
  if (start < 0) return;
  try {
    const issues: unknown = JSON.parse(message.slice(start));
    return Array.isArray(issues) && issues.every(isIssue) ? issues : undefined;
  } catch {
    return;
  }
}

function isIssue(value: unknown): value is Issue {
  return isObject(value) && Array.isArray(value.path) && typeof value.message === "string";
}
