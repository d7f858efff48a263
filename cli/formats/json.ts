import type { FileReview } from "../../analysis/review.ts";
import { createJsonFiles } from "../json_files.ts";
import type { ReviewSummary } from "../review_summary.ts";
import type { Renderer } from "./renderer.ts";

/** Reviews as JSON, in pieces; each file has the fields of its review: `overall_score`, `issues`, … */
export function createReviewJson(): Renderer {
  const { header, file, problem, footer } = createJsonFiles();
  return {
    header,
    file: (path: string, { suppressed: _, ...review }: FileReview): string => file(path, review),
    problem,
    footer: (summary: ReviewSummary): string => footer(summary),
  };
}
