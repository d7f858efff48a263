import type { InspectionSettings } from "../../analysis/inspect.ts";
import type { LanguageId } from "../../analysis/languages.ts";
import { hashOf } from "../../config/hash_of.ts";
import type { ReviewJob } from "./review_job.ts";

/** The hashes of settings, which many files share. */
const hashes = new WeakMap<object, string>();

/**
 * Stands for all that decides what is found in a file, but its content: who looks, the file's name,
 * and what is configured for it, by flags and in files.
 *
 * @param configured by the project's own files
 */
export function inspectionId(
  { path, styleGuide, select = [], ignore = [], limits, keep }: ReviewJob,
  language: LanguageId,
  { ruff, configs = {} }: InspectionSettings,
): string {
  const own = ruff && [hashOfSettings(ruff), styleGuide, select, ignore];
  const others = Object.entries(configs).map(([name, config]) => [name, hashOfSettings(config)]);
  return hashOf(JSON.stringify([keep, path, language, own, others, limits]));
}

function hashOfSettings(settings: object): string {
  const hash = hashes.get(settings) ?? hashOf(JSON.stringify(settings));
  hashes.set(settings, hash);
  return hash;
}
