import type { ToolEntry } from "../tools/mod.ts";
import { maySee } from "./access/scope_for.ts";
import type { Principal } from "./caller.ts";

/**
 * The tools that somebody is told of. Those among them that need a scope which their client would have
 * to ask for first are refused before a call comes here, by `forbidCall`.
 */
export function offeredTools(tools: ToolEntry[], principal: Principal): ToolEntry[] {
  return tools.filter((tool) => maySee(principal, tool));
}
