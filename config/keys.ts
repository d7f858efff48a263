import * as z from "zod";
import { ToolError } from "./tool_error.ts";
import { nearestWords } from "./nearest.ts";
import { configSchema } from "./schema.ts";

/** A key that holds a value. */
export interface ConfigKey {
  kind: "key";
  /** Dotted: `model.code.model`. */
  name: string;
  path: string[];
  schema: z.ZodType;
}

/** A key that holds keys. */
export interface ConfigSection {
  kind: "section";
  /** Dotted; empty for the file itself. */
  name: string;
  description: string;
  /** By their names within the section. */
  entries: ReadonlyMap<string, ConfigEntry>;
}

type ConfigEntry = ConfigSection | ConfigKey | typeof SERVERS | typeof WITHOUT_EFFECT;

/** Stands for the table of MCP servers, whose names the user chooses: `devmcp mcp` reads and changes it. */
const SERVERS = { kind: "servers" } as const;

/** Stands for a section that is taken without effect. */
const WITHOUT_EFFECT = { kind: "without effect" } as const;

/** All that devmcp.yaml may say, as a tree. */
export const CONFIG_ROOT: ConfigSection = toSection([], configSchema, "");

/** The keys that hold values, by dotted name, in the order of the schema. */
export const CONFIG_KEYS: ReadonlyMap<string, ConfigKey> = new Map(
  keysOf(CONFIG_ROOT).map((key) => [key.name, key]),
);

function toSection(path: string[], schema: z.ZodObject, description: string): ConfigSection {
  const entries = Object.entries(schema.shape)
    .map(([name, field]) => [name, toEntry([...path, name], field as z.ZodType)] as const);
  return { kind: "section", name: path.join("."), description, entries: new Map(entries) };
}

function toEntry(path: string[], field: z.ZodType): ConfigEntry {
  if (field instanceof z.ZodPrefault) {
    return toSection(path, field.unwrap() as z.ZodObject, field.description ?? "");
  }
  if (field instanceof z.ZodOptional) {
    return field.unwrap() instanceof z.ZodRecord ? SERVERS : WITHOUT_EFFECT;
  }
  return { kind: "key", name: path.join("."), path, schema: field };
}

function keysOf(section: ConfigSection): ConfigKey[] {
  return [...section.entries.values()].flatMap((entry) => {
    if (entry.kind === "section") return keysOf(entry);
    return entry.kind === "key" ? [entry] : [];
  });
}

/**
 * The key of a dotted name.
 *
 * @throws {ToolError} for another name, with the nearest known one
 */
export function findKey(name: string): ConfigKey {
  const key = CONFIG_KEYS.get(name);
  if (key) return key;
  if (/^mcpServers(\.|$)/.test(name)) {
    throw new ToolError(`Cannot use ${quote(name)}: it is a table of MCP servers`, {
      hint: 'see "devmcp mcp --help"',
    });
  }
  const inside = [...CONFIG_KEYS.keys()].filter((one) => one.startsWith(`${name}.`));
  if (name !== "" && inside.length > 0) {
    throw new ToolError(`Cannot use "${name}": it is a section`, {
      hint: `its keys: ${inside.join(", ")}`,
    });
  }
  throw new ToolError(`Cannot use ${quote(name)}: no such key${suggestKey(name)}`, {
    hint: 'run "devmcp config show" to see all keys',
  });
}

/** `; did you mean "model.timeout_seconds"?` for a name that is nearly, or the end of, a known one. */
export function suggestKey(name: string): string {
  const last = name.split(".").at(-1)!;
  const names = [...CONFIG_KEYS.keys()];
  const found = nearestWords(name, names, 1)[0] ??
    names.find((known) => known.endsWith(`.${last}`) || name !== "" && known.startsWith(name));
  return found === undefined ? "" : `; did you mean "${found}"?`;
}

/**
 * Whether only a trusted project may set the key.
 *
 * @param setting.value what it is set to: some values of such a key are harmless
 */
export function needsTrust({ schema }: ConfigKey, setting?: { value: unknown }): boolean {
  const meta = schema.meta();
  const isHarmless = setting !== undefined && meta?.["x-harmless"] === setting.value;
  return meta?.["x-needs-trust"] === true && !isHarmless;
}

/** A name out of a hostile file, for a message of one line. */
export function shorten(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

/** The same in quotes, with line breaks and controls escaped. */
export function quote(name: string): string {
  return JSON.stringify(shorten(name));
}
