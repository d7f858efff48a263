import {
  BIOME,
  GOFMT,
  MARKDOWNLINT,
  SHFMT,
  SQL_FORMATTER,
  TOML_SYNTAX,
  YAML_SYNTAX,
} from "./built_in_engines.ts";
import type { EngineEntry, Linter } from "./engine.ts";
import type { LanguageId } from "./languages.ts";

/**
 * Who finds what is wrong in a language, besides what is measured; Python has its own way, in
 * inspect_python.ts. An engine's own module is imported by `load` only.
 */
export const LINTERS: Partial<Record<LanguageId, readonly EngineEntry<Linter>[]>> = {
  javascript: [BIOME],
  typescript: [BIOME],
  tsx: [BIOME],
  json: [BIOME],
  jsonc: [BIOME],
  css: [BIOME],
  go: [GOFMT],
  shell: [SHFMT],
  markdown: [MARKDOWNLINT],
  sql: [SQL_FORMATTER],
  yaml: [YAML_SYNTAX],
  toml: [TOML_SYNTAX],
};
