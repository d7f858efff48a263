import type { ConfigKey } from "./keys.ts";
import { expectedValue } from "./expected_value.ts";
import { hideCredentials } from "./hide_credentials.ts";
import { ToolError } from "./tool_error.ts";

/**
 * The value of a key, or what is wrong with it; `index` is that of a list's wrong item.
 *
 * A number where a text belongs is taken as one: `keep_alive: -1` needs no quotes.
 */
export function checkValue(
  { schema }: ConfigKey,
  value: unknown,
): { value: unknown } | { wrong: string; index?: number } {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  const text = typeof value === "number" ? schema.safeParse(String(value)) : undefined;
  if (text?.success) return { value: text.data };
  const index = result.error.issues[0]?.path[0];
  if (typeof index !== "number") return { wrong: `not ${showValue(value)}` };
  return { wrong: `not ${showValue((value as unknown[])[index])}`, index };
}

/** `must be a number above 0, at most 86400, not "soon"`. */
export function wrongValue({ schema }: ConfigKey, wrong: string): string {
  return `must be ${expectedValue(schema)}, ${wrong}`;
}

/**
 * A value for a key out of text, as a variable of the environment or a command line gives it: lists
 * are separated by commas, `null` is null where the key takes it.
 *
 * @throws {ToolError} saying what was expected
 * @param action what cannot be done with a wrong one: `use MODEL_TIMEOUT_SECONDS`
 * @param hint what to do then. @default what the key is
 */
export function parseValue(
  key: ConfigKey,
  text: string,
  action: string,
  hint = `${key.name}: ${key.schema.description}`,
): unknown {
  const candidates = candidatesOf(key, text.trim());
  const checked = candidates.map((value) => checkValue(key, value));
  const right = checked.find((one) => "value" in one);
  if (right) return right.value;
  throw new ToolError(`Cannot ${action}: it ${wrongValue(key, `not ${showValue(text)}`)}`, {
    hint,
  });
}

/** What the text may mean; the schema decides. */
function candidatesOf({ schema }: ConfigKey, text: string): unknown[] {
  const items = text.split(",").map((item) => item.trim()).filter(Boolean);
  const numeric = /^-?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text) ? [Number(text)] : [];
  const isList = schema.safeParse([]).success;
  return isList ? [items] : [text, ...numeric, ...text === "null" ? [null] : []];
}

/** A value out of a hostile file, in a message of one line; credentials of addresses stay out of it. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a table";
  const json = typeof value === "string" ? JSON.stringify(hideCredentials(value)) : String(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
