import assert from "node:assert/strict";
import { z } from "zod";
import { toolSchemas } from "./tool_schemas.ts";

Deno.test("toolSchemas() closes the input, keeps defaults, and names no draft", () => {
  const input = z.object({ code: z.string().describe("Code"), deep: z.boolean().default(true) });
  const output = z.object({ lines: z.int().min(0).max(9) });
  assert.deepEqual(toolSchemas({ input, output }), {
    input: {
      type: "object",
      properties: {
        code: { type: "string", description: "Code" },
        deep: { type: "boolean", default: true },
      },
      required: ["code"],
      additionalProperties: false,
    },
    output: {
      type: "object",
      properties: { lines: { type: "integer", minimum: 0, maximum: 9 } },
      required: ["lines"],
      additionalProperties: false,
    },
  });
});

Deno.test("toolSchemas() gives every schema one type at most", () => {
  const output = z.object({ index: z.number().nullable().describe("Where") });
  assert.deepEqual(toolSchemas({ input: z.object({}), output }).output.properties, {
    index: { description: "Where", anyOf: [{ type: "number" }, { type: "null" }] },
  });
});
