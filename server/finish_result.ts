import type { CallToolResult } from "@modelcontextprotocol/server";
import { boundResult, toResult } from "./call_result.ts";
import type { CallContent, ToolCallOutcome } from "./call_tool.ts";
import type { Caller } from "./caller.ts";
import type { McpServerOptions } from "./mcp_options.ts";

/** Where a result's `_meta` names its resource. */
const RESULT = "devmcp/result";

/**
 * A call's outcome as it is sent, not larger than it may be. A good one stays readable for a while;
 * clients that know nothing of it see no difference.
 */
export function finishResult(
  tool: string,
  outcome: ToolCallOutcome | CallContent,
  { limits, results, caller }: Pick<McpServerOptions, "limits" | "results"> & { caller: Caller },
): CallToolResult {
  const result = boundResult(tool, toResult(outcome), limits?.outputBytes);
  if (result.isError) return result;
  const uri = results?.remember(tool, result, caller);
  return uri === undefined ? result : { ...result, _meta: { ...result._meta, [RESULT]: uri } };
}
