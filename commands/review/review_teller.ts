import type { FileReview } from "../../analysis/review.ts";
import { lineKey } from "../../analysis/text/excerpts.ts";
import type { App } from "../../cli/app.ts";
import type { ReviewWriter } from "../../cli/review_writer.ts";
import type { ReviewBaseline } from "./review_baseline.ts";
import type { ReviewedFile } from "./review_job.ts";
import type { ReviewFlags } from "./review_options.ts";

/** Tells of a review: its findings, what fixes would change, or how the baseline is now. */
export interface ReviewTeller {
  file(path: string, file: ReviewedFile): void;
  /** After the last file. */
  end(): void | Promise<void>;
}

/** What a preview needs is loaded only where one is wanted. */
export async function chooseTeller(
  { updateBaseline, dryRun }: ReviewFlags,
  writer: ReviewWriter,
  baseline: ReviewBaseline | undefined,
  app: App,
): Promise<ReviewTeller> {
  if (updateBaseline) return { file() {}, end: () => baseline?.update() };
  if (!dryRun) return tellFindings(writer, baseline);
  const { createFixPreview } = await import("../../cli/fix_preview.ts");
  const preview = createFixPreview(app);
  return {
    file: (path, { review, diff, patch }) => preview.file(path, review, diff, patch),
    end: preview.end,
  };
}

function tellFindings(writer: ReviewWriter, baseline: ReviewBaseline | undefined): ReviewTeller {
  const told = new Set<string>();
  return {
    file: (path, { review, excerpts }) =>
      writer.file(path, withoutRepeats(review, told), (n, cell) => excerpts[lineKey(n, cell)]),
    end() {
      const mended = baseline?.mended() ?? 0;
      writer.end(mended > 0 ? { baseline_mended: mended } : {});
    },
  };
}

/** That no model could be asked is told with the first file; what is told of lines, with each. */
function withoutRepeats(review: FileReview, told: Set<string>): FileReview {
  const { model, model_missed: missed } = review;
  if (missed === undefined) return review;
  const isKnown = model === undefined && told.has(missed);
  told.add(missed);
  return isKnown ? { ...review, model_notes: undefined } : review;
}
