import type { App } from "../../../cli/app.ts";
import type { FileRun } from "../../on_files.ts";
import { reviewCached } from "../review_cached.ts";
import type { ReviewedFile, ReviewJob } from "../review_job.ts";

type Reviewed = { path: string; value: ReviewedFile };

/** Reviews files in their order; in a watch, only those that what was found before does not hold for. */
export function reviewRemembered(
  app: App,
  run: FileRun,
  jobs: ReviewJob[],
): AsyncGenerator<Reviewed> {
  const memory = run.watching?.memory;
  return memory ? withMemory(memory, app, run, jobs) : reviewCached(app, run, jobs);
}

async function* withMemory(
  memory: NonNullable<FileRun["watching"]>["memory"],
  app: App,
  run: FileRun,
  jobs: ReviewJob[],
): AsyncGenerator<Reviewed> {
  const known: (ReviewedFile | undefined)[] = [];
  for (const job of jobs) known.push(await memory.get(job));
  const made = reviewCached(app, run, jobs.filter((_, index) => !known[index]));
  try {
    let next = await made.next();
    for (const [index, { path }] of jobs.entries()) {
      const value = known[index];
      if (value) yield { path, value };
      // One that could not be reviewed was told, and is left out.
      else if (!next.done && next.value.path === path) {
        memory.set(path, next.value.value);
        yield next.value;
        next = await made.next();
      }
    }
  } finally {
    await made.return(undefined);
  }
}
