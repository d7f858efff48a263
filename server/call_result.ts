import type { CallToolResult } from "@modelcontextprotocol/server";
import { sizeText } from "./size_text.ts";
import type { CallContent, ToolCallOutcome } from "./call_tool.ts";

const MEBIBYTE = 1024 * 1024;
/** The result comes twice, and programs read the other one. */
const MOST_TEXT = 2 * MEBIBYTE;
/** The official client drops the connection at 10 MiB a message. */
export const MOST_RESULT = 9 * MEBIBYTE;

/** A call's outcome as MCP gives it: what went wrong comes with what to do next. */
export function toResult(outcome: ToolCallOutcome | CallContent): CallToolResult {
  if ("content" in outcome) {
    const { content, output } = outcome;
    return { content, ...output && { structuredContent: output } };
  }
  if (outcome.ok) {
    return {
      content: [{ type: "text", text: boundText(outcome.text) }],
      structuredContent: outcome.output,
    };
  }
  return toFailure(outcome.message, outcome.hint);
}

/** A result that says what went wrong, and what to do next. */
export function toFailure(message: string, hint?: string): CallToolResult {
  const text = hint ? `${message} (${hint})` : message;
  return { content: [{ type: "text", text }], isError: true };
}

function boundText(text: string): string {
  if (text.length <= MOST_TEXT) return text;
  return `${text.slice(0, MOST_TEXT)}\n\n(cut after 2 MiB; structuredContent has all of it)`;
}

/**
 * Says so, with what to do, where a result is larger than clients take.
 *
 * @param most bytes of a result as JSON
 */
export function boundResult(
  name: string,
  result: CallToolResult,
  most: number = MOST_RESULT,
): CallToolResult {
  if (mostBytes(result) <= most) return result;
  const bytes = new TextEncoder().encode(JSON.stringify(result)).length;
  if (bytes <= most) return result;
  const [has, may] = [sizeText(bytes), sizeText(most, Math.floor)];
  return toFailure(
    `Cannot answer "${name}": the result of ${has} is too large, it may have ${may}`,
    "work on the file itself, as with `devmcp format FILE`, or ask for less, as with a small " +
      "`max_issues`; server.limits.output_mb is the limit",
  );
}

/** At least what a value takes as JSON: cheaper than writing it, which its sender does anyway. */
function mostBytes(value: unknown): number {
  if (typeof value === "string") return 6 * value.length + 2;
  if (typeof value !== "object" || value === null) return 25;
  let bytes = 2;
  for (const [key, child] of Object.entries(value)) {
    bytes += 6 * key.length + 4 + mostBytes(child);
  }
  return bytes;
}
