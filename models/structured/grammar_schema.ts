import * as z from "zod";
import { isObject } from "../../config/is_object.ts";
import type { JsonSchema } from "../chat_model.ts";

/** A schema that contains itself is followed this far; below, anything goes. */
const MAX_DEPTH = 12;
/** llama.cpp writes a rule for each repetition: longer ones are too slow, or refused. */
const MAX_REPETITIONS = 64;

/** What no grammar needs: notes, and what is refused or ignored by one backend or another. */
const STRIPPED = new Set([
  ...["$schema", "$defs", "$id", "definitions", "title", "description", "examples", "default"],
  ...["pattern", "format", "minLength", "maxLength", "propertyNames", "uniqueItems", "readOnly"],
  ...["contentEncoding", "contentMediaType", "multipleOf", "prefixItems", "exclusiveMinimum"],
  ...["exclusiveMaximum", "minProperties", "maxProperties", "not"],
]);

const described = new WeakMap<z.ZodType, JsonSchema>();

/**
 * The JSON Schema of what may be given to `schema`, without references: defaults and limits are
 * kept. Made once per schema.
 */
export function describeSchema(schema: z.ZodType): JsonSchema {
  const known = described.get(schema);
  if (known) return known;
  const raw = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const flat = inline(raw, raw, 0) as JsonSchema;
  described.set(schema, flat);
  return flat;
}

/**
 * The JSON Schema that constrains a reply, reduced to what grammars are made from without fail. All
 * fields with a default are asked for. Its bytes are the same at each call.
 */
export function toGrammarSchema(schema: z.ZodType): JsonSchema {
  return reduce(describeSchema(schema));
}

/** Replaces references by what they refer to. */
function inline(node: unknown, root: JsonSchema, depth: number): unknown {
  if (Array.isArray(node)) return node.map((item) => inline(item, root, depth));
  if (!isObject(node)) return node;
  if (depth > MAX_DEPTH) return {};
  if (typeof node.$ref === "string") {
    const { $ref, ...rest } = node;
    return inline({ ...resolve($ref, root), ...rest }, root, depth + 1);
  }
  return mapSchemas(node, (child) => inline(child, root, depth + 1));
}

/** `#`, or `#/$defs/‹name›`. */
function resolve(reference: string, root: JsonSchema): JsonSchema {
  if (reference === "#") return root;
  const name = reference.split("/").at(-1)!;
  return (root.$defs as Record<string, JsonSchema> | undefined)?.[name] ?? {};
}

function reduce(node: JsonSchema): JsonSchema {
  const flat = withoutTuples(node);
  const kept = Object.fromEntries(Object.entries(flat).filter(([key]) => !STRIPPED.has(key)));
  return mapSchemas(closeObject(withoutLargeLimits(kept), node), (child) => reduce(child));
}

/** A tuple becomes a list of as many items of any of its types. */
function withoutTuples(node: JsonSchema): JsonSchema {
  const { prefixItems } = node;
  if (!Array.isArray(prefixItems)) return node;
  const length = prefixItems.length;
  return { ...node, items: { anyOf: prefixItems }, minItems: length, maxItems: length };
}

function withoutLargeLimits(node: JsonSchema): JsonSchema {
  const { oneOf, ...rest } = node;
  const kept = Object.entries(oneOf ? { ...rest, anyOf: oneOf } : rest).filter(([key, value]) => {
    if (key === "minItems" || key === "maxItems") return Number(value) <= MAX_REPETITIONS;
    // z.int() brings its bounds of 9007199254740991, which say nothing.
    if (key === "minimum" || key === "maximum") return Math.abs(Number(value)) < 2 ** 31;
    return true;
  });
  return Object.fromEntries(kept);
}

/** Fields that would be filled by their defaults are required: a weak model leaves out what it may. */
function closeObject(node: JsonSchema, original: JsonSchema): JsonSchema {
  if (!isObject(original.properties)) return node;
  const fields = Object.entries(original.properties);
  if (fields.length === 0) return { type: "object" };
  const required = Array.isArray(original.required) ? original.required : [];
  return {
    ...node,
    required: fields
      .filter(([key, field]) => required.includes(key) || isObject(field) && "default" in field)
      .map(([key]) => key),
    additionalProperties: false,
  };
}

/** The same schema with the schemas within replaced. */
function mapSchemas(node: JsonSchema, map: (schema: JsonSchema) => unknown): JsonSchema {
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, mapKeyword(key, value, map)]),
  );
}

function mapKeyword(
  key: string,
  value: unknown,
  map: (schema: JsonSchema) => unknown,
): unknown {
  if (key === "properties" && isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [name, isObject(field) ? map(field) : field]),
    );
  }
  if (["anyOf", "oneOf", "allOf", "prefixItems"].includes(key) && Array.isArray(value)) {
    return value.map((item) => isObject(item) ? map(item) : item);
  }
  return ["items", "additionalProperties"].includes(key) && isObject(value) ? map(value) : value;
}
