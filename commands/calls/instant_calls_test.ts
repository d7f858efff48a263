import assert from "node:assert/strict";
import * as z from "zod";
import { defineTool, type Tool } from "../../tools/tool.ts";
import { createInstantCalls } from "./instant_calls.ts";

const tool = defineTool({
  name: "double",
  title: "Double",
  summary: "Double a number.",
  effects: "none",
  input: z.object({ number: z.int().describe("What to double") }),
  output: z.object({ doubled: z.int().describe("Twice as much") }),
  instant: ({ number }) => ({ doubled: 2 * number }),
}) as unknown as Tool;
const { name, title, summary, effects } = tool;
const entry = { name, title, summary, effects, load: () => Promise.resolve(tool) };
const { signal } = new AbortController();

Deno.test("createInstantCalls() calls at once what has been called before", async () => {
  const { call, callInstant } = createInstantCalls();
  assert.equal(callInstant("double", { number: 2 }), undefined);
  const outcome = await call(entry, { number: 2 }, { signal });
  assert.deepEqual(outcome.ok && outcome.output, { doubled: 4 });
  assert.deepEqual(callInstant("double", { number: 2 }), outcome);
  assert.equal(callInstant("constructor", {}), undefined);
});

Deno.test("createInstantCalls() tells why a call fails, but not at once", async () => {
  const { call, callInstant } = createInstantCalls();
  const outcome = await call(entry, { number: "2" }, { signal });
  assert.match(!outcome.ok && outcome.message || "", /expected a number, got "2"/);
  assert.equal(callInstant("double", { number: "2" }), undefined);
});
