import { fileFindings } from "../../analysis/baseline/baseline.ts";
import type { Inspection } from "../../analysis/inspection.ts";
import {
  type FileReview,
  limitIssues,
  type ReviewOptions,
  toReview,
} from "../../analysis/review.ts";
import { chosenIssues } from "../../analysis/rules/rule_choice.ts";
import type { ReviewedFile, ReviewJob } from "./review_job.ts";

/** Which findings count. */
export type ReviewScope = Pick<ReviewOptions, "known" | "change">;

/**
 * What a job tells of an inspection.
 *
 * @param advise adds what a model says
 */
export async function reviewedFile(
  looked: Inspection,
  job: ReviewJob,
  { known, change }: ReviewScope,
  advise: (found: FileReview) => FileReview | Promise<FileReview> = (found) => found,
): Promise<ReviewedFile> {
  const inspection = {
    ...looked,
    issues: chosenIssues(looked.issues, job),
    suppressed: chosenIssues(looked.suppressed ?? [], job),
  };
  const { focus, keepSuppressed } = job;
  const found = toReview(inspection, { focus, change, known, keepSuppressed, maxIssues: 0 });
  return {
    review: limitIssues(await advise(found), job.maxIssues),
    excerpts: job.excerpts ? inspection.excerpts : {},
    ...job.wantsFound && { found: fileFindings(inspection.issues) },
  };
}
