import { resolve } from "node:path";
import { asEnginesCount } from "../../analysis/changed_lines.ts";
import { languageToWorkOn } from "../../analysis/language_to_work_on.ts";
import { languageOfName } from "../../analysis/languages.ts";
import type { App } from "../../cli/app.ts";
import { hashOf } from "../../config/hash_of.ts";
import { type InspectionStore, openInspectionStore } from "../../store/inspection_store.ts";
import { inspectionSettings } from "../../tools/engine_settings.ts";
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
  /** The file's state before it is read; undefined where that says nothing. */
  state?: string;
  id?: string;
}

/** The inspections of earlier reviews. */
export interface ReviewCache {
  find(job: ReviewJob): Promise<Lookup>;
  /** The review of what was found; undefined when it is not kept any more. */
  review(lookup: Lookup): Promise<ReviewedFile | undefined>;
  keep(lookup: Lookup, kept: KeptInspection | undefined): void;
  /** Writes what is to be kept. */
  close(): void;
}

/** Written at once, so that other processes need not wait long. */
const BATCH = 500;

/** Opens the cache of the user; undefined where there can be none. */
export async function openReviewCache(app: App): Promise<ReviewCache | undefined> {
  const keep = whoLooks(app);
  const folder = reviewCacheFolder(app.env);
  const store = keep === undefined
    ? undefined
    : openInspectionStore({ folder, maxBytes: CACHE_BYTES });
  return store && createReviewCache(store, await app.openWorkspace(app.cwd), app.cwd, keep!);
}

/** @param keep who looks: all that is compiled into the program */
export function createReviewCache(
  store: InspectionStore,
  workspace: Workspace,
  cwd: string,
  keep: string,
): ReviewCache {
  const isEmpty = store.isEmpty();
  let files: Parameters<InspectionStore["put"]>[0] = [];
  let values: Parameters<InspectionStore["put"]>[1] = [];
  const flush = () => {
    if (files.length + values.length > 0) store.put(files, values);
    [files, values] = [[], []];
  };
  const look = async (given: ReviewJob): Promise<Lookup> => {
    const job = { ...given, keep }, { path } = job;
    const known = job.language ?? languageOfName(path);
    const place = resolve(cwd, path), state = job.bytes ? undefined : fileState(place);
    const read = async () => job.bytes ?? await workspace.readBytes(path);
    const language = known ?? languageToWorkOn(path, await read(), "review");
    const id = inspectionId(job, language, await inspectionSettings(workspace, path, language));
    if (isEmpty) return { job, state, id };
    const file = state !== undefined && !job.change ? store.file(`${id} ${place}`) : undefined;
    const isSame = file !== undefined && file.state === state;
    const bytes = isSame ? undefined : await read();
    const hash = bytes ? hashOf(bytes) : file!.hash;
    const key = inspectionKey(id, hash);
    if (!store.has(key)) return { job, state, id };
    if (!isSame && state !== undefined) files.push([`${id} ${place}`, { state, hash }]);
    return { job: job.change ? withLines(job, bytes!) : job, state, id, key };
  };
  return {
    // Whatever is wrong with it is told by who works on it.
    find: (job) => look(job).catch(() => ({ job })),
    async review({ job, key }) {
      const text = key === undefined ? undefined : store.get(key);
      if (text === undefined) return undefined;
      return await reviewedFile(readInspection(text, job.excerpts), job, job);
    },
    keep({ job, id, state }, kept) {
      if (!kept || kept.id !== id) return;
      const { hash, text } = kept;
      values.push([inspectionKey(id, hash), text]);
      const place = resolve(cwd, job.path);
      if (state !== undefined) files.push([`${id} ${place}`, { state, hash }]);
      if (values.length >= BATCH) flush();
    },
    close() {
      flush();
      store.close();
    },
  };
}

/** Which lines count, as engines count them; in every encoding read here endings are those of ASCII. */
function withLines(job: ReviewJob, bytes: Uint8Array): ReviewJob {
  const text = new TextDecoder("latin1").decode(bytes);
  return { ...job, change: asEnginesCount(job.change!, text) };
}
