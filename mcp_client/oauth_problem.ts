import {
  InsecureTokenEndpointError,
  IssuerMismatchError,
  OAuthError,
  RegistrationRejectedError,
} from "@modelcontextprotocol/client";
import { messageOf } from "../config/message_of.ts";
import { oneLine } from "../config/one_line.ts";
import { ToolError } from "../config/tool_error.ts";
import { cannotLogIn } from "./cannot_log_in.ts";

/**
 * Why a login failed, on one line of ours. What an authorization server says is shown as its words, and
 * never when it may be another one than it says.
 */
export function oauthProblem(server: URL, error: unknown): ToolError {
  const cause = error instanceof TypeError && error.cause ? error.cause : error;
  const problem = cause instanceof ToolError
    ? cause
    : cannotLogIn(server, oneLine(describe(cause)), { cause });
  // As in LoginNeeded: else the SDK says that it could not find out the server's revision.
  problem.name = "UnauthorizedError";
  return problem;
}

function describe(error: unknown): string {
  if (error instanceof OAuthError) return refusal(error.code, error.message);
  if (error instanceof IssuerMismatchError) {
    return error.kind === "metadata"
      ? "the authorization server's description is that of another one"
      : "the reply is not from the authorization server that was asked";
  }
  if (error instanceof RegistrationRejectedError) return describeRegistration(error);
  if (error instanceof InsecureTokenEndpointError) {
    return "it leads to an address that is not https";
  }
  if (error instanceof SyntaxError) return "the authorization server's reply is no JSON";
  if (error instanceof DOMException && error.name === "TimeoutError") return "no reply in time";
  if (error instanceof Error && error.name.endsWith("ZodError")) {
    return "the authorization server's reply lacks something";
  }
  return messageOf(error);
}

/** What an authorization server answered instead of a token. */
export function refusal(code: string, description?: string | null): string {
  const said = description && description !== code ? `${code}, ${description}` : code;
  return `the authorization server said ${JSON.stringify(oneLine(said))}`;
}

function describeRegistration({ status, body }: RegistrationRejectedError): string {
  return `the authorization server did not register devmcp (HTTP ${status}): ${
    JSON.stringify(oneLine(body))
  }`;
}
