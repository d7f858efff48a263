import { isObject } from "../config/is_object.ts";
import type { JsonSchema } from "../models/chat_model.ts";
import { hasJsonType } from "../models/structured/has_json_type.ts";

/** Places that are looked at: a hostile schema may be a maze. */
const MAX_PLACES = 2000;

/**
 * Where a result is not what its tool's schema says, in words; undefined where nothing is seen to be
 * wrong. It looks at types, required fields and enums only: patterns and references of a hostile server
 * can take any time.
 */
export function outputMismatch(value: unknown, schema: JsonSchema): string | undefined {
  let places = 0;
  const find = (value: unknown, schema: unknown, path: string): string | undefined => {
    if (!isObject(schema) || ++places > MAX_PLACES) return undefined;
    const where = path === "" ? "the result" : `\`${path.slice(1)}\``;
    if (!hasType(value, schema.type)) return `${where} is not of type ${schema.type}`;
    if (Array.isArray(schema.enum) && !isScalarOf(value, schema.enum)) {
      return `${where} is none of the allowed values`;
    }
    if (Array.isArray(value)) {
      return firstOf(value, (one, i) => find(one, schema.items, `${path}.${i}`));
    }
    if (!isObject(value)) return undefined;
    const missing = missingField(value, schema.required);
    if (missing !== undefined) return `${where} has no \`${missing}\``;
    const fields = isObject(schema.properties) ? Object.entries(schema.properties) : [];
    return firstOf(
      fields.filter(([name]) => Object.hasOwn(value, name)),
      ([name, field]) => find(value[name], field, `${path}.${name}`),
    );
  };
  return find(value, schema, "");
}

function firstOf<T>(items: T[], find: (item: T, i: number) => string | undefined) {
  for (const [i, item] of items.entries()) {
    const found = find(item, i);
    if (found !== undefined) return found;
  }
}

function missingField(value: object, required: unknown): string | undefined {
  if (!Array.isArray(required)) return undefined;
  return required.find((name) => typeof name === "string" && !Object.hasOwn(value, name));
}

function hasType(value: unknown, type: unknown): boolean {
  return Array.isArray(type)
    ? type.some((one) => hasJsonType(value, one))
    : hasJsonType(value, type);
}

/** Tables and lists in an enum are not compared. */
function isScalarOf(value: unknown, options: unknown[]): boolean {
  return typeof value === "object" && value !== null || options.includes(value);
}
