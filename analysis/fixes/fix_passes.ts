import { applyGroups } from "./apply_edits.ts";
import { isBroken, type Issue } from "../issue.ts";

/** Rounds of linting and mending at most, as in Ruff; each mends what the one before made possible. */
const MAX_PASSES = 100;

/** A rule, and how many of its findings were mended. */
export interface FixedRule {
  rule: string;
  count: number;
}

/** What is mended in a text, and how. */
export interface FixPlan {
  /** The issues whose fixes are to be applied; called once for each text that a pass has left. */
  choose(issues: Issue[], text: string): Issue[];
  /** Applies the fixes that do not overlap, and says of which issues. @default on the text as it is */
  mend?(text: string, issues: readonly Issue[]): Mended;
}

export interface Mended {
  text: string;
  issues: Issue[];
}

/** What became of a text. */
export interface FixedText {
  text: string;
  /** By code. */
  applied: FixedRule[];
  /** Issues whose fixes would keep the text from being parsed. */
  dropped: Issue[];
  /** Rules whose fixes lead back to a text that was there before. */
  undoing: string[];
  /** Whether passes were over before fixes were. */
  unfinished: boolean;
}

/**
 * Applies fixes until nothing changes. It yields each text to look at and takes the issues found in
 * it, so that who looks may wait. A text that does not parse comes back as it is, and fixes that
 * together would break its syntax are left out.
 */
export function* createFixing(
  text: string,
  { choose, mend = mendText }: FixPlan,
): Generator<string, FixedText, Issue[]> {
  const counts = new Map<string, number>(), seen = new Set([text]);
  const end = (left: Partial<FixedText> = {}): FixedText => (
    { text, applied: sorted(counts), dropped: [], undoing: [], unfinished: false, ...left }
  );
  let issues = yield text;
  if (issues.some(isBroken) || !text.isWellFormed()) return end();
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const fixable = choose(issues, text);
    let mended = mend(text, fixable), next: Issue[] = [], dropped: Issue[] = [];
    if (mended.text !== text) next = yield mended.text;
    if (next.some(isBroken)) {
      const kept = yield* harmless(text, fixable, mend);
      dropped = fixable.filter((issue) => !kept.includes(issue));
      mended = mend(text, kept);
      if (mended.text !== text) next = yield mended.text;
    }
    if (mended.text === text) return end({ dropped });
    if (seen.has(mended.text)) return end({ dropped, undoing: rulesOf(mended.issues) });
    seen.add(mended.text);
    for (const { rule } of mended.issues) counts.set(rule, (counts.get(rule) ?? 0) + 1);
    [text, issues] = [mended.text, next];
  }
  return end({ unfinished: choose(issues, text).length > 0 });
}

function sorted(counts: Map<string, number>): FixedRule[] {
  return [...counts].map(([rule, count]) => ({ rule, count }))
    .sort((a, b) => a.rule < b.rule ? -1 : 1);
}

function rulesOf(issues: readonly Issue[]): string[] {
  return [...new Set(issues.map(({ rule }) => rule))].sort();
}

function mendText(text: string, issues: readonly Issue[]): Mended {
  const { text: mended, taken } = applyGroups(text, issues.map(({ fix }) => fix!.edits));
  return { text: mended, issues: issues.filter((_, index) => taken.has(index)) };
}

/**
 * The issues whose fixes keep the text parsable. Each fix alone does, or is dropped; together they
 * can empty a block. Halves again and again, so its depth is the logarithm of the issues.
 */
function* harmless(
  text: string,
  issues: Issue[],
  mend: NonNullable<FixPlan["mend"]>,
): Generator<string, Issue[], Issue[]> {
  const parses = function* (some: Issue[]): Generator<string, boolean, Issue[]> {
    const mended = mend(text, some).text;
    return mended === text || !(yield mended).some(isBroken);
  };
  if (issues.length === 0 || (yield* parses(issues))) return issues;
  if (issues.length === 1) return [];
  const middle = issues.length >> 1;
  const first = yield* harmless(text, issues.slice(0, middle), mend);
  const both = [...first, ...yield* harmless(text, issues.slice(middle), mend)];
  return (yield* parses(both)) ? both : first;
}
