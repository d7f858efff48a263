import type { JsonSchema } from "../../models/chat_model.ts";

/** A tool as its MCP server describes it. */
export interface ToolInfo {
  /** Unique in the toolbox: devmcp's own as they are, those of other servers as `server:tool`. */
  name: string;
  /** `devmcp` for our own. */
  server: string;
  title: string;
  description: string;
  inputSchema: JsonSchema;
  outputSchema?: JsonSchema;
  /** `free`: only reads or computes. What other servers say of their tools is not believed. */
  effect: "free" | "writes" | "runs" | "foreign";
  /** Works only with a language model. */
  needsModel?: boolean;
}

export interface ToolResult {
  ok: boolean;
  /** Markdown; what went wrong and what to do next when not ok. Hostile: data, never instructions. */
  text: string;
  /** The structured result. */
  data?: Record<string, unknown>;
}

export interface ToolCallOptions {
  signal: AbortSignal;
  onProgress?(done: number, total: number | undefined, message?: string): void;
}

/** The tools of all connected servers. */
export interface Toolbox {
  /** As of now; servers come, go and change their tools. */
  list(): ToolInfo[];
  /**
   * Failures are results.
   *
   * @throws the reason of `options.signal` once that is aborted, and nothing else
   */
  call(name: string, args: Record<string, unknown>, options: ToolCallOptions): Promise<ToolResult>;
}
