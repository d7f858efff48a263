import * as z from "zod";
import type { Tool } from "./tool.ts";

/** A JSON Schema of an object. */
export interface ObjectSchema {
  type: "object";
  [keyword: string]: unknown;
}

/** A tool's input and output as JSON Schema. */
export interface ToolSchemas {
  input: ObjectSchema;
  output: ObjectSchema;
}

/**
 * A tool's schemas for those who call it over a wire. The input is closed, since an unknown field
 * is an error; without `$schema`, because what is used means the same in every draft, and some
 * hosts refuse drafts that they do not know.
 */
export function toolSchemas({ input, output }: Pick<Tool, "input" | "output">): ToolSchemas {
  const { $schema: _given, ...given } = toJson(input, "input");
  const { $schema: _result, ...result } = toJson(output, "output");
  return {
    input: { ...given, type: "object", additionalProperties: false },
    output: { ...result, type: "object" },
  };
}

/** Through text, which leaves zod's own members behind. */
function toJson(schema: z.ZodObject, io: "input" | "output"): Record<string, unknown> {
  const text = JSON.stringify(z.toJSONSchema(schema, { io }));
  return JSON.parse(text, (_key, value) => Array.isArray(value?.type) ? splitTypes(value) : value);
}

/** Branches of one type each: some hosts know no lists of types. */
function splitTypes({ type, ...schema }: { type: string[] }): Record<string, unknown> {
  return { ...schema, anyOf: type.map((one) => ({ type: one })) };
}
