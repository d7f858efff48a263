import { diffArrays } from "diff";

/** Lines `from`–`to` (0-based, exclusive end) before became the lines of the same names after. */
export interface ChangedRegion {
  before: { from: number; to: number };
  after: { from: number; to: number };
}

/** Lines around a change in a unified diff. */
const CONTEXT = 3;
/** Added and removed lines up to which the shortest difference of a part is looked for. */
const MAX_EDITS = 400;

/**
 * How many lines a change touches: a line replaced by one counts once, so it is the larger number
 * of lines, before or after, of each place that differs.
 */
export function countChangedLines(before: string, after: string): number {
  return changedRegions(splitLines(before), splitLines(after)).reduce(
    (sum, region) => sum + Math.max(lengthOf(region.before), lengthOf(region.after)),
    0,
  );
}

/**
 * The difference in the unified format, with three lines of context; "" when there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { unifiedDiff } from "./line_diff.ts";
 *
 * const diff = unifiedDiff("a.py", "x=1\n", "x = 1\n");
 * assert.equal(diff, "--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x=1\n+x = 1\n");
 * ```
 */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const [old, now] = [splitLines(before), splitLines(after)];
  const hunks = groupRegions(changedRegions(old, now)).map((group) => renderHunk(group, old, now));
  return `--- ${sideName("a", path)}\n+++ ${sideName("b", path)}\n${hunks.join("")}`;
}

/** As git names the two sides: quoted where a name would break the line. */
function sideName(side: string, path: string): string {
  const name = path.startsWith("/") ? path : `${side}/${path}`;
  // deno-lint-ignore no-control-regex -- these are what has to be quoted
  const quoted = name.replace(/[\x00-\x1f\x7f"\\]/g, quote);
  return quoted === name ? name : `"${quoted}"`;
}

const SHORT = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);

/** As C, git and patch do: they know no `\u`. */
function quote(char: string): string {
  const code = char.charCodeAt(0);
  if (code >= 0x20 && code < 0x7f) return `\\${char}`;
  return SHORT.get(char) ?? `\\${code.toString(8).padStart(3, "0")}`;
}

/** Lines with their endings, so that a missing last newline is a difference too. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function lengthOf({ from, to }: { from: number; to: number }): number {
  return to - from;
}

/**
 * Where two lists of lines differ, in order. Lines that occur once on both sides anchor the
 * comparison, so time grows with the length, not with the number of differences; between two
 * anchors the shortest difference is sought, and given up when it is long.
 */
export function changedRegions(old: string[], now: string[]): ChangedRegion[] {
  const regions: ChangedRegion[] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...anchors(old, now), [old.length, now.length] as const]) {
    if (a < i || b < j) continue; // already passed by the equal lines after another anchor
    pushRegions(regions, old, now, { before: { from: i, to: a }, after: { from: j, to: b } });
    [i, j] = [a, b];
    while (i < old.length && j < now.length && old[i] === now[j]) i++, j++;
  }
  return regions;
}

/** Pairs of equal lines that are unique on both sides, rising on both. */
function anchors(old: string[], now: string[]): (readonly [number, number])[] {
  const [before, after] = [uniqueLines(old), uniqueLines(now)];
  const pairs: [number, number][] = [[0, 0]];
  const unique: [number, number][] = [];
  for (const [line, a] of before) {
    const b = after.get(line);
    if (a >= 0 && b !== undefined && b >= 0) unique.push([a, b]);
  }
  return old[0] === now[0] ? [...pairs, ...longestRise(unique)] : longestRise(unique);
}

/** Where each line stands; −1 for those that occur more than once. */
function uniqueLines(lines: string[]): Map<string, number> {
  const places = new Map<string, number>();
  lines.forEach((line, index) => places.set(line, places.has(line) ? -1 : index));
  return places;
}

/** The longest subsequence whose second numbers rise too (patience sorting). */
function longestRise(pairs: [number, number][]): [number, number][] {
  const tails: number[] = [], previous: number[] = [];
  pairs.forEach(([, b], index) => {
    let low = 0, high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tails[middle]!]![1] < b) low = middle + 1;
      else high = middle;
    }
    previous[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  });
  const rise: [number, number][] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at]!) rise.push(pairs[at]!);
  return rise.reverse();
}

/** Adds the differences of one part; the whole part when they are too many to look for. */
function pushRegions(
  regions: ChangedRegion[],
  old: string[],
  now: string[],
  { before, after }: ChangedRegion,
): void {
  const [a, b] = [old.slice(before.from, before.to), now.slice(after.from, after.to)];
  if (a.length === 0 && b.length === 0) return;
  const changes = a.length > 0 && b.length > 0
    ? diffArrays(a, b, { maxEditLength: MAX_EDITS })
    : undefined;
  if (!changes) {
    regions.push({ before, after });
    return;
  }
  let [i, j] = [before.from, after.from], open: ChangedRegion | undefined;
  for (const { count = 0, added, removed } of changes) {
    if (!added && !removed) [i, j, open] = [i + count, j + count, undefined];
    else {
      if (!open) regions.push(open = { before: { from: i, to: i }, after: { from: j, to: j } });
      if (removed) open.before.to = i += count;
      else open.after.to = j += count;
    }
  }
}

/** Regions whose contexts touch share a hunk. */
function groupRegions(regions: ChangedRegion[]): ChangedRegion[][] {
  const groups: ChangedRegion[][] = [];
  for (const region of regions) {
    const last = groups.at(-1)?.at(-1);
    if (last && region.before.from - last.before.to <= 2 * CONTEXT) groups.at(-1)!.push(region);
    else groups.push([region]);
  }
  return groups;
}

function renderHunk(group: ChangedRegion[], old: string[], now: string[]): string {
  const [first, last] = [group[0]!, group.at(-1)!];
  const lead = Math.min(CONTEXT, first.before.from),
    tail = Math.min(CONTEXT, old.length - last.before.to);
  const before = { from: first.before.from - lead, to: last.before.to + tail };
  const after = { from: first.after.from - lead, to: last.after.to + tail };
  const lines: string[] = [`@@ -${rangeOf(before)} +${rangeOf(after)} @@\n`];
  let at = before.from;
  for (const region of group) {
    pushLines(lines, " ", old, at, region.before.from);
    pushLines(lines, "-", old, region.before.from, region.before.to);
    pushLines(lines, "+", now, region.after.from, region.after.to);
    at = region.before.to;
  }
  pushLines(lines, " ", old, at, before.to);
  return lines.join("");
}

/** `first,count`; an empty range stands after the line it names. */
function rangeOf({ from, to }: { from: number; to: number }): string {
  if (to - from === 1) return `${from + 1}`;
  return `${to === from ? from : from + 1},${to - from}`;
}

function pushLines(into: string[], mark: string, lines: string[], from: number, to: number): void {
  for (let index = from; index < to; index++) {
    const line = lines[index]!;
    into.push(mark, line, line.endsWith("\n") ? "" : "\n\\ No newline at end of file\n");
  }
}
