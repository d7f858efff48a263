import { type LanguageId, LANGUAGES } from "./languages.ts";

/** An engine that is built in. */
export interface BuiltInEngine {
  /** As its makers write it: "Ruff". */
  engine: string;
  version: string;
}

/** What is done for a language, and by which engine; what is absent is not done. */
export interface LanguageRow {
  language: LanguageId;
  lint?: BuiltInEngine;
  format?: BuiltInEngine;
  measure?: BuiltInEngine;
}

const RUFF: BuiltInEngine = { engine: "Ruff", version: "0.17.3" };
const TREE_SITTER: BuiltInEngine = { engine: "tree-sitter-python", version: "0.25.0" };

/** The languages that anything is done for. */
export const LANGUAGE_TABLE: readonly LanguageRow[] = [
  { language: "python", lint: RUFF, format: RUFF, measure: TREE_SITTER },
];

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
