import { BIOME, CLANG_FORMAT, GOFMT, SHFMT, SQL_FORMATTER } from "./built_in_engines.ts";
import type { EngineEntry, Formatter } from "./engine.ts";
import type { LanguageId } from "./languages.ts";

/**
 * Who lays a language out; Python has its own way, in format.ts. An engine's own module is imported
 * by `load` only.
 */
export const FORMATTERS: Partial<Record<LanguageId, EngineEntry<Formatter>>> = {
  javascript: BIOME,
  typescript: BIOME,
  tsx: BIOME,
  json: BIOME,
  jsonc: BIOME,
  css: BIOME,
  go: GOFMT,
  shell: SHFMT,
  c: CLANG_FORMAT,
  cpp: CLANG_FORMAT,
  sql: SQL_FORMATTER,
};
