import { type Command, InvalidArgumentError, Option } from "commander";

/** A field of a flat JSON Schema, as far as a command line can say it. */
export interface FieldSchema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  items?: FieldSchema;
  minimum?: number;
  maximum?: number;
}

/** The JSON Schema of a tool's input: no field holds an object. */
export interface FlatSchema {
  properties?: Record<string, FieldSchema>;
  required?: string[];
}

/** `line_length` → `--line-length`. */
function flagOf(field: string): string {
  return `--${field.replaceAll("_", "-")}`;
}

/** Texts about a schema name fields, `line_length`; the person at the terminal knows flags. */
export function nameFlags(text: string, { properties = {} }: FlatSchema): string {
  return Object.keys(properties)
    .reduce((named, field) => named.replaceAll(`\`${field}\``, flagOf(field)), text);
}

/** Adds to `command` an option for each field of the schema. */
export function addFlags(command: Command, schema: FlatSchema): void {
  const { properties = {}, required = [] } = schema;
  for (const [name, field] of Object.entries(properties)) {
    const description = nameFlags(field.description ?? "", schema);
    const option = toOption(name, { ...field, description }).makeOptionMandatory(
      required.includes(name),
    );
    command.addOption(option);
    if (field.type === "boolean") {
      command.option(flagOf(`no_${name}`), `the opposite of ${flagOf(name)}`);
    }
  }
}

/** The given ones of the flags that {@link addFlags} added, by the names of their fields. */
export function readFlags(
  { properties = {} }: FlatSchema,
  flags: Record<string, unknown>,
): Record<string, unknown> {
  const given = Object.keys(properties)
    .map((name) => [name, flags[new Option(flagOf(name)).attributeName()]])
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function toOption(name: string, field: FieldSchema): Option {
  const description = `${field.description ?? ""}${describeDefault(field)}`;
  const option = new Option(`${flagOf(name)}${placeholderOf(name, field)}`, description);
  if (field.enum) return option.choices(field.enum);
  if (field.type === "integer" || field.type === "number") {
    return option.argParser(parseNumber(field));
  }
  return field.type === "array" ? option.argParser(parseList(field.items?.enum)) : option;
}

function placeholderOf(name: string, field: FieldSchema): string {
  if (field.type === "boolean") return "";
  if (field.type === "array") return " <list>";
  if (field.type === "integer" || field.type === "number") return " <n>";
  if (field.enum) return " <choice>";
  return /(^|_)path$/.test(name) ? " <path>" : " <text>";
}

function describeDefault({ default: fallback, type, items }: FieldSchema): string {
  const choices = items?.enum ? `; any of ${items.enum.join(", ")}` : "";
  if (type === "array") {
    const list = Array.isArray(fallback) && fallback.length > 0 ? fallback.join(",") : "none";
    return `${choices}; comma-separated or repeated (default: ${list})`;
  }
  if (fallback === undefined) return "";
  return ` (default: ${type === "boolean" ? fallback ? "on" : "off" : JSON.stringify(fallback)})`;
}

function parseNumber({ type, minimum = -Infinity, maximum = Infinity }: FieldSchema) {
  const whole = type === "integer";
  const limits = [
    ...Math.abs(minimum) < Number.MAX_SAFE_INTEGER ? [`at least ${minimum}`] : [],
    ...Math.abs(maximum) < Number.MAX_SAFE_INTEGER ? [`at most ${maximum}`] : [],
  ];
  const expected = [whole ? "a whole number" : "a number", ...limits].join(", ");
  return (text: string): number => {
    const number = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    const right = number >= minimum && number <= maximum && (!whole || Number.isInteger(number));
    if (right) return number;
    throw new InvalidArgumentError(`Expected ${expected}`);
  };
}

/** `--areas a,b --areas c` is `["a", "b", "c"]`. */
function parseList(allowed: string[] | undefined) {
  return (text: string, previous: string[] = []): string[] => {
    const items = text.split(",").map((item) => item.trim()).filter(Boolean);
    const wrong = allowed && items.find((item) => !allowed.includes(item));
    if (wrong === undefined) return [...previous, ...items];
    throw new InvalidArgumentError(`Expected any of ${allowed!.join(", ")}`);
  };
}
