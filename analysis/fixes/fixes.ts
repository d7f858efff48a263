import { createFixing, type FixedRule } from "./fix_passes.ts";
import type { Fix, Issue } from "../issue.ts";
import type { Ruff, RuffSettings } from "../ruff/ruff.ts";

export { applyEdits } from "./apply_edits.ts";

export interface MendedCode {
  text: string;
  /** The rules that were mended, by code, and how often. */
  applied: FixedRule[];
}

/**
 * Applies the safe fixes of everything found in Python, until nothing is left to mend. Code that does
 * not parse comes back as it is, and fixes that together would break the syntax are left out.
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
  const choose = (issues: Issue[]) =>
    issues.filter((issue) => issue.fix && wanted(issue, issue.fix));
  const fixing = createFixing(text, { choose });
  let step = fixing.next();
  while (!step.done) step = fixing.next(ruff.lint(step.value, settings, fileName));
  return { text: step.value.text, applied: step.value.applied };
}
