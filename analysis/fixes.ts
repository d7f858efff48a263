import { type Edit, type Fix, isBroken, type Issue, type Position } from "./issue.ts";
import type { Ruff, RuffSettings } from "./ruff.ts";

/** Rounds of linting and mending at most, as in Ruff; each mends what the one before made possible. */
const MAX_PASSES = 100;

/**
 * Replaces parts of a text. Edits are applied from the front; one that begins inside another, or
 * lies outside of the text, is left out. A byte order mark has no column.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { applyEdits } from "./fixes.ts";
 *
 * const at = (column: number) => ({ line: 1, column });
 * const edits = [{ start: at(5), end: at(6), content: "2" }];
 * assert.equal(applyEdits("x = 1", edits), "x = 2");
 * ```
 */
export function applyEdits(text: string, edits: Edit[]): string {
  return applyGroups(text, edits.map((edit) => [edit])).text;
}

export interface MendedCode {
  text: string;
  /** The rules that were mended, by code, and how often. */
  applied: { rule: string; count: number }[];
}

/**
 * Applies the safe fixes of everything found, until nothing is left to mend. Code that does not
 * parse comes back as it is, and fixes that together would break the syntax are left out.
 *
 * @param fileName As for {@link Ruff.lint}
 */
export function applySafeFixes(
  ruff: Ruff,
  text: string,
  settings: RuffSettings,
  fileName?: string,
): MendedCode {
  return applyFixes(ruff, text, settings, { fileName, wanted: (_, fix) => fix.safe });
}

export interface FixOptions {
  fileName?: string;
  /** Chooses the fixes to apply. */
  wanted(issue: Issue, fix: Fix): boolean;
}

/** Applies the fixes that `wanted` chooses; see {@link applySafeFixes}. */
export function applyFixes(
  ruff: Ruff,
  text: string,
  settings: RuffSettings,
  { fileName, wanted }: FixOptions,
): MendedCode {
  const lint = (code: string) => ruff.lint(code, settings, fileName);
  const parses = (code: string) => !lint(code).some(isBroken);
  const counts = new Map<string, number>();
  let issues = lint(text);
  if (issues.some(isBroken) || !text.isWellFormed()) return { text, applied: [] };
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const fixable = issues.filter((issue) => issue.fix && wanted(issue, issue.fix));
    let mended = mend(text, fixable);
    let next = mended.text === text ? [] : lint(mended.text);
    if (next.some(isBroken)) {
      mended = mend(text, harmless(text, fixable, parses));
      next = mended.text === text ? [] : lint(mended.text);
    }
    if (mended.text === text) break;
    for (const { rule } of mended.issues) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    [text, issues] = [mended.text, next];
  }
  const applied = [...counts].map(([rule, count]) => ({ rule, count }));
  return { text, applied: applied.sort((a, b) => a.rule < b.rule ? -1 : 1) };
}

/** Applies what does not overlap, and says which issues that mended. */
function mend(text: string, issues: Issue[]): { text: string; issues: Issue[] } {
  const { text: mended, taken } = applyGroups(text, issues.map(({ fix }) => fix!.edits));
  return { text: mended, issues: issues.filter((_, index) => taken.has(index)) };
}

/**
 * The issues whose fixes keep the code parsable. Each fix alone does, or is dropped; together they
 * can empty a block. Halves again and again, so its depth is the logarithm of the issues.
 */
function harmless(text: string, issues: Issue[], parses: (code: string) => boolean): Issue[] {
  if (issues.length === 0 || parses(mend(text, issues).text)) return issues;
  if (issues.length === 1) return [];
  const middle = issues.length >> 1;
  const first = harmless(text, issues.slice(0, middle), parses);
  const both = [...first, ...harmless(text, issues.slice(middle), parses)];
  return parses(mend(text, both).text) ? both : first;
}

interface Span {
  start: number;
  end: number;
  content: string;
}

/** Applies whole groups of edits: a group that overlaps an earlier one is left out with all its edits. */
function applyGroups(text: string, groups: Edit[][]): { text: string; taken: Set<number> } {
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
