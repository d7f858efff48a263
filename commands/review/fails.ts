import { SEVERITIES } from "../../analysis/issue.ts";
import type { ReviewedFile } from "./review_job.ts";
import type { ReviewFlags } from "./review_options.ts";

/** Whether a file makes the review's exit code 1: by what was found, or by what fixes would change. */
export function fails(
  { review, diff }: ReviewedFile,
  { failOn, minScore }: ReviewFlags,
): boolean {
  if (diff !== undefined) return true;
  if (minScore !== undefined && review.overall_score < minScore) return true;
  if (failOn === "never") return false;
  return SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1).some((s) => review.counts[s] > 0);
}
