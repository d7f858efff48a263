/** A part of a configuration, as JSON has it. */
export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json };

/**
 * What a configuration says on top of another that it extends, as Biome joins them: objects by their
 * keys, lists one after the other, and the rest is replaced. A rule's new level keeps its options;
 * new options replace the old.
 */
export function mergeConfigs(base: Json, over: Json): Json {
  if (over === undefined || over === null) return base;
  if (Array.isArray(base) && Array.isArray(over)) return [...base, ...over];
  if (isObject(base) && isObject(over)) return mergeObjects(base, over);
  return isObject(base) && typeof over === "string" && "level" in base
    ? { ...base, level: over }
    : over;
}

function mergeObjects(base: Record<string, Json>, over: Record<string, Json>): Json {
  if ("level" in base && "level" in over) return { ...base, ...over };
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    merged.set(key, mergeConfigs(merged.get(key), value));
  }
  return Object.fromEntries(merged);
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
