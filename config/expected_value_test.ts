import assert from "node:assert/strict";
import * as z from "zod";
import { expectedValue } from "./expected_value.ts";

const CASES: [schema: z.ZodType, words: string][] = [
  [z.boolean().default(false), "true or false"],
  [z.number().gt(0).max(9), "a number above 0, at most 9"],
  [z.int().min(1).max(9), "a whole number, 1 to 9"],
  [z.number().min(0).max(1).nullable(), "a number, 0 to 1, or null"],
  [z.enum(["a", "b"]), "one of a, b"],
  [z.array(z.string().max(9)), "a list, each a text of at most 9 characters"],
  [z.string().max(9).meta({ examples: ["x"] }), 'a text such as "x"'],
];

for (const [schema, words] of CASES) {
  Deno.test(`expectedValue() says "${words}"`, () => assert.equal(expectedValue(schema), words));
}
