import type { Engines } from "../analysis/engines.ts";
import { internalError, runTool, type ToolOutcome } from "../tools/run_tool.ts";
import type { ToolEntry } from "../tools/mod.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { guardConsole } from "../server/guard_console.ts";
import type { CallMessage, CallReport } from "./call_pool.ts";
import type { Capabilities } from "./capabilities.ts";
import { configured } from "./configured.ts";

/** A worker's end of the channel to the thread that started it. */
export interface CallPort {
  onmessage: ((event: MessageEvent<CallMessage>) => void) | null;
  postMessage(report: CallReport): void;
}

export interface CallHost {
  tools: ToolEntry[];
  engines: Engines;
  env(name: string): string | undefined;
  openWorkspace(root: string): Workspace | Promise<Workspace>;
  createCapabilities(root: string): Capabilities;
}

/** The name of workers that answer tool calls. */
export const CALLS = "calls";

/** Answers the calls that arrive at `port`, one at a time, as `call_pool.ts` sends them. */
export function serveCalls(port: CallPort, host: CallHost): void {
  guardConsole();
  // All calls of a pool have the same root.
  let capabilities: Capabilities | undefined;
  let controller = new AbortController();
  port.onmessage = async ({ data }) => {
    if ("abort" in data) return controller.abort();
    controller = new AbortController();
    capabilities ??= host.createCapabilities(data.root);
    const outcome = await answer(data, port, { ...host, ...capabilities }, controller.signal);
    port.postMessage({ outcome });
  };
}

async function answer(
  { name, args, root }: Exclude<CallMessage, { abort: true }>,
  port: CallPort,
  host: CallHost & Capabilities,
  signal: AbortSignal,
): Promise<ToolOutcome | null> {
  const { tools, engines, openWorkspace, models, prompts, cache } = host;
  const readConfig = async () => (await configured({ ...host, cwd: root }))?.values;
  try {
    const tool = await tools.find((entry) => entry.name === name)!.load();
    return await runTool(tool, args, {
      signal,
      progress: (...progress) => port.postMessage({ progress }),
      log: (...log) => port.postMessage({ log }),
      engines,
      workspace: await openWorkspace(root),
      models,
      prompts,
      cache,
    }, readConfig);
  } catch (error) {
    return signal.aborted ? null : internalError(name, error);
  }
}
