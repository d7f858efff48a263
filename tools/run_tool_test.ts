import assert from "node:assert/strict";
import { z } from "zod";
import { DEFAULTS } from "../config/schema.ts";
import { runTool } from "./run_tool.ts";
import { defineTool, type Tool, type ToolContext, ToolError } from "./tool.ts";

const context = { signal: new AbortController().signal } as ToolContext;

function toolThat(run: () => unknown, render?: (output: { lines: number }) => string): Tool {
  return defineTool({
    name: "count_lines",
    title: "Count lines",
    summary: "Count the lines.",
    effects: "none",
    input: z.object({ code: z.string().default("") }),
    output: z.object({ lines: z.int() }),
    run: async () => await run() as { lines: number },
    render,
  }) as unknown as Tool;
}

Deno.test("runTool() gives the output and its rendering", async () => {
  const tool = toolThat(() => ({ lines: 3 }), ({ lines }) => `${lines} lines`);
  assert.deepEqual(await runTool(tool, {}, context), {
    ok: true,
    output: { lines: 3 },
    text: "3 lines",
  });
});

Deno.test("runTool() renders JSON where the tool does not render", async () => {
  const outcome = await runTool(toolThat(() => ({ lines: 3 })), {}, context);
  assert.ok(outcome.ok);
  assert.deepEqual(JSON.parse(outcome.text), { lines: 3 });
});

Deno.test("runTool() gives what its output schema knows, and no more", async () => {
  const outcome = await runTool(toolThat(() => ({ lines: 3, secret: 1 })), {}, context);
  assert.deepEqual(outcome.ok && outcome.output, { lines: 3 });
});

Deno.test("runTool() tells of wrong arguments without running the tool", async () => {
  const outcome = await runTool(toolThat(() => assert.fail("ran")), { code: 5 }, context);
  assert.ok(!outcome.ok && /`code`: expected a string/.test(outcome.message));
});

const configurable = {
  ...toolThat(() => ({ lines: 0 })),
  configured: ({ code_generation }) => ({ code: code_generation.style }),
  render: (_, { code }) => String(code),
} as Tool;
const config = { ...DEFAULTS, code_generation: { ...DEFAULTS.code_generation, style: "ours" } };

Deno.test("runTool() fills in what the configuration says and the caller does not", async () => {
  const text = async (given: Record<string, unknown>, read = () => Promise.resolve(config)) => {
    const outcome = await runTool(configurable, given, context, read);
    return outcome.ok && outcome.text;
  };
  assert.equal(await text({}), "ours");
  assert.equal(await text({ code: "given" }), "given");
  assert.equal(await text({}, () => Promise.resolve(undefined as never)), "");
});

Deno.test("runTool() reads the configuration only for tools that it changes", async () => {
  const outcome = await runTool(toolThat(() => ({ lines: 3 })), {}, context, () => assert.fail());
  assert.ok(outcome.ok);
  const wrong = () => Promise.reject(new ToolError("Cannot use devmcp.yaml"));
  const failed = await runTool(configurable, {}, context, wrong);
  assert.ok(!failed.ok && failed.message === "Cannot use devmcp.yaml");
});

Deno.test("runTool() keeps the hint of a ToolError, and the stack of its cause", async () => {
  const cause = new Error("inner");
  const tool = toolThat(() => {
    throw new ToolError("Cannot read", { hint: "look", cause });
  });
  assert.deepEqual(await runTool(tool, {}, context), {
    ok: false,
    message: "Cannot read",
    hint: "look",
    detail: cause.stack,
  });
});

const faults: [string, () => unknown, RegExp][] = [
  ["an exception", () => {
    throw new TypeError("boom\nmore");
  }, /^Cannot finish "count_lines": internal error \(TypeError: boom\)$/],
  ["an output that does not match", () => ({ lines: "3" }), /^[^\n]*internal error[^\n]*$/],
  ["something thrown that is no error", () => Promise.reject("text"), /internal error \(text\)/],
];

for (const [what, run, message] of faults) {
  Deno.test(`runTool() tells of ${what} in one line`, async () => {
    const outcome = await runTool(toolThat(run), {}, context);
    assert.ok(!outcome.ok);
    assert.match(outcome.message, message);
  });
}

Deno.test("runTool() throws the reason of an abort, whatever the tool threw", async () => {
  const controller = new AbortController();
  const tool = toolThat(() => {
    controller.abort(new Error("stop"));
    throw new TypeError("half done");
  });
  await assert.rejects(runTool(tool, {}, { ...context, signal: controller.signal }), {
    message: "stop",
  });
});
