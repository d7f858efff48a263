import type { Severity } from "./issue.ts";

/** What one issue of each severity costs. */
const PENALTIES: Record<Severity, number> = { critical: 20, major: 5, minor: 1, info: 0.2 };

/** The penalty that halves the score. */
const HALVING_PENALTY = 40;

/**
 * The score of a file, an integer from 0 to 100: ⌊100 · 40 / (40 + P)⌋, where P is the sum of
 * {@link PENALTIES} over all issues. 100 means no issue at all. A file that does not parse scores
 * 0, since nothing else about it is known. P never grows when an issue is mended, so the score
 * never falls; the length of the file plays no part, or deleting good lines could change it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { scoreOf } from "./score.ts";
 *
 * assert.equal(scoreOf({ critical: 1, major: 0, minor: 20, info: 0 }, true), 50);
 * ```
 */
export function scoreOf(counts: Record<Severity, number>, parses: boolean): number {
  if (!parses) return 0;
  let penalty = 0;
  for (const severity of Object.keys(PENALTIES) as Severity[]) {
    penalty += PENALTIES[severity] * counts[severity];
  }
  return Math.floor(100 * HALVING_PENALTY / (HALVING_PENALTY + penalty));
}
