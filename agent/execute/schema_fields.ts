import { isObject } from "../../config/is_object.ts";

/** The fields of a schema of an object. */
export function propertiesOf({ properties }: Record<string, unknown>): Record<string, unknown> {
  return isObject(properties) ? properties : {};
}

/** The names of the fields that have to be there. */
export function requiredOf({ required }: Record<string, unknown>): string[] {
  return Array.isArray(required) ? required.filter((one) => typeof one === "string") : [];
}
