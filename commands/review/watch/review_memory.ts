import { resolve } from "node:path";
import { languageOfName } from "../../../analysis/languages.ts";
import { hashOf } from "../../../config/hash_of.ts";
import { inspectionSettings } from "../../../tools/engine_settings.ts";
import { fileState } from "../../../workspace/file_state.ts";
import type { Workspace } from "../../../workspace/workspace.ts";
import { inspectionId } from "../inspection_id.ts";
import type { ReviewedFile, ReviewJob } from "../review_job.ts";

/** What was found in files, between the runs of a watch. */
export interface ReviewMemory {
  /** A run begins. */
  begin(run: MemoryRun): void;
  /** What was found in a job's file, if that still holds; else what is found is awaited. */
  get(job: ReviewJob): Promise<ReviewedFile | undefined>;
  set(path: string, value: ReviewedFile): void;
  /** Forgets all files but these. */
  keep(paths: ReadonlySet<string>): void;
}

export interface MemoryRun {
  /** The files that have changed, absolute. */
  changed: ReadonlySet<string>;
  /** Whether anything else may have: then each file is looked at, as far as can be done without reading it. */
  isFull: boolean;
  workspace: Workspace;
}

interface Entry {
  /** Of the file, absolute. */
  place: string;
  /** Stands for all that decides what is told of the file; undefined where that cannot be seen. */
  mark: string | undefined;
  /** What the baseline knows of it. */
  known: string;
  value: ReviewedFile;
}

/** @param cwd absolute: where relative paths start */
export function createReviewMemory(cwd: string): ReviewMemory {
  return new Memory(cwd);
}

class Memory implements ReviewMemory {
  readonly #cwd: string;
  readonly #entries = new Map<string, Entry>();
  readonly #awaited = new Map<string, Omit<Entry, "value">>();
  #run!: MemoryRun;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  begin(run: MemoryRun): void {
    this.#run = run;
    this.#awaited.clear();
    for (const [path, { place }] of this.#entries) {
      if (run.changed.has(place)) this.#entries.delete(path);
    }
  }

  async get(job: ReviewJob): Promise<ReviewedFile | undefined> {
    const { path } = job, place = resolve(this.#cwd, path);
    const entry = this.#entries.get(path);
    const known = JSON.stringify([job.known ?? [], job.wantsFound ?? false]);
    if (entry?.known === known && !this.#run.isFull) return entry.value;
    const mark = await this.#markOf(job, place).catch(() => undefined);
    if (entry?.known === known && mark !== undefined && entry.mark === mark) return entry.value;
    this.#entries.delete(path);
    // What has changed just now may change again without looking different.
    const isSettled = job.bytes !== undefined || fileState(place) !== undefined;
    this.#awaited.set(path, { place, known, mark: isSettled ? mark : undefined });
  }

  set(path: string, value: ReviewedFile): void {
    const awaited = this.#awaited.get(path);
    const mayPass = value.review.issues.some(({ rule }) => rule === "analysis-failed");
    if (awaited && !mayPass) this.#entries.set(path, { ...awaited, value });
  }

  keep(paths: ReadonlySet<string>): void {
    for (const path of this.#entries.keys()) if (!paths.has(path)) this.#entries.delete(path);
  }

  async #markOf(job: ReviewJob, place: string): Promise<string | undefined> {
    const { path, bytes, known: _, ...rest } = job;
    const language = job.language ?? languageOfName(path);
    const state = bytes ? hashOf(bytes) : fileState(place, Infinity);
    if (!language || !state) return undefined;
    const configured = await inspectionSettings(this.#run.workspace, path, language);
    return JSON.stringify([state, inspectionId(job, language, configured, this.#cwd), rest]);
  }
}
