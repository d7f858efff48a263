import { resolve } from "node:path";
import type { InspectionSettings } from "../../analysis/inspect.ts";
import type { LanguageId } from "../../analysis/languages.ts";
import { turnedOn } from "../../analysis/rules/rule_choice.ts";
import { placeForPatterns } from "../../analysis/text/file_patterns.ts";
import { hashOf } from "../../config/hash_of.ts";
import type { ReviewJob } from "./review_job.ts";

/** The hashes of settings, which many files share. */
const hashes = new WeakMap<object, string>();

/**
 * Stands for all that decides what is found in a file, but its content: who looks, what is configured
 * for it, by flags and in files, and what rules may see of its path. That is the path beneath the
 * configuration that holds, so it does not matter from which folder of a project a review is started;
 * without any it is the path as it is given.
 *
 * @param configured by the project's own files
 * @param cwd where the path starts
 */
export function inspectionId(
  job: ReviewJob,
  language: LanguageId,
  configured: InspectionSettings,
  cwd: string,
): string {
  return `${settingsId(job, language, configured)} ${placeOf(job.path, configured, cwd)}`;
}

function settingsId(
  { styleGuide, select = [], ignore = [], limits, keep }: ReviewJob,
  language: LanguageId,
  { ruff, configs = {} }: InspectionSettings,
): string {
  const own = ruff ? [hashOfSettings(ruff), styleGuide, select, ignore] : turnedOn({ select });
  const others = Object.entries(configs).map(([name, config]) => [name, hashOfSettings(config)]);
  return hashOf(JSON.stringify([keep, language, own, others, limits])).slice(0, 32);
}

function placeOf(path: string, { ruff, configs = {} }: InspectionSettings, cwd: string): string {
  if (ruff) return placeForPatterns(ruff, path);
  return Object.keys(configs).length > 0 ? resolve(cwd, path) : path;
}

/** Where paths start, and what a configuration is called: the place of the file tells what matters of it. */
const PLACES = new Set(["cwd", "source"]);

function hashOfSettings(settings: object): string {
  const known = hashes.get(settings);
  if (known) return known;
  const isRuffs = "perFileIgnores" in settings;
  const hash = hashOf(JSON.stringify(settings, (key, value) => {
    if (PLACES.has(key)) return undefined;
    return isRuffs && key === "root" ? value !== null : value;
  }));
  hashes.set(settings, hash);
  return hash;
}
