import * as z from "zod";

/**
 * Marks keys that a project's file may set only when the user trusts it: they decide where code goes,
 * what it costs and what is offered. `x-harmless` is a value that needs no trust.
 */
export const NEEDS_TRUST = { "x-needs-trust": true };

/** A table of keys that may be left out as a whole. */
export function section<Shape extends z.ZodRawShape>(description: string, shape: Shape) {
  return z.strictObject(shape).prefault({} as z.input<z.ZodObject<Shape>>).meta({ description });
}
