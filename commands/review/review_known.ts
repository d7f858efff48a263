import type { App } from "../../cli/app.ts";
import type { ReviewedFile, ReviewJob } from "../jobs.ts";
import type { FileRun } from "../on_files.ts";
import type { ReviewBaseline } from "./review_baseline.ts";
import { reviewRemembered } from "./watch/review_remembered.ts";

type Reviewed = { path: string; value: ReviewedFile };

/**
 * Reviews files without what is known of them. Two that came from one that is no more may both count
 * on its findings: the second is then reviewed again without those.
 */
export function reviewKnown(
  app: App,
  run: FileRun,
  jobs: ReviewJob[],
  baseline: ReviewBaseline | undefined,
): AsyncGenerator<Reviewed> {
  return baseline ? withoutKnown(app, run, jobs, baseline) : reviewRemembered(app, run, jobs);
}

async function* withoutKnown(
  app: App,
  run: FileRun,
  jobs: ReviewJob[],
  baseline: ReviewBaseline,
): AsyncGenerator<Reviewed> {
  const withKnown = jobs.map((job) => (
    { ...job, wantsFound: true, known: baseline.knownIn(job.path) }
  ));
  const byPath = new Map(withKnown.map((job) => [job.path, job]));
  for await (const file of reviewRemembered(app, run, withKnown)) {
    const job = byPath.get(file.path)!;
    if (baseline.settle(file.path, file.value, job.known)) yield file;
    else {
      const again = { ...job, known: baseline.knownIn(file.path) };
      for await (const { path, value } of reviewRemembered(app, run, [again])) {
        baseline.settle(path, value, again.known);
        yield { path, value };
      }
    }
  }
}
