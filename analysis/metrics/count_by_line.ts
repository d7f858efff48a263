import type { SyntaxTree } from "../syntax/syntax.ts";
import { createLineIndex } from "../text/line_index.ts";

/** Adds up what is told of nodes by the line that they begin on; lines that have nothing are left out. */
export function countByLine(
  tree: SyntaxTree,
  tellAll: (tell: (node: number, count: number) => void) => void,
): Map<number, number> {
  const lines = createLineIndex(tree.text);
  const counts = new Map<number, number>();
  tellAll((node, count) => {
    if (count === 0) return;
    const line = lines.lineAt(tree.start[node]!);
    counts.set(line, (counts.get(line) ?? 0) + count);
  });
  return counts;
}
