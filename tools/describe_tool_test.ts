import assert from "node:assert/strict";
import * as z from "zod";
import { describeTool } from "./describe_tool.ts";
import { toolSchemas } from "./tool_schemas.ts";

Deno.test("describeTool() says what a tool does, takes and gives", () => {
  const schemas = toolSchemas({
    input: z.object({
      path: z.string().optional().describe("File"),
      style: z.enum(["a", "b"]).default("a").describe("How"),
    }),
    output: z.object({
      score: z.int().nullable().describe("Points"),
      issues: z.array(z.object({ line: z.int().describe("Where") })).describe("What"),
    }),
  });
  const entry = { name: "count_lines", summary: "Count lines.", configured: ["style"] };
  const text = describeTool({ ...entry, effects: "reads", asksModel: "optionally" }, schemas);
  assert.equal(
    text,
    `## count_lines

Count lines. It reads files of the workspace, and asks a language model where one is there. Command: \`devmcp count-lines\`

### Input

| field | type | default | meaning |
| --- | --- | --- | --- |
| \`path\` | string |  | File |
| \`style\` | a \\| b | \`"a"\` | How |

devmcp.yaml changes the default of \`style\`.

### Output

| field | type | meaning |
| --- | --- | --- |
| \`score\` | integer \\| null | Points |
| \`issues\` | list of object | What |
| \`issues[].line\` | integer | Where |
`,
  );
});
