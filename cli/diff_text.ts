import type { Output } from "./app.ts";
import { sanitize } from "./sanitize.ts";
import { paletteOf } from "./style.ts";

/**
 * A unified diff in colours, safe for a terminal. Where colours are not wanted and nobody looks it
 * stays exactly as it is, for `patch` and `git apply`.
 */
export function colorDiff(diff: string, output: Pick<Output, "color" | "isTerminal">): string {
  if (!output.color) return output.isTerminal ? sanitize(diff) : diff;
  const { strong, good, code, severity } = paletteOf(output);
  const removed = severity.critical;
  return sanitize(diff).split("\n").map((line) => {
    if (line.startsWith("+++") || line.startsWith("---")) return strong(line);
    if (line.startsWith("@@")) return code(line);
    return line.startsWith("+") ? good(line) : line.startsWith("-") ? removed(line) : line;
  }).join("\n");
}

/** Writes a unified diff: a program gets the very bytes of `patch`, where that is given. */
export function writeDiff(diff: string, patch: Uint8Array | undefined, output: Output): void {
  if (patch && !output.isTerminal && !output.color) output.writeBytes(patch);
  else output.write(colorDiff(diff, output));
}
