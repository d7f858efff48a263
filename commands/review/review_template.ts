import { showsSource, tellsSuppressed } from "../../cli/formats/formats.ts";
import type { FileInput, ReviewJob } from "./review_job.ts";
import { shownIssues } from "./review_output_options.ts";
import type { ReviewSettings } from "./review_settings.ts";
import type { ReviewWish } from "./review_wish.ts";

/** What the jobs of a review have in common: all but their files. */
export function reviewTemplate(
  flags: ReviewWish,
  settings: Omit<ReviewSettings, "servers">,
): Omit<ReviewJob, keyof FileInput> {
  return {
    kind: "review",
    ...settings,
    countsAdvice: flags.failOnModel,
    select: flags.select,
    ignore: flags.ignore,
    maxIssues: mostIssues(flags),
    ...flags.fix && { fix: { unsafe: flags.unsafeFixes ?? false, write: !flags.dryRun } },
    excerpts: flags.chosen.some(({ format }) => showsSource(format)),
    keepSuppressed: flags.chosen.some(({ format }) => tellsSuppressed(format)),
  };
}

/** As many as one of the formats shows, 0 for all; counting takes all. */
function mostIssues(flags: ReviewWish): number {
  const most = flags.chosen.map(({ format }) => shownIssues(flags, format));
  return flags.statistics || most.includes(0) ? 0 : Math.max(...most);
}
