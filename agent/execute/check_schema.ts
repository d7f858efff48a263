/** Arguments against a tool's own JSON Schema, which may come from a hostile server. */
import { isObject } from "../../config/is_object.ts";
import type { JsonSchema } from "../../models/chat_model.ts";
import { coerce } from "../../models/structured/coerce.ts";
import { hasJsonType } from "../../models/structured/has_json_type.ts";
import { propertiesOf, requiredOf } from "./schema_fields.ts";

const MAX_DEPTH = 6;
const MAX_FIELDS = 64;
/** Schemas within a schema, in all. */
const MAX_NODES = 300;
const MAX_OPTIONS = 100;
const MAX_TEXT = 300;
const MAX_PROBLEMS = 5;

/** What is read of a schema: nothing that takes time, refers elsewhere or has no bound. */
const KEPT = ["type", "description", "enum", "const", "minimum", "maximum", "default"];

/** A small copy of a schema: few fields, short texts, no references and no patterns. */
export function boundSchema(schema: JsonSchema): JsonSchema {
  return bound(schema, 0, { nodes: MAX_NODES });
}

function bound(schema: JsonSchema, depth: number, left: { nodes: number }): JsonSchema {
  if (depth > MAX_DEPTH || left.nodes-- <= 0) return {};
  const kept: JsonSchema = {};
  for (const key of KEPT) {
    const value = Object.hasOwn(schema, key) ? boundKeyword(schema[key]) : undefined;
    if (value !== undefined) kept[key] = value;
  }
  if (isObject(schema.properties)) Object.assign(kept, boundFields(schema, depth, left));
  if (isObject(schema.items)) kept.items = bound(schema.items, depth + 1, left);
  const branches = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(branches)) {
    kept.anyOf = branches.slice(0, 8).filter(isObject).map((one) => bound(one, depth + 1, left));
  }
  return kept;
}

function boundKeyword(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/\s+/g, " ").slice(0, MAX_TEXT);
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (!Array.isArray(value)) return undefined;
  return value.slice(0, MAX_OPTIONS).filter((one) => typeof one !== "object" || one === null);
}

function boundFields(schema: JsonSchema, depth: number, left: { nodes: number }): JsonSchema {
  const fields = Object.entries(schema.properties as object).slice(0, MAX_FIELDS)
    .filter(([name]) => name.length <= 100 && name !== "__proto__");
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = Object.fromEntries(
    fields.map(([name, field]) => [name, bound(isObject(field) ? field : {}, depth + 1, left)]),
  );
  return {
    properties,
    required: required.filter((name) =>
      typeof name === "string" && Object.hasOwn(properties, name)
    ),
    ...schema.additionalProperties === false ? { additionalProperties: false } : {},
  };
}

export interface CheckedArguments {
  /** Made to fit where the meaning is plain. */
  arguments: Record<string, unknown>;
  /** Required fields that are not there. */
  missing: string[];
  /** Fields that are there and do not fit, with what is wrong, at most 5. */
  wrong: { field: string; problem: string }[];
}

/** Checks what a schema plainly says: fields, types, options and limits. The tool itself knows the rest. */
export function checkAgainstSchema(
  given: Record<string, unknown>,
  schema: JsonSchema,
): CheckedArguments {
  const known = boundSchema(schema);
  const properties = propertiesOf(known);
  const required = requiredOf(known);
  const isClosed = known.additionalProperties === false;
  const args: Record<string, unknown> = {};
  const wrong: CheckedArguments["wrong"] = [];
  for (const [field, value] of Object.entries(given)) {
    if (value === undefined || value === null && !required.includes(field)) continue;
    const fieldSchema = Object.hasOwn(properties, field) ? properties[field] : undefined;
    if (!isObject(fieldSchema)) {
      if (!isClosed) args[field] = value;
      continue;
    }
    const { fitted, problem } = fit(value, fieldSchema);
    args[field] = fitted;
    if (problem && wrong.length < MAX_PROBLEMS) wrong.push({ field, problem });
  }
  const missing = required.filter((field) => !Object.hasOwn(args, field));
  return { arguments: args, missing, wrong };
}

function fit(value: unknown, schema: JsonSchema): { fitted: unknown; problem?: string } {
  // An object around it lets a whole value be coerced like a field.
  const holder = { type: "object", properties: { value: schema } };
  const { value: fitted = value } = coerce({ value }, holder) as { value?: unknown };
  return { fitted, problem: problemOf(fitted, schema, 0) };
}

function problemOf(value: unknown, schema: JsonSchema, depth: number): string | undefined {
  const { anyOf, minimum, maximum } = schema;
  if (Array.isArray(anyOf)) {
    return anyOf.length === 0 || anyOf.some((one) => !problemOf(value, one, depth + 1))
      ? undefined
      : "none of the types that it may have";
  }
  const types = [schema.type].flat().filter((one): one is string => typeof one === "string");
  if (types.length > 0 && !types.some((type) => hasJsonType(value, type))) {
    return `expected ${types.join(" or ")}`;
  }
  if (Array.isArray(schema.enum) && !schema.enum.includes(value)) {
    return `expected one of ${schema.enum.slice(0, 20).map(String).join(", ")}`;
  }
  if (typeof value === "number") {
    if (typeof minimum === "number" && value < minimum) return `expected at least ${minimum}`;
    if (typeof maximum === "number" && value > maximum) return `expected at most ${maximum}`;
  }
  return problemWithin(value, schema, depth);
}

function problemWithin(value: unknown, schema: JsonSchema, depth: number): string | undefined {
  const { items, required } = schema;
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value) && isObject(items)) {
    const wrong = value.slice(0, 1_000).map((one) => problemOf(one, items, depth + 1)).find(
      Boolean,
    );
    return wrong && `an item: ${wrong}`;
  }
  if (!isObject(value) || !Array.isArray(required)) return undefined;
  const missing = required.find((field) => !Object.hasOwn(value, field));
  return missing === undefined ? undefined : `"${missing}" is missing in it`;
}
