import type { CallInstant, CallOptions, ToolCallOutcome } from "../../server/call_tool.ts";
import type { ToolEntry } from "../../tools/mod.ts";
import type { Tool, ToolContext } from "../../tools/tool.ts";

/** Calls of instant tools, in this thread: the way to a worker and back takes longer than their work. */
export interface InstantCalls {
  /** Loads the tool where need be. */
  call(
    tool: ToolEntry,
    args: Record<string, unknown>,
    options: Pick<CallOptions, "signal">,
  ): Promise<ToolCallOutcome>;
  /** Only tools that are loaded. */
  callInstant: CallInstant;
}

export function createInstantCalls(): InstantCalls {
  const loaded = new Map<string, Tool>();
  // With it comes zod, which a server needs for nothing else before the first call.
  let running: typeof import("../../tools/run_tool.ts") | undefined;
  return {
    async call(entry, args, { signal }) {
      running ??= await import("../../tools/run_tool.ts");
      const tool = loaded.get(entry.name) ?? await entry.load();
      loaded.set(entry.name, tool);
      // An instant tool takes nothing of its context.
      return await running.runTool(tool, args, { signal } as ToolContext);
    },
    callInstant(name, args) {
      const tool = loaded.get(name);
      return tool && running?.runInstant(tool, args);
    },
  };
}
