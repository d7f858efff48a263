import assert from "node:assert/strict";
import type { Effects } from "../tools/tool.ts";
import { toolIcons } from "./icons.ts";
import { annotationsFor, describeTools } from "./describe_tools.ts";

const table: [Effects, boolean][] = [
  ["none", true],
  ["model", true],
  ["reads", true],
  ["writes", false],
  ["runs", false],
];

for (const [effects, readsOnly] of table) {
  Deno.test(`annotationsFor() of "${effects}" ${readsOnly ? "allows" : "does not allow"} reading only`, () => {
    assert.deepEqual(annotationsFor({ effects, title: "T" }), {
      title: "T",
      readOnlyHint: readsOnly,
      idempotentHint: readsOnly,
      destructiveHint: !readsOnly,
      openWorldHint: false,
    });
  });
}

Deno.test("annotationsFor() tells that a model may be asked, which may be anywhere", () => {
  for (const asksModel of ["always", "optionally"] as const) {
    const { openWorldHint, readOnlyHint } = annotationsFor({
      effects: "reads",
      title: "T",
      asksModel,
    });
    assert.deepEqual([openWorldHint, readOnlyHint], [true, true]);
  }
});

Deno.test("describeTools() joins what is known of a tool with its schemas", () => {
  const input = { type: "object" as const, properties: { code: { type: "string" } } };
  const output = { type: "object" as const };
  const entry = {
    name: "count_lines",
    title: "Count lines",
    summary: "Count the lines.",
    effects: "none" as const,
    load: () => Promise.reject(new Error("loaded")),
  };
  assert.deepEqual(describeTools([entry], { count_lines: { input, output } }), [{
    name: "count_lines",
    title: "Count lines",
    description: "Count the lines.",
    inputSchema: input,
    outputSchema: output,
    annotations: annotationsFor(entry),
    icons: toolIcons("none"),
    _meta: { "devmcp/effects": "none" },
  }]);
});
