import type { FileReview } from "../../analysis/review.ts";
import type { LineAt } from "../excerpt.ts";
import type { ReviewSummary } from "../review_summary.ts";

/**
 * What one format writes, in pieces: the header, a piece for each file as it comes, the footer. `""`
 * writes nothing. Nothing is kept but what the footer needs, and that is bounded.
 */
export interface Renderer {
  header?(): string;
  file(path: string, review: FileReview, lineAt: LineAt): string;
  /** A file that could not be reviewed; written at once, or with the footer. */
  problem?(path: string, message: string): string | void;
  footer?(summary: ReviewSummary): string;
}
