const MOST_FRAMES = 16;

/**
 * What kind of error it was and where it was thrown, for a log: not its message, which may quote what
 * a client sent, or a path that it named.
 *
 * @param error or the stack of one
 */
export function errorTrace(error: unknown): string {
  const stack = error instanceof Error ? error.stack ?? error.name : String(error);
  const [, kind = "Error"] = stack.match(/^([A-Z]\w{0,60})(?::|$)/m) ?? [];
  const lines = stack.split("\n");
  const first = lines.findLastIndex((line) => !/^ +at /.test(line)) + 1;
  return [kind, ...lines.slice(first, first + MOST_FRAMES)].join("\n");
}

/**
 * What a message of the SDK says before it quotes anything.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { plainPart } from "./error_trace.ts";
 *
 * assert.equal(plainPart('Unknown message type: {"code":"secret"}'), "Unknown message type");
 * ```
 */
export function plainPart(message: string): string {
  return message.split(/[:'"`{[]/, 1)[0]!.trim().slice(0, 200) || "an error";
}
