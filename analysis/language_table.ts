import type { Engine, EngineEntry } from "./engine.ts";
import { FORMATTERS } from "./formatters.ts";
import { LANGUAGE_IDS, type LanguageId, LANGUAGES } from "./languages.ts";
import { LINTERS } from "./linters.ts";
import { METERS } from "./metrics/meters.ts";
import { packageVersion } from "./package_version.ts";
import { isPythons } from "./reviewed_languages.ts";

/** An engine that is built in. */
export interface BuiltInEngine {
  /** As its makers write it: "Ruff"; a package's name where the version is the package's. */
  engine: string;
  version: string;
}

/** What is done for a language, and by which engines; what is empty is not done. */
export interface LanguageRow {
  language: LanguageId;
  lint: BuiltInEngine[];
  format: BuiltInEngine[];
  measure: BuiltInEngine[];
}

const RUFF = { engine: "Ruff", version: packageVersion("@astral-sh/ruff-wasm-nodejs") };
const TREE_SITTER = { engine: "tree-sitter-python", version: packageVersion("tree-sitter-python") };

/** The languages that anything is done for, from the tables that decide who does it. */
export const LANGUAGE_TABLE: readonly LanguageRow[] = LANGUAGE_IDS.map((language) => ({
  language,
  lint: isPythons(language, "review") ? [RUFF] : named(LINTERS[language]),
  format: isPythons(language, "format") ? [RUFF] : named(FORMATTERS[language]),
  measure: isPythons(language, "measure") ? [TREE_SITTER] : named(METERS[language]),
})).filter(({ lint, format, measure }) => lint.length + format.length + measure.length > 0);

type Entry = Pick<EngineEntry<Engine>, "name" | "version" | "package">;

function named(entries: Entry | readonly Entry[] = []): BuiltInEngine[] {
  return [entries].flat().map((entry) => {
    return { engine: entry.package ?? entry.name, version: entry.version };
  });
}

/** "Biome 2.5.3, tree-sitter-go 0.25.0"; empty for none. */
export function inWords(engines: readonly BuiltInEngine[]): string {
  return engines.map(({ engine, version }) => `${engine} ${version}`).join(", ");
}

/**
 * Rows of the language that a person names, by its id, title or an ending of its files, with a dot or
 * without; all rows where none is named.
 */
export function findLanguages(named?: string): readonly LanguageRow[] {
  if (named === undefined) return LANGUAGE_TABLE;
  const name = named.toLowerCase();
  return LANGUAGE_TABLE.filter(({ language }) => {
    const { title, extensions } = LANGUAGES[language];
    const names = [language, title.toLowerCase(), ...extensions];
    return names.includes(name) || names.includes(`.${name}`);
  });
}
