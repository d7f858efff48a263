import * as z from "zod";

/** The part of a JSON Schema that one of our values has. */
interface ValueSchema {
  type?: string;
  enum?: unknown[];
  anyOf?: ValueSchema[];
  items?: ValueSchema;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  maxLength?: number;
  examples?: unknown[];
}

/** What a value must be, in words: `a number above 0, at most 86400`, `one of auto, off, require`. */
export function expectedValue(schema: z.ZodType): string {
  return describe(z.toJSONSchema(schema, { io: "input" }) as ValueSchema);
}

/** The words that a value, or each item of a list, is one of; none where it may be more. */
export function allowedWords(schema: z.ZodType): string[] {
  if (schema instanceof z.ZodDefault) return allowedWords(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodArray) return allowedWords(schema.element as z.ZodType);
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
}

function describe(schema: ValueSchema): string {
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  if (schema.anyOf) return schema.anyOf.map(describe).join(", or ");
  if (schema.type === "array") return `a list, each ${describe(schema.items ?? {})}`;
  if (schema.type === "null") return "null";
  if (schema.type === "boolean") return "true or false";
  if (schema.type === "string") return describeText(schema);
  return [schema.type === "integer" ? "a whole number" : "a number", ...limits(schema)].join(", ")
    .replace(", above", " above");
}

function describeText({ examples, maxLength }: ValueSchema): string {
  if (examples) return `a text such as ${JSON.stringify(examples[0])}`;
  return `a text of at most ${maxLength} characters`;
}

function limits({ minimum, maximum, exclusiveMinimum }: ValueSchema): string[] {
  if (minimum !== undefined && maximum !== undefined) return [`${minimum} to ${maximum}`];
  return [
    ...exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`],
    ...maximum === undefined ? [] : [`at most ${maximum}`],
  ];
}
