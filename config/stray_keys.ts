import type { Config, Origin } from "./config.ts";

/** An `api_key_env` that another place sets than the endpoints of its role. */
export interface StrayKey {
  /** Dotted. */
  key: string;
  from: Origin;
  /** What sets the endpoints. */
  servers: Origin;
}

/**
 * The keys that would be sent to servers they were not set for: a file names both, and a stronger source
 * only one of them. Without endpoints no key is sent.
 */
export function findStrayKeys(
  model: Config["model"],
  origins: ReadonlyMap<string, Origin>,
): StrayKey[] {
  return (["code", "chat"] as const).flatMap((role) => {
    const { api_key_env, endpoints } = model[role];
    const key = `model.${role}.api_key_env`;
    const from = origins.get(key)!;
    const servers = origins.get(`model.${role}.endpoints`)!;
    const isStray = api_key_env !== "" && endpoints.length > 0 && !isSamePlace(from, servers);
    return isStray ? [{ key, from, servers }] : [];
  });
}

function isSamePlace(one: Origin, other: Origin): boolean {
  if ("file" in one && "file" in other) return one.file === other.file;
  return one.kind === other.kind;
}
