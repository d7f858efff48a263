import { asEnginesCount } from "../../analysis/changed_lines.ts";
import { languageToWorkOn } from "../../analysis/language_to_work_on.ts";
import { languageOfName } from "../../analysis/languages.ts";
import type { App } from "../../cli/app.ts";
import { hashOf } from "../../config/hash_of.ts";
import {
  type InspectionStore,
  type KnownFile,
  openInspectionStore,
} from "../../store/inspection_store.ts";
import { absolutePath } from "../../workspace/absolute_path.ts";
import { fileState } from "../../workspace/file_state.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { InspectionBatch } from "./inspection_batch.ts";
import { createInspectionIds, type InspectionIds } from "./inspection_ids.ts";
import type { ReviewedFile, ReviewJob } from "./review_job.ts";
import { inspectionKey, type KeptInspection, readInspection } from "./kept_inspection.ts";
import { CACHE_BYTES, reviewCacheFolder, whoLooks } from "./review_cache_place.ts";
import { reviewedFile } from "./reviewed_file.ts";

/** A job, and what is known of its file. */
export interface Lookup {
  job: ReviewJob;
  /** Where its inspection is kept; undefined when it has to be made. */
  key?: string;
  /** What is kept there, where it is short. */
  text?: string;
  /** The file's state before it is read; undefined where that says nothing. */
  state?: string;
  id?: string;
}

/** The inspections of earlier reviews. */
export interface ReviewCache {
  /** @param jobs that differ in their files only; those that are to bring what is to be kept are told so */
  find(jobs: readonly ReviewJob[]): Promise<Lookup[]>;
  /** The review of what was found; undefined when it is not kept any more. */
  review(lookup: Lookup): Promise<ReviewedFile | undefined>;
  keep(lookup: Lookup, kept: KeptInspection | undefined): void;
  /** Writes what is to be kept. */
  close(): void;
}

/** What is kept with the file's state too: of files in which little is found, in characters. */
const SHORT = 600;

/** Opens the cache of the user; undefined where there can be none. */
export async function openReviewCache(app: App): Promise<ReviewCache | undefined> {
  const keep = whoLooks(app);
  const folder = reviewCacheFolder(app.env);
  const store = keep === undefined
    ? undefined
    : openInspectionStore({ folder, maxBytes: CACHE_BYTES });
  return store && createReviewCache(store, await app.openWorkspace(app.cwd), app.cwd, keep!);
}

/**
 * @param keep who looks: all that is compiled into the program
 * @param now milliseconds since 1970
 */
export function createReviewCache(
  store: InspectionStore,
  workspace: Workspace,
  cwd: string,
  keep: string,
  now: () => number = Date.now,
): ReviewCache {
  return new StoredReviews(store, workspace, cwd, keep, now);
}

/** A file that has another state than before, but a content that is known. */
interface Renewed {
  id: string;
  job: ReviewJob;
  file: KnownFile;
  key: string;
}

class StoredReviews implements ReviewCache {
  readonly #store: InspectionStore;
  readonly #workspace: Workspace;
  readonly #cwd: string;
  readonly #keep: string;
  readonly #now: () => number;
  readonly #isEmpty: boolean;
  readonly #idOf: InspectionIds;
  readonly #batch: InspectionBatch;
  #renewed: Renewed[] = [];

  constructor(
    store: InspectionStore,
    workspace: Workspace,
    cwd: string,
    keep: string,
    now: () => number,
  ) {
    this.#store = store;
    this.#workspace = workspace;
    this.#cwd = cwd;
    this.#keep = keep;
    this.#now = now;
    this.#isEmpty = store.isEmpty();
    this.#idOf = createInspectionIds(workspace, cwd, keep);
    this.#batch = new InspectionBatch(store);
  }

  async find(jobs: readonly ReviewJob[]): Promise<Lookup[]> {
    const lookups: Lookup[] = [];
    this.#store.beginReading();
    // Whatever is wrong with it is told by who works on it.
    for (const job of jobs) lookups.push(await this.#look(job).catch(() => ({ job })));
    this.#store.endReading();
    for (const { id, job, file, key } of this.#renewed) {
      this.#noteFile(id, job, { ...file, value: shortly(this.#store.get(key)) });
    }
    this.#renewed = [];
    return lookups;
  }

  async review(
    { job, key, text = key && this.#store.get(key) }: Lookup,
  ): Promise<ReviewedFile | undefined> {
    if (text === undefined) return undefined;
    return await reviewedFile(readInspection(text, job.excerpts), job, job);
  }

  keep({ job, id, state }: Lookup, kept: KeptInspection | undefined): void {
    if (!kept || kept.id !== id) return;
    const { hash, text } = kept;
    this.#batch.addValue(inspectionKey(id, hash), text);
    if (state !== undefined) this.#noteFile(id, job, { state, hash, value: shortly(text) });
  }

  close(): void {
    this.#batch.flush();
    this.#store.close();
  }

  async #look(job: ReviewJob): Promise<Lookup> {
    const { path } = job, place = absolutePath(this.#cwd, path);
    const state = job.bytes ? undefined : fileState(place, this.#now());
    const read = async () => job.bytes ?? await this.#workspace.readBytes(path);
    const language = job.language ?? languageOfName(path) ??
      languageToWorkOn(path, await read(), "review");
    const id = await this.#idOf(job, language);
    if (this.#isEmpty) return this.#missing(job, id, state);
    const file = job.change ? undefined : this.#unchanged(id, place, state);
    if (file?.value !== undefined) return { job, key: "", text: file.value };
    const bytes = file ? undefined : await read();
    const hash = file ? file.hash : hashOf(bytes!), key = inspectionKey(id, hash);
    if (!this.#store.has(key)) return this.#missing(job, id, state);
    if (!file && state !== undefined) this.#renewed.push({ id, job, file: { state, hash }, key });
    return { job: job.change ? withLines(job, bytes!) : job, key };
  }

  /** Undefined for a file that may be another one than was read before. */
  #unchanged(id: string, place: string, state: string | undefined): KnownFile | undefined {
    if (state === undefined) return undefined;
    const file = this.#store.file(fileId(id, place), (hash) => inspectionKey(id, hash));
    return file?.state === state ? file : undefined;
  }

  #missing(job: ReviewJob, id: string, state: string | undefined): Lookup {
    job.keep = this.#keep; // A copy of each would be half of what 100,000 files take.
    return { job, state, id };
  }

  #noteFile(id: string, job: ReviewJob, file: KnownFile): void {
    this.#batch.addFile(fileId(id, absolutePath(this.#cwd, job.path)), file);
  }
}

function fileId(id: string, place: string): string {
  return `${id} ${place}`;
}

function shortly(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= SHORT ? text : undefined;
}

/** Which lines count, as engines count them; in every encoding read here endings are those of ASCII. */
function withLines(job: ReviewJob, bytes: Uint8Array): ReviewJob {
  const text = new TextDecoder("latin1").decode(bytes);
  return { ...job, change: asEnginesCount(job.change!, text) };
}
