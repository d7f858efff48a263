import { type Json, mergeConfigs } from "./biome_merge.ts";

/**
 * A configuration with rules (`lint/style/useNamingConvention`) and assists on that it leaves off.
 * What it says of their levels and options stays, and so do its overrides for single files.
 */
export function turnOnRules(configuration: Json, rules: readonly string[]): Json {
  return rules.reduce<Json>((whole, rule) => {
    const [kind, group, name] = rule.split("/");
    if (kind === "lint") return turnOn(whole, ["linter", "rules", group!], name!);
    return kind === "assist" ? turnOn(whole, ["assist", "actions", group!], name!) : whole;
  }, configuration);
}

function turnOn(whole: Json, path: string[], name: string): Json {
  const group = path.reduce(memberOf, whole), rule = memberOf(group, name);
  const level = isObject(rule) ? rule.level : rule;
  const isOn = level !== undefined ? level !== "off" : typeof group === "string" && group !== "off";
  if (isOn) return whole;
  const on = { [name]: isObject(rule) ? { ...rule, level: "on" } : "on" };
  // A group that is off as a whole stays off but for this.
  const changed = group === "off" ? { recommended: false, ...on } : on;
  const nested = path.reduceRight<Json>((inner, key) => ({ [key]: inner }), changed);
  return mergeConfigs(whole, nested);
}

function memberOf(value: Json, key: string): Json {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
