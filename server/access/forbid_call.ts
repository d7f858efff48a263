import type { JSONRPCMessage } from "@modelcontextprotocol/server";
import type { Access } from "../authenticate.ts";
import type { Principal, Scope } from "../caller.ts";

/** The scope that a tool needs, by its name; undefined where there is no such tool. */
export type ScopeOfTool = (name: string) => Scope | undefined;

/**
 * The response that refuses a call of a tool which the caller's key does not allow, and tells an OAuth
 * client what to ask for; undefined for all other messages.
 */
export function forbidCall(
  message: JSONRPCMessage,
  principal: Principal,
  access: Pick<Access, "forbid">,
  scopeOf: ScopeOfTool,
): Response | undefined {
  if (!("method" in message) || message.method !== "tools/call") return;
  const name: unknown = message.params?.name;
  const needed = typeof name === "string" ? scopeOf(name) : undefined;
  if (needed === undefined || principal.scopes.includes(needed)) return;
  return access.forbid(principal, needed);
}
