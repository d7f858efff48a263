import { isObject } from "../../config/is_object.ts";
import { nearestWords } from "../../config/nearest.ts";
import type { JsonSchema } from "../chat_model.ts";
import { findOption } from "../find_option.ts";
import { hasJsonType } from "./has_json_type.ts";
import { plainKey } from "../endpoints/plain_key.ts";
import { splitList } from "../split_list.ts";

/** Objects that only wrap the answer, such as `{"result": {…}}`, are taken off this often. */
const MAX_WRAPPERS = 3;

/**
 * Makes what a weak model wrote fit a schema where its meaning is plain: numbers and booleans in
 * strings, a scalar or a text where a list is wanted, options in another case, spelt wrong or by
 * another word, keys in another case, null for a default, wrappers around the whole. What cannot be
 * made to fit stays as it is, for the validator to name. Unknown keys of objects are dropped.
 *
 * @param value as parsed from JSON
 * @param schema without references; recursion goes as deep as the schema
 */
export function coerce(value: unknown, schema: JsonSchema): unknown {
  return coerceTo(unwrap(value, schema), schema);
}

/** Takes the answer out of an object or a list that holds nothing else; what holds no answer stays. */
function unwrap(value: unknown, schema: JsonSchema): unknown {
  let inner = value;
  for (let i = 0; i < MAX_WRAPPERS; i++) {
    const next = contentOf(inner, schema);
    if (next === undefined) break;
    inner = next;
  }
  return schema.type === "object" && !isObject(asObject(inner)) ? value : inner;
}

function contentOf(value: unknown, schema: JsonSchema): unknown {
  if (Array.isArray(value)) {
    return schema.type === "object" && value.length === 1 ? value[0] : undefined;
  }
  if (!isObject(value)) return undefined;
  if (schema.type === "object") return objectWithin(value, schema);
  const lists = Object.values(value).filter(Array.isArray);
  return schema.type === "array" && lists.length === 1 ? lists[0] : undefined;
}

/** The one object within that has keys of the schema, when the object itself has none. */
function objectWithin(value: Record<string, unknown>, schema: JsonSchema): unknown {
  if (!isObject(schema.properties) || countKeys(value, schema) > 0) return undefined;
  const inner = Object.values(value).filter((one) => isObject(one) || Array.isArray(one));
  return inner.length === 1 ? inner[0] : undefined;
}

/** How many fields of the schema an object has, under these names or like ones. */
export function countKeys(value: unknown, schema: JsonSchema): number {
  if (!isObject(value) || !isObject(schema.properties)) return 0;
  const keys = new Set(Object.keys(value).map(plainKey));
  return Object.keys(schema.properties).filter((key) => keys.has(plainKey(key))).length;
}

function coerceTo(value: unknown, schema: JsonSchema): unknown {
  const branches = branchesOf(schema);
  if (branches) return coerceToAny(value, branches);
  if (value === null && schema.type !== "null") return fromNull(schema);
  if (Array.isArray(schema.enum)) return toOption(value, schema.enum);
  if ("const" in schema) return toOption(value, [schema.const]);
  return typeof schema.type === "string" ? CONVERT[schema.type]?.(value, schema) ?? value : value;
}

/** A list has a natural empty value; undefined is a field left out. */
function fromNull(schema: JsonSchema): unknown {
  if ("default" in schema) return undefined;
  return schema.type === "array" ? [] : null;
}

function branchesOf(schema: JsonSchema): JsonSchema[] | undefined {
  const { anyOf, oneOf, type } = schema;
  if (Array.isArray(type)) return type.map((one) => ({ ...schema, type: one }));
  const branches = anyOf ?? oneOf;
  return Array.isArray(branches) ? branches.filter(isObject) : undefined;
}

/** The branch of the value's own type, else the first one that it can be converted to. */
function coerceToAny(value: unknown, branches: JsonSchema[]): unknown {
  const own = branches.filter((branch) => isOfType(value, branch));
  const [best] = own.toSorted((a, b) => score(value, b) - score(value, a));
  if (best) return coerceTo(value, best);
  for (const branch of branches) {
    const converted = coerceTo(value, branch);
    if (isOfType(converted, branch)) return converted;
  }
  return value;
}

/** A matching tag of a union counts more than any number of fields. */
function score(value: unknown, branch: JsonSchema): number {
  if (!isObject(value) || !isObject(branch.properties)) return 0;
  const tags = Object.entries(branch.properties)
    .filter(([key, field]) => isObject(field) && "const" in field && field.const === value[key]);
  return 100 * tags.length + countKeys(value, branch);
}

function isOfType(value: unknown, schema: JsonSchema): boolean {
  if ("const" in schema) return value === schema.const;
  if (Array.isArray(schema.enum)) return schema.enum.includes(value);
  return hasJsonType(value, schema.type);
}

const CONVERT: Record<string, (value: unknown, schema: JsonSchema) => unknown> = {
  string: toText,
  number: toNumber,
  integer: (value) => {
    const number = toNumber(value);
    return typeof number === "number" ? Math.round(number) : number;
  },
  boolean: toBoolean,
  array: toList,
  object: toObject,
};

/** What a list or an object holds, when it holds one scalar and one is wanted. */
function onlyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const values: unknown[] = Object.values(value);
  return values.length === 1 && typeof values[0] !== "object" ? values[0] : value;
}

function toOption(wrapped: unknown, options: unknown[]): unknown {
  const value = onlyOf(wrapped);
  return findOption(value, options) ?? value;
}

/** An object where a text is wanted, such as `{"step": 1, "text": "…"}`, is the texts in it. */
function toText(value: unknown): unknown {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!Array.isArray(value) && !isObject(value)) return value;
  const texts = Object.values(value).filter((one) => typeof one === "string");
  if (texts.length === 0) return value;
  return texts.join(Array.isArray(value) ? "\n" : ": ");
}

const ABOUT = /^(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|~|≈)\s*/i;
const DIGITS = String.raw`(?:\d{1,3}(?:,\d{3})+|\d+)`;
const NUMBER = new RegExp(String.raw`^[+-]?${DIGITS}(?:\.\d+)?(?:e[+-]?\d{1,3})?$`, "i");

/**
 * `"80%"`, `"about 80"`, `"1,200"`: a text that is nothing but a number. What a word does to one, as in
 * `2k`, `v2` or `less than 5`, is not known here.
 */
function toNumber(wrapped: unknown): unknown {
  const value = onlyOf(wrapped);
  if (typeof value !== "string" || value.length > 100) return value;
  const text = value.trim().replace(ABOUT, "").replace(/\s*(?:%|per ?cent)$/i, "");
  const number = NUMBER.test(text) ? Number(text.replaceAll(",", "")) : NaN;
  return Number.isFinite(number) ? number : value;
}

const WORDS = new Map<unknown, boolean>([
  ...["true", "yes", "y", "on", "1", 1].map((word) => [word, true] as const),
  ...["false", "no", "n", "off", "0", 0].map((word) => [word, false] as const),
]);

function toBoolean(wrapped: unknown): unknown {
  const value = onlyOf(wrapped);
  return WORDS.get(typeof value === "string" ? value.trim().toLowerCase() : value) ?? value;
}

function toList(value: unknown, schema: JsonSchema): unknown {
  const items = isObject(schema.items) ? schema.items : {};
  const list = Array.isArray(value) ? value : listOf(value, items);
  return list.filter((item) => item !== null).map((item) => coerceTo(item, items));
}

/** `{"1": …, "2": …}` is a list too; where texts are wanted, so is `{"first": "…", "then": "…"}`. */
function listOf(value: unknown, items: JsonSchema): unknown[] {
  if (typeof value === "string") return splitList(value);
  if (!isObject(value) || Object.keys(value).length === 0) return [value];
  const values = Object.values(value);
  const areTexts = items.type === "string" && values.every((one) => typeof one === "string");
  const areNumbered = Object.keys(value).every((key) => /^\d{1,3}$/.test(key)) &&
    values.every(isObject);
  return areTexts || areNumbered ? values : [value];
}

function toObject(value: unknown, schema: JsonSchema): unknown {
  const object = asObject(value);
  if (!isObject(object)) return value;
  const { properties, additionalProperties } = schema;
  if (!isObject(properties)) return toRecord(object, additionalProperties);
  const keys = matchKeys(Object.keys(object), Object.keys(properties));
  const fields = Object.entries(properties).flatMap(([name, field]) => {
    const key = keys.get(name);
    if (key === undefined) return [];
    const converted = coerceTo(object[key], isObject(field) ? field : {});
    return converted === undefined ? [] : [[name, converted] as const];
  });
  return Object.fromEntries(fields);
}

function toRecord(object: Record<string, unknown>, values: unknown): unknown {
  if (!isObject(values)) return object;
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, coerceTo(value, values)]),
  );
}

/** A string may hold JSON again. */
function asObject(value: unknown): unknown {
  return typeof value === "string" ? parseObject(value) : value;
}

function parseObject(text: string): unknown {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Which key stands for which field: the same one, one that differs in case and marks, a near one. */
function matchKeys(keys: string[], fields: string[]): Map<string, string> {
  const matched = new Map(fields.filter((field) => keys.includes(field)).map((one) => [one, one]));
  const free = new Set(keys.filter((key) => !fields.includes(key)).slice(0, 100));
  const match = (find: (field: string) => string | undefined) => {
    for (const field of fields) {
      const key = matched.has(field) ? undefined : find(field);
      if (key === undefined) continue;
      matched.set(field, key);
      free.delete(key);
    }
  };
  match((field) => [...free].find((key) => plainKey(key) === plainKey(field)));
  match((field) => nearestWords(field, free, 1)[0]);
  return matched;
}
