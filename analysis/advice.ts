import { compareIssues, isBroken, type Issue } from "./issue.ts";
import type { FileReview } from "./review.ts";
import { scoreOf } from "./score.ts";

/** What a model adds to the review of a file. */
export interface Advice {
  /** Its name; absent when it could not be asked. */
  model?: string;
  issues: Issue[];
  /** What the model was not shown, or why it was not asked: a sentence each. */
  notes: string[];
  /** Why the model did not review the file, or all of it; absent when it did. */
  missed?: string;
}

/**
 * The review with a model's advice after its own issues, which stay as they are and where they are.
 *
 * @param options.counts whether the advice counts like any other issue, in counts and score. @default false
 */
export function addAdvice(
  review: FileReview,
  { model, issues, notes, missed }: Advice,
  { counts = false }: { counts?: boolean } = {},
): FileReview {
  const advised: FileReview = {
    ...review,
    issues: [...review.issues, ...issues.toSorted(compareIssues)],
    ...model !== undefined && { model },
    ...notes.length > 0 && { model_notes: notes },
    ...missed !== undefined && { model_missed: missed },
  };
  return counts ? withCounted(advised, issues) : advised;
}

function withCounted(review: FileReview, more: Issue[]): FileReview {
  const counts = { ...review.counts };
  for (const { severity } of more) counts[severity]++;
  return { ...review, counts, overall_score: scoreOf(counts, !review.issues.some(isBroken)) };
}
