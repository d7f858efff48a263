import { dirname } from "node:path";
import { isExcluded } from "../analysis/text/file_patterns.ts";
import { LANGUAGE_IDS, type LanguageId } from "../analysis/languages.ts";
import type { Purpose } from "../analysis/reviewed_languages.ts";
import type { LoadedConfig } from "../config/config.ts";
import { nearestWords } from "../config/nearest.ts";
import { ToolError } from "../config/tool_error.ts";

const SECTIONS = { review: "code_review", format: "format", measure: "complexity" } as const;

/** What devmcp.yaml says of the files that are worked on. */
export interface ConfiguredFiles {
  /** Whether a file or folder found in a walk is left out. */
  isLeftOut(path: string): boolean;
  /** Languages that nothing is done for, even where a file is named. */
  languagesOff: ReadonlySet<LanguageId>;
}

/**
 * What a configuration says of files for one purpose.
 *
 * @param cwd absolute: where relative paths start, and patterns of the user's own file
 * @throws {ToolError} for a language that does not exist
 */
export function configuredFiles(
  { values, origins }: LoadedConfig,
  purpose: Purpose,
  cwd: string,
): ConfiguredFiles {
  const name = SECTIONS[purpose];
  const { exclude } = values[name];
  const origin = origins.get(`${name}.exclude`);
  const root = origin?.kind === "project" ? dirname(origin.file) : cwd;
  const patterns = { exclude, extendExclude: [], options: {}, root, cwd };
  const off = purpose === "format" ? values.format.languages_off.map(knownLanguage) : [];
  return { isLeftOut: (path) => isExcluded(patterns, path), languagesOff: new Set(off) };
}

function knownLanguage(name: string): LanguageId {
  const known = LANGUAGE_IDS.find((id) => id === name);
  if (known) return known;
  const [nearest] = nearestWords(name, LANGUAGE_IDS);
  throw new ToolError(`Cannot use format.languages_off: there is no language "${name}"`, {
    hint: nearest ? `did you mean ${nearest}?` : "`devmcp languages --json` lists their ids",
  });
}
