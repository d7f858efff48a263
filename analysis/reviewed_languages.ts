import { FORMATTERS } from "./formatters.ts";
import { LANGUAGE_IDS, type LanguageId, languageOf, mayHaveShebang } from "./languages.ts";
import { LINTERS } from "./linters.ts";

/** What is done with files: they are reviewed, formatted or measured. */
export type Purpose = "review" | "format" | "measure";

const DONE: Record<Purpose, (id: LanguageId) => boolean> = {
  review: (id) => id === "python" || id in LINTERS,
  format: (id) => id === "python" || id in FORMATTERS,
  measure: (id) => id === "python",
};

/** The languages whose files devmcp can review, format or measure. */
export function languagesFor(purpose: Purpose): ReadonlySet<LanguageId> {
  return new Set(LANGUAGE_IDS.filter(DONE[purpose]));
}

/**
 * The language of a file that somebody named: one without an ending and a first line that tells is Python.
 *
 * @param start the beginning of its text
 */
export function languageOfNamed(path: string, start: string): LanguageId | undefined {
  const told = languageOf(path, start);
  return told ?? (mayHaveShebang(path) && !start.startsWith("#!") ? "python" : undefined);
}
