import { basename, dirname } from "node:path";
import type { LanguageId } from "../../analysis/languages.ts";
import { inspectionSettings } from "../../tools/engine_settings.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { inspectionId } from "./inspection_id.ts";
import type { ReviewJob } from "./review_job.ts";

/** Gives the {@link inspectionId} of a job's file. */
export type InspectionIds = (job: ReviewJob, language: LanguageId) => Promise<string>;

/**
 * Of jobs that differ in their files only: what holds in a folder is found out once for each language.
 *
 * @param keep who looks
 */
export function createInspectionIds(
  workspace: Workspace,
  cwd: string,
  keep: string,
): InspectionIds {
  const folders = new Map<string, string>();
  return async (job, language) => {
    const folder = `${language} ${dirname(job.path)}`, known = folders.get(folder);
    const name = basename(job.path);
    if (known !== undefined) return known + name;
    const configured = await inspectionSettings(workspace, job.path, language);
    const id = inspectionId({ ...job, keep }, language, configured, cwd);
    // Where rules see all of a path, it stands there twice.
    if (id.endsWith(name) && !id.includes("\n")) folders.set(folder, id.slice(0, -name.length));
    return id;
  };
}
