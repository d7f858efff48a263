import { parseValue, showValue } from "./check_value.ts";
import type { Env } from "./folders.ts";
import { findKey } from "./keys.ts";
import { ollamaUrl } from "./ollama_host.ts";
import { OLLAMA_HOST, VARIABLES } from "./variables.ts";

/** A key that the environment sets. */
export interface EnvironmentSetting {
  /** Dotted. */
  key: string;
  value: unknown;
  variable: string;
}

/**
 * What the environment sets. OLLAMA_HOST is for both roles, unless a role's own variable says
 * otherwise. An empty variable counts as not set.
 *
 * @throws {ToolError} naming the variable whose value is wrong, and what was expected
 */
export function readEnvironment(env: Env): EnvironmentSetting[] {
  const own = VARIABLES.flatMap(([variable, key]) => {
    const text = env(variable)?.trim();
    if (!text) return [];
    const hint = `correct or unset ${variable}, which stands for ${key}`;
    const value = parseValue(findKey(key), text, `use ${variable}`, hint);
    return withKind({ key, variable, value });
  });
  const general = readOllamaHost(env).filter(({ key }) => {
    const role = key.slice(0, key.lastIndexOf("."));
    return !own.some((setting) => setting.key === `${role}.endpoints`);
  });
  return [...general, ...own];
}

/** Addresses tell how they are spoken to: the kind that a file names is that of its own. */
function withKind(setting: EnvironmentSetting): EnvironmentSetting[] {
  const { key, variable } = setting;
  if (!key.endsWith(".endpoints")) return [setting];
  return [setting, { key: key.replace(/endpoints$/, "kind"), value: "auto", variable }];
}

function readOllamaHost(env: Env): EnvironmentSetting[] {
  const variable = OLLAMA_HOST;
  const whole = env(variable) ?? "";
  const texts = whole.split(",").map((text) => text.trim()).filter(Boolean);
  if (texts.length === 0) return [];
  // A password may have a comma: only the whole hides what is before its last @.
  const nameOf = (i: number) =>
    `${texts.length > 1 ? `entry ${i + 1} of ` : ""}${showValue(whole)}`;
  const urls = texts.map((text, i) => ollamaUrl(text, nameOf(i)));
  return ["model.code", "model.chat"].flatMap((role) => [
    { key: `${role}.endpoints`, variable, value: urls },
    { key: `${role}.kind`, variable, value: "ollama" },
  ]);
}
