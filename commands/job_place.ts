import { resolve } from "node:path";
import { isCoreLost } from "../analysis/syntax/lost_core.ts";
import { fileSize } from "../workspace/file_size.ts";
import type { App } from "../cli/app.ts";
import { cannotFinish, type Job, type Outcome } from "./jobs.ts";
import { createPool, type Pool } from "./pool.ts";

/**
 * What a file may take of a processor's time: ten times what the 9 MB of typescript.js take, the
 * largest that a program is bundled into.
 */
const DEADLINE_MS = 30_000;
/** Files above this size are done where they can be given up; what is smaller is done soon. */
const LARGE_BYTES = 256 * 1024;

/** Workers for the jobs of files: one that dies or takes too long is the problem of its file alone. */
export function openWorkers(app: App, size: number): Pool<Job, Outcome<unknown>> {
  return createPool<Job, Outcome<unknown>>({
    size,
    workerUrl: app.workerUrl,
    signal: app.signal,
    failed: cannotFinish,
    deadlineMs: (job) => asksModel(job) ? Infinity : DEADLINE_MS,
  });
}

/** Whether a job has to be done in a worker, however few there are. */
export function needsWorker(job: Job, cwd: string): boolean {
  return isCoreLost() || isLarge(job, cwd) && !asksModel(job);
}

export function isLarge({ path, bytes }: Pick<Job, "path" | "bytes">, cwd: string): boolean {
  return (bytes?.length ?? fileSize(resolve(cwd, path)) ?? 0) > LARGE_BYTES;
}

/** Models take their time, and share what they have loaded. */
function asksModel(job: Job): boolean {
  return job.kind === "review" && (job.model ?? "off") !== "off";
}

/** One worker for single jobs; it starts with the first. */
export function createAside(app: App) {
  let workers: Pool<Job, Outcome<unknown>> | undefined;
  return {
    async run(job: Job): Promise<Outcome<unknown>> {
      workers ??= openWorkers(app, 1);
      for await (const outcome of workers.run([job])) return outcome;
      throw new Error("A pool gives an outcome for each job");
    },
    close: () => workers?.close(),
  };
}
