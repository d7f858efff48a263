import { FORMATTERS } from "./formatters.ts";
import { LANGUAGE_IDS, type LanguageId, languageOf, mayHaveShebang } from "./languages.ts";
import { METERS } from "./metrics/meters.ts";
import { LINTERS } from "./linters.ts";

/** What is done with files: they are reviewed, formatted or measured. */
export type Purpose = "review" | "format" | "measure";

/** What Ruff and Python's own measures look at; the WebAssembly build of Ruff cannot lay out stubs. */
const PYTHON: Record<Purpose, readonly LanguageId[]> = {
  review: ["python", "stub", "notebook"],
  format: ["python", "notebook"],
  measure: ["python", "stub", "notebook"],
};
/** A review finds what linters find, and functions that are too complex. */
const TABLES: Record<Purpose, readonly object[]> = {
  review: [LINTERS, METERS],
  format: [FORMATTERS],
  measure: [METERS],
};

/** Whether Ruff and its configuration decide about a language. */
export function isRuffs(language: LanguageId): boolean {
  return PYTHON.review.includes(language);
}

/** Whether something is done for a language as for Python, or by an engine of the tables. */
export function isPythons(language: LanguageId, purpose: Purpose): boolean {
  return PYTHON[purpose].includes(language);
}

/** The languages whose files devmcp can review, format or measure. */
export function languagesFor(purpose: Purpose): ReadonlySet<LanguageId> {
  return new Set(
    LANGUAGE_IDS.filter((id) =>
      isPythons(id, purpose) || TABLES[purpose].some((table) => Object.hasOwn(table, id))
    ),
  );
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
