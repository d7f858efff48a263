import { isObject } from "../../config/is_object.ts";

const TYPES = new Map<unknown, (value: unknown) => boolean>([
  ["null", (value) => value === null],
  ["string", (value) => typeof value === "string"],
  ["number", (value) => typeof value === "number"],
  ["integer", Number.isInteger],
  ["boolean", (value) => typeof value === "boolean"],
  ["array", Array.isArray],
  ["object", isObject],
]);

/** Whether a value is of a type of JSON Schema; of one that is not known it is. */
export function hasJsonType(value: unknown, type: unknown): boolean {
  return TYPES.get(type)?.(value) ?? true;
}
