/** Longer words are not typing errors of anything we know. */
const MAX_LENGTH = 80;

/**
 * The candidates closest to `word` by restricted Damerau–Levenshtein distance, best first. Only those that
 * may be typing errors: they differ by at most a third of the longer word, and by three at most;
 * words of two letters not at all.
 *
 * @param limit candidates given at most. @default 3
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nearestWords } from "./nearest.ts";
 *
 * assert.deepEqual(nearestWords("reveiw", ["format", "review"]), ["review"]);
 * ```
 */
export function nearestWords(word: string, candidates: Iterable<string>, limit = 3): string[] {
  if (word.length > MAX_LENGTH) return [];
  const scored: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    const longer = Math.max(word.length, candidate.length);
    const allowed = Math.min(3, Math.floor(longer / 3));
    if (Math.abs(candidate.length - word.length) > allowed) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= allowed) scored.push({ candidate, distance });
  }
  scored.sort((a, b) => a.distance - b.distance);
  return scored.slice(0, limit).map(({ candidate }) => candidate);
}

/** `; did you mean "review"?`, or nothing when no candidate is close. */
export function suggestion(word: string, candidates: Iterable<string>): string {
  const [found] = nearestWords(word, candidates, 1);
  return found === undefined ? "" : `; did you mean "${found}"?`;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
