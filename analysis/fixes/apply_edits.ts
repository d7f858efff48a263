import type { Edit, Position } from "../issue.ts";

/**
 * Replaces parts of a text. Edits are applied from the front; one that begins inside another, or
 * lies outside of the text, is left out. A byte order mark has no column.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { applyEdits } from "./apply_edits.ts";
 *
 * const at = (column: number) => ({ line: 1, column });
 * const edits = [{ start: at(5), end: at(6), content: "2" }];
 * assert.equal(applyEdits("x = 1", edits), "x = 2");
 * ```
 */
export function applyEdits(text: string, edits: Edit[]): string {
  return applyGroups(text, edits.map((edit) => [edit])).text;
}

interface Span {
  start: number;
  end: number;
  content: string;
}

/**
 * Applies whole groups of edits: a group that overlaps an earlier one is left out with all its edits.
 *
 * @returns the text, and the places in `groups` of those that were applied
 */
export function applyGroups(
  text: string,
  groups: readonly Edit[][],
): { text: string; taken: Set<number> } {
  const offsetOf = createOffsets(text);
  const located = groups.map((edits, index) => ({ index, spans: locate(edits, offsetOf) }))
    .filter(({ spans }) => spans.length > 0)
    .sort((a, b) => a.spans[0]!.start - b.spans[0]!.start || a.index - b.index);
  const taken = new Set<number>(), parts: string[] = [];
  let at = 0;
  for (const { index, spans } of located) {
    if (spans[0]!.start < at) continue;
    for (const { start, end, content } of spans) {
      parts.push(text.slice(at, start), content);
      at = end;
    }
    taken.add(index);
  }
  return { text: parts.join("") + text.slice(at), taken };
}

/** The edits of one group from front to back; none when they contradict each other. */
function locate(edits: Edit[], offsetOf: (position: Position) => number): Span[] {
  const spans = edits
    .map(({ start, end, content }) => ({ start: offsetOf(start), end: offsetOf(end), content }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const fits = spans.every(({ start, end }, index) =>
    start <= end && start >= (spans[index - 1]?.end ?? 0)
  );
  return fits ? spans : [];
}

/** Turns positions into offsets; NaN, which fits nowhere, for those outside of the text. */
function createOffsets(text: string): (position: Position) => number {
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  const starts = [mark];
  for (const { index, 0: { length } } of text.matchAll(/\r\n?|\n/g)) starts.push(index + length);
  return ({ line, column }) => {
    const offset = (starts[line - 1] ?? NaN) + column - 1;
    return offset <= (starts[line] ?? text.length) ? offset : NaN;
  };
}
