import type { FileReview } from "../../analysis/review.ts";
import type { ReviewSummary } from "../review_summary.ts";
import { toJson } from "../sanitize.ts";
import type { Renderer } from "./renderer.ts";

/**
 * A JSON object a line, its kind told by `type`: a `finding` with its `path`, as soon as it is known;
 * `fixed` for what was mended in a file, and why something was not; a `problem` for a file that could not be reviewed; last the `summary`.
 */
export function createJsonl(): Renderer {
  return {
    file: (path: string, { issues, fixed, fix_notes }: FileReview): string =>
      (fixed || fix_notes ? line({ type: "fixed", path, fixed, fix_notes }) : "") +
      issues.map((issue) => line({ type: "finding", path, ...issue })).join(""),
    problem: (path: string, message: string): string => line({ type: "problem", path, message }),
    footer: (summary: ReviewSummary): string => line({ type: "summary", version: 1, ...summary }),
  };
}

function line(value: object): string {
  return `${toJson(value)}\n`;
}
