import { type App, ClosedOutputError } from "../../../cli/app.ts";
import { reportError } from "../../../cli/errors.ts";
import { Rendered } from "../../../cli/review_writer.ts";
import { type HeldOutputs, holdOutputs, showRun, watchLine } from "../../../cli/watch_screen.ts";
import {
  type FolderWatch,
  watchFolders,
  WatchLimitError,
} from "../../../workspace/watch_folders.ts";
import { createCapabilities } from "../../capabilities.ts";
import { WITHOUT_WORKERS } from "../../on_files.ts";
import type { FileInput } from "../review_job.ts";
import { createReviewMemory } from "./review_memory.ts";
import { createSchedule } from "./schedule.ts";
import { warmUp } from "./warm_up.ts";
import { isOfConcern, judge, nothing } from "./watch_scope.ts";
import { WatchedPlaces, type WatchSubject } from "./watched_places.ts";
import type { Watching } from "./watching.ts";

/** One review, as without a watch. */
export type ReviewOnce = (app: App, watching: Watching) => Promise<void>;

/** So many files are reviewed sooner by engines that are loaded than workers load theirs. */
const HERE = 40;

/**
 * Reviews now, and again after each change, until a signal ends it.
 *
 * @throws {ToolError} when the first review could not be done, or not all can be watched
 */
export async function watchReview(
  review: ReviewOnce,
  subject: WatchSubject,
  app: App,
): Promise<void> {
  const { signal } = app;
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal.reason);
  signal.addEventListener("abort", stop);
  const folders = watchFolders();
  try {
    signal.throwIfAborted();
    const watch = new ReviewWatch(review, subject, app, folders);
    await Promise.race([watch.run(), stopped.promise]);
  } finally {
    signal.removeEventListener("abort", stop);
    folders.close();
  }
}

class ReviewWatch {
  readonly #review: ReviewOnce;
  readonly #app: App;
  readonly #folders: FolderWatch;
  readonly #places: WatchedPlaces;
  readonly #memory;
  readonly #rendered = new Rendered();
  /** What has changed since the last run began. */
  #pending = new Set<string>();
  /** Whether the next run may take nothing for granted. */
  #isFull = true;
  #inputs: FileInput[] = [];
  /** The app of the last run: what it has found out of the configuration still holds. */
  #last: App;
  /** What was shown last, without the time it took. */
  #shown?: string;
  #isWarm = false;

  constructor(review: ReviewOnce, subject: WatchSubject, app: App, folders: FolderWatch) {
    this.#review = review;
    this.#app = this.#last = app;
    this.#folders = folders;
    this.#places = new WatchedPlaces(subject, app, folders);
    this.#memory = createReviewMemory(app.cwd);
  }

  async run(): Promise<void> {
    await this.#places.open();
    const schedule = createSchedule((signal) => this.#runOnce(signal));
    const followed = this.#follow((count) => schedule.changed(count));
    schedule.begin();
    try {
      await Promise.race([schedule.failed, followed]);
    } finally {
      schedule.stop();
    }
  }

  async #follow(changed: (count: number) => void): Promise<void> {
    for await (const some of this.#folders.changes()) {
      const { scope } = this.#places;
      const paths = some === "lost" ? [] : some.map((path) => this.#places.named(path))
        .filter((path) => scope.inputs.has(path) || isOfConcern(path, scope));
      for (const path of paths) this.#pending.add(path);
      if (some === "lost") this.#isFull = true;
      changed(some === "lost" ? 1 : paths.length);
    }
  }

  async #runOnce(signal: AbortSignal): Promise<void> {
    const pending = this.#pending;
    this.#pending = new Set();
    const verdict = this.#isFull
      ? { ...nothing(), changed: pending }
      : judge(pending, this.#places.scope);
    const { changed } = verdict, isFull = this.#isFull || verdict.isFull;
    if (!isFull && changed.size === 0) return;
    this.#isFull = false;
    const held = holdOutputs(this.#app);
    const isDone = await this.#attempt(held, { changed, isFull, signal });
    if (!isDone) this.#isFull = true;
    if (signal.aborted && !isDone) return;
    this.#show(held, changed.size > 0);
    if (isDone && !this.#isWarm) this.#isWarm = await warmUp(this.#last, this.#inputs, signal);
  }

  /** @returns whether all went well */
  async #attempt(
    held: HeldOutputs,
    { changed, isFull, signal }: { changed: Set<string>; isFull: boolean; signal: AbortSignal },
  ): Promise<boolean> {
    const app = this.#last = this.#appOfRun(held, isFull, signal);
    try {
      const workspace = await app.openWorkspace(app.cwd);
      this.#memory.begin({ changed, isFull, workspace });
      if (isFull) await this.#places.lookAround();
      await this.#review(app, this.#watching(isFull));
      if (isFull) this.#settle();
      return true;
    } catch (error) {
      if (this.#app.signal.aborted || isFatal(error)) throw error;
      if (signal.aborted) return false;
      if (this.#shown === undefined) throw error;
      reportError(error, app);
      return false;
    }
  }

  /** What a configuration decides is found out anew, unless nothing but files' content has changed. */
  #appOfRun({ stdout, stderr }: HeldOutputs, isFull: boolean, signal: AbortSignal): App {
    const { cwd, env } = this.#app;
    const warn = async (warnings: string[]) =>
      (await import("../../../cli/warnings.ts")).writeWarnings(warnings, { stderr });
    return {
      ...this.#last,
      ...isFull && createCapabilities({ cwd, env, warn }),
      stdout,
      stderr,
      signal: AbortSignal.any([this.#app.signal, signal]),
      exitCode: 0,
    };
  }

  #watching(isFull: boolean): Watching {
    return {
      bar: this.#app.stderr,
      here: this.#isWarm ? HERE : WITHOUT_WORKERS,
      inputs: isFull ? undefined : this.#inputs,
      memory: this.#memory,
      rendered: this.#rendered,
      onFolder: (folder) => this.#places.see(folder),
      onInputs: (inputs) => this.#inputs = inputs,
      onSetting: (path) => this.#places.goBy(path),
    };
  }

  #settle(): void {
    this.#places.hold(this.#inputs);
    this.#places.settle();
    this.#memory.keep(new Set(this.#inputs.map(({ path }) => path)));
  }

  #show(held: HeldOutputs, isAlways: boolean): void {
    const text = held.text();
    const told = text.stdout + text.stderr.replace(/ in [\d.]+ m?s:/, "");
    if (!isAlways && told === this.#shown) return;
    this.#shown = told;
    showRun(this.#app, { ...text, stderr: text.stderr + watchLine(this.#inputs.length) });
  }
}

/** Nobody reads any more, or nothing more could be promised. */
function isFatal(error: unknown): boolean {
  return error instanceof ClosedOutputError || error instanceof WatchLimitError;
}
