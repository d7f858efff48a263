import type { LoadedConfig } from "../config/config.ts";
import { describeOrigin } from "../config/config_file.ts";
import { hideCredentials } from "../config/hide_credentials.ts";
import { CONFIG_KEYS } from "../config/keys.ts";
import { valueOf } from "../config/load.ts";
import type { Output } from "./app.ts";
import { sanitizeLine } from "./sanitize.ts";
import { paletteOf } from "./style.ts";
import { renderTable } from "./table.ts";

/** An effective value as it may be shown: without the credentials of addresses. */
export interface ShownSetting {
  key: string;
  value: unknown;
  /** `default`, `devmcp.yaml:3`, `OLLAMA_HOST`, `--jobs`. */
  origin: string;
}

/** Every key with its value and where that comes from, in the order of the schema. */
export function shownSettings({ values, origins }: LoadedConfig, cwd: string): ShownSetting[] {
  return [...CONFIG_KEYS.keys()].map((key) => ({
    key,
    value: withoutCredentials(key, valueOf(values, key)),
    origin: describeOrigin(origins.get(key) ?? { kind: "default" }, cwd),
  }));
}

/** The value of a key without the credentials of addresses. */
export function withoutCredentials(key: string, value: unknown): unknown {
  if (!key.endsWith(".endpoints") || !Array.isArray(value)) return value;
  return value.map((address) => hideCredentials(String(address)));
}

/** A value in one line: lists with commas, nothing as nothing. */
export function valueText(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(", ") : String(value);
}

/** The settings as a table; what is not a default stands out. */
export function renderSettings(settings: ShownSetting[], output: Output): string {
  const { strong, quiet } = paletteOf(output);
  const columns = output.isTerminal ? output.columns : Infinity;
  return renderTable(settings, [
    { title: "key", text: ({ key }) => key },
    { title: "value", cut: "end", text: ({ value }) => sanitizeLine(valueText(value)) || "-" },
    {
      title: "from",
      cut: "start",
      text: ({ origin }) => sanitizeLine(origin),
      paint: ({ origin }) => origin === "default" ? quiet : undefined,
    },
  ], { columns, heading: strong });
}
