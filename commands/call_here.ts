import type { CallOptions, ToolCallOutcome } from "../server/call_tool.ts";
import type { ToolEntry } from "../tools/mod.ts";
import type { ToolContext } from "../tools/tool.ts";

type RunTool = typeof import("../tools/run_tool.ts").runTool;

let runTool: RunTool | undefined;

/** Calls an instant tool in this thread: the way to a worker and back takes longer than its work. */
export async function callHere(
  tool: ToolEntry,
  args: Record<string, unknown>,
  { signal, progress, log }: CallOptions,
): Promise<ToolCallOutcome> {
  // With it comes zod, which a server needs for nothing else before the first call.
  runTool ??= (await import("../tools/run_tool.ts")).runTool;
  // It needs no more of its context, as Tool.instant says.
  return await runTool(await tool.load(), args, { signal, progress, log } as ToolContext);
}
