import type { LogLevel } from "../tools/tool.ts";
import type { ToolOutcome } from "../tools/run_tool.ts";

export interface CallOptions {
  /** Aborted when the caller no longer wants the result. */
  signal: AbortSignal;
  progress(done: number, total: number, message?: string): void;
  log(level: LogLevel, message: string): void;
}

/**
 * Calls a tool by its name, wherever it runs. Failures are outcomes.
 * @throws the reason of `signal` once that is aborted, and nothing else
 */
export type CallTool = (
  name: string,
  args: Record<string, unknown>,
  options: CallOptions,
) => Promise<ToolOutcome>;
