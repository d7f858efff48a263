import { languageOfName } from "../../analysis/languages.ts";
import type { App } from "../../cli/app.ts";
import type { ReviewedFile, ReviewJob } from "./review_job.ts";
import { type FileRun, onFiles, WITHOUT_WORKERS } from "../on_files.ts";
import { isLarge } from "../job_place.ts";
import { type Lookup, openReviewCache, type ReviewCache } from "./review_cache.ts";

type Reviewed = { path: string; value: ReviewedFile };

/**
 * Reviews files in their order. What was found in the same file before is not looked for again; the
 * engines are loaded for the others only.
 */
export async function* reviewCached(
  app: App,
  run: FileRun,
  jobs: ReviewJob[],
): AsyncGenerator<Reviewed> {
  const cache = run.cache === false || !jobs.every(isKept) ? undefined : await openReviewCache(app);
  if (!cache) {
    preload(app, jobs);
    return yield* onFiles<ReviewedFile>(app, run, jobs);
  }
  try {
    yield* merge(app, run, cache, await cache.find(jobs));
  } finally {
    cache.close();
  }
}

/** A model may say something else each time, and fixes change the file. */
function isKept({ model = "off", fix }: ReviewJob): boolean {
  return model === "off" && !fix;
}

async function* merge(
  app: App,
  run: FileRun,
  cache: ReviewCache,
  lookups: Lookup[],
): AsyncGenerator<Reviewed> {
  const missing = lookups.filter(({ key }) => key === undefined).map(({ job }) => job);
  preload(app, missing);
  const made = onFiles<ReviewedFile>(app, run, missing);
  try {
    let next = missing.length > 0 ? made.next() : undefined;
    next?.catch(() => {}); // It is looked at when its turn comes.
    for (const lookup of lookups) {
      const { path } = lookup.job;
      if (lookup.key !== undefined) {
        const value = await cache.review(lookup);
        if (value) yield { path, value };
        else yield* onFiles<ReviewedFile>(app, run, [{ ...lookup.job, keep: undefined }]);
        continue;
      }
      const { value: file, done } = await next ?? { done: true };
      // One that could not be reviewed was told, and is left out.
      if (done || file?.path !== path) continue;
      const { kept: inspection, ...value } = file.value;
      cache.keep(lookup, inspection);
      yield { path, value };
      next = made.next();
      next.catch(() => {});
    }
    await next;
  } finally {
    await made.return(undefined);
  }
}

/**
 * The sooner the engines begin to load, the more of it is hidden behind reading the file. Many files
 * and large ones are reviewed by workers, which load their own. Who uses them sees the errors.
 */
function preload({ engines, cwd }: App, jobs: ReviewJob[]): void {
  const isPython = ({ path, language = languageOfName(path) }: ReviewJob) => language === "python";
  if (jobs.length > WITHOUT_WORKERS) return;
  if (!jobs.some((job) => isPython(job) && !isLarge(job, cwd))) return;
  engines.ruff().catch(() => {});
  engines.python().catch(() => {});
}
