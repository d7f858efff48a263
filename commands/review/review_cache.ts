import { basename, dirname } from "node:path";
import { asEnginesCount } from "../../analysis/changed_lines.ts";
import { languageToWorkOn } from "../../analysis/language_to_work_on.ts";
import { type LanguageId, languageOfName } from "../../analysis/languages.ts";
import type { App } from "../../cli/app.ts";
import { hashOf } from "../../config/hash_of.ts";
import {
  type InspectionStore,
  type KnownFile,
  openInspectionStore,
} from "../../store/inspection_store.ts";
import { inspectionSettings } from "../../tools/engine_settings.ts";
import { absolutePath } from "../../workspace/absolute_path.ts";
import { fileState } from "../../workspace/file_state.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { inspectionId } from "./inspection_id.ts";
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

/** Written at once, so that other processes need not wait long. */
const BATCH = 500;
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
  const isEmpty = store.isEmpty();
  const idOf = createIds(workspace, cwd, keep);
  let files: Parameters<InspectionStore["put"]>[0] = [];
  let values: Parameters<InspectionStore["put"]>[1] = [];
  const flush = () => {
    if (files.length + values.length > 0) store.put(files, values);
    [files, values] = [[], []];
  };
  const noteFile = (id: string, job: ReviewJob, file: KnownFile) => {
    files.push([fileId(id, absolutePath(cwd, job.path)), file]);
    if (files.length >= BATCH) flush();
  };
  const look = async (job: ReviewJob): Promise<Lookup> => {
    const { path } = job;
    const place = absolutePath(cwd, path);
    const state = job.bytes ? undefined : fileState(place, now());
    const read = async () => job.bytes ?? await workspace.readBytes(path);
    const language = job.language ?? languageOfName(path) ??
      languageToWorkOn(path, await read(), "review");
    const id = await idOf(job, language);
    const missing = () => {
      job.keep = keep; // A copy of each would be half of what 100,000 files take.
      return { job, state, id };
    };
    if (isEmpty) return missing();
    const keyOf = (hash: string) => inspectionKey(id, hash);
    const file = state !== undefined && !job.change
      ? store.file(fileId(id, place), keyOf)
      : undefined;
    const isSame = file !== undefined && file.state === state;
    if (isSame && file.value !== undefined) {
      return { job, key: "", text: file.value };
    }
    const bytes = isSame ? undefined : await read();
    const hash = bytes ? hashOf(bytes) : file!.hash;
    const key = keyOf(hash);
    if (!store.has(key)) return missing();
    if (!isSame && state !== undefined) renewed.push([id, job, { state, hash }, key]);
    return { job: job.change ? withLines(job, bytes!) : job, key };
  };
  let renewed: [id: string, job: ReviewJob, file: KnownFile, key: string][] = [];
  return {
    async find(jobs) {
      const lookups: Lookup[] = [];
      store.beginReading();
      // Whatever is wrong with it is told by who works on it.
      for (const job of jobs) lookups.push(await look(job).catch(() => ({ job })));
      store.endReading();
      for (const [id, job, file, key] of renewed) {
        noteFile(id, job, { ...file, value: shortly(store.get(key)) });
      }
      renewed = [];
      return lookups;
    },
    async review({ job, key, text = key && store.get(key) }) {
      if (text === undefined) return undefined;
      return await reviewedFile(readInspection(text, job.excerpts), job, job);
    },
    keep({ job, id, state }, kept) {
      if (!kept || kept.id !== id) return;
      const { hash, text } = kept;
      values.push([inspectionKey(id, hash), text]);
      if (state !== undefined) noteFile(id, job, { state, hash, value: shortly(text) });
      if (values.length >= BATCH) flush();
    },
    close() {
      flush();
      store.close();
    },
  };
}

function fileId(id: string, place: string): string {
  return `${id} ${place}`;
}

function shortly(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= SHORT ? text : undefined;
}

/** The ids of files; what holds in a folder is found out once for each language. */
function createIds(workspace: Workspace, cwd: string, keep: string) {
  const folders = new Map<string, string>();
  return async (job: ReviewJob, language: LanguageId): Promise<string> => {
    const folder = dirname(job.path), known = folders.get(`${language} ${folder}`);
    if (known !== undefined) return known + basename(job.path);
    const configured = await inspectionSettings(workspace, job.path, language);
    const id = inspectionId({ ...job, keep }, language, configured, cwd);
    const name = basename(job.path);
    // Where rules see all of a path, it stands there twice.
    if (id.endsWith(name) && !id.includes("\n")) {
      folders.set(`${language} ${folder}`, id.slice(0, -name.length));
    }
    return id;
  };
}

/** Which lines count, as engines count them; in every encoding read here endings are those of ASCII. */
function withLines(job: ReviewJob, bytes: Uint8Array): ReviewJob {
  const text = new TextDecoder("latin1").decode(bytes);
  return { ...job, change: asEnginesCount(job.change!, text) };
}
