import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import type { Access } from "../authenticate.ts";
import type { Principal, Scope } from "../caller.ts";

/** The scope that a tool needs, by its name; undefined where there is no such tool. */
export type ScopeOfTool = (name: string) => Scope | undefined;

/** Prompts, resources and their completions show what is configured, and results what was read. */
const NEEDS_READ = /^(prompts|resources|completion)\//;

/**
 * The response that refuses a request which the caller's key does not allow, and tells an OAuth client
 * what to ask for; undefined for all other messages.
 */
export function forbidCall(
  message: JSONRPCMessage,
  principal: Principal,
  access: Pick<Access, "forbid">,
  scopeOf: ScopeOfTool,
): Response | undefined {
  if (!("method" in message)) return;
  const needed = NEEDS_READ.test(message.method) ? "read" : scopeOfCall(message, scopeOf);
  if (needed === undefined || principal.scopes.includes(needed)) return;
  return access.forbid(principal, needed);
}

function scopeOfCall(
  { method, params }: Extract<JSONRPCMessage, { method: string }>,
  scopeOf: ScopeOfTool,
): Scope | undefined {
  const name: unknown = params?.name;
  return method === "tools/call" && typeof name === "string" ? scopeOf(name) : undefined;
}
