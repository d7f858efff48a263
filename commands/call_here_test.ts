import assert from "node:assert/strict";
import { z } from "zod";
import { defineTool, type Tool } from "../tools/tool.ts";
import { callHere } from "./call_here.ts";

const tool = defineTool({
  name: "echo",
  title: "Echo",
  summary: "Echo.",
  effects: "none",
  instant: true,
  input: z.object({ text: z.string().describe("Text") }),
  output: z.object({ text: z.string().describe("Text") }),
  run: ({ text }) => Promise.resolve({ text }),
  render: ({ text }) => text,
}) as unknown as Tool;

const quiet = { signal: new AbortController().signal, progress: () => {}, log: () => {} };

Deno.test("callHere() runs a tool with its checks", async () => {
  const entry = { ...tool, configured: undefined, load: () => Promise.resolve(tool) };
  const outcome = await callHere(entry, { text: "a" }, quiet);
  assert.deepEqual(outcome, { ok: true, output: { text: "a" }, text: "a" });
  const wrong = await callHere(entry, { text: 5 }, quiet);
  assert.ok(!wrong.ok && /`text`: expected a string/.test(wrong.message));
});
