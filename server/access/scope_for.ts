import type { Effects } from "../../tools/tool.ts";
import type { Principal, Scope } from "../caller.ts";

const SCOPE_OF: Record<Effects, Scope> = {
  none: "read",
  model: "read",
  reads: "read",
  writes: "write",
  runs: "run",
};

/** The scope that a key needs for a tool. No scope includes another. */
export function scopeFor({ effects }: { effects: Effects }): Scope {
  return SCOPE_OF[effects];
}

/** Whether a caller may call a tool. */
export function mayCall({ scopes }: Principal, tool: { effects: Effects }): boolean {
  return scopes.includes(scopeFor(tool));
}

/** Whether a caller is shown a tool: also one that its client could ask the scope for. */
export function maySee(principal: Principal, tool: { effects: Effects }): boolean {
  return principal.elevates === true || mayCall(principal, tool);
}

/** The tools that a caller is shown now: in one session each request may bring another token. */
export function seenTools<T extends { effects: Effects }>(
  { tools, caller }: { tools: readonly T[]; caller: { principal: Principal } },
): T[] {
  return tools.filter((tool) => maySee(caller.principal, tool));
}

/** Whether a caller is offered prompts and resources. */
export function mayReadCatalogs({ scopes, elevates }: Principal): boolean {
  return elevates === true || scopes.includes("read");
}

/** Finds the scope that a tool needs by its name; undefined where there is no such tool. */
export function scopesOf(
  tools: { name: string; effects: Effects }[],
): (name: string) => Scope | undefined {
  const scopes = new Map(tools.map((tool) => [tool.name, scopeFor(tool)]));
  return (name) => scopes.get(name);
}
