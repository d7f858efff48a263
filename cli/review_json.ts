import type { FileReview } from "../analysis/review.ts";
import type { ReviewSummary } from "./review_summary.ts";
import { toJson } from "./sanitize.ts";

/**
 * Reviews as JSON, in pieces that are written one after the other: header, one chunk per file,
 * footer. Together they are
 *
 *     {"version":1,"files":[{"path":…,"overall_score":…,"issues":[…],…}],"summary":{…}}
 */
export function createReviewJson() {
  let separator = "\n";
  return {
    header: (): string => `{"version":1,"files":[`,
    file(path: string, review: FileReview): string {
      const chunk = `${separator}${toJson({ path, ...review })}`;
      separator = ",\n";
      return chunk;
    },
    footer: (summary: ReviewSummary): string => `\n],"summary":${toJson(summary)}}\n`,
  };
}
