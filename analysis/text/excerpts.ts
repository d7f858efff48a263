import type { Issue } from "../issue.ts";

const CONTEXT = 2;

/** The lines that issues lie on, by 1-based number, with two around them. */
export function excerptsOf(
  issues: readonly Pick<Issue, "line" | "end">[],
  text: string,
): Record<string, string> {
  if (issues.length === 0) return {};
  const lines = text.split(/\r\n|\r|\n/);
  const excerpts: Record<string, string> = {};
  for (const { line, end } of issues) {
    const last = Math.min(end.line, line + CONTEXT) + CONTEXT;
    for (let n = line - CONTEXT; n <= last; n++) {
      const text = lines[n - 1];
      if (text !== undefined) excerpts[n] ??= text;
    }
  }
  return excerpts;
}

/** Under which key an inspection's excerpts hold a line, both numbers from 1. */
export function lineKey(line: number, cell?: number): string {
  return cell === undefined ? `${line}` : `${cell}:${line}`;
}
