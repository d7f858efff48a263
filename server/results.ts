import type { CallToolResult } from "@modelcontextprotocol/server";
import type { Caller } from "./caller.ts";

/** Keeps the last results of calls, for `results://…`. */
export interface ResultStore {
  /** Keeps a result of `tool` and gives its URI; undefined where it is too large to keep. */
  remember(tool: string, result: CallToolResult, caller: Caller): string | undefined;
}
