import type { Issue } from "./issue.ts";
import type { LanguageId } from "./languages.ts";

/** A text file as an engine sees it. */
export interface SourceText {
  /** Decides about rules per file; never opened. */
  path: string;
  language: LanguageId;
  text: string;
}

/** A file of settings that an engine has of its own: `biome.json`, `.clang-format`. */
export interface EngineConfig {
  /** Where it lies; never opened. Empty where there is none, but {@link EngineConfig.others}. */
  path: string;
  text: string;
  /** Its folder, absolute: for its patterns of paths. */
  root?: string;
  /** Where relative paths of files start, absolute. */
  cwd?: string;
  /** How what refers to it names it, where that is no path: `@org/settings/biome`. */
  named?: string;
  /** The next one further up, where it is a part of this one. */
  above?: EngineConfig;
  /** Files that belong to it: those it names, and those that tell of the project. */
  others?: readonly EngineConfig[];
}

/** What an engine is told beside the text. */
export interface EngineSettings {
  /** The nearest of its own configuration files. */
  config?: EngineConfig;
  /** Rules that are on where the configuration leaves them off, by their whole names. @default [] */
  turnOn?: readonly string[];
}

export interface Engine {
  /** As its makers write it: "Biome". */
  readonly name: string;
  readonly version: string;
}

/** Finds what is wrong in a text; that it cannot be parsed is an issue too. */
export interface Linter extends Engine {
  /** @throws {ToolError} when its configuration is broken */
  lint(source: SourceText, settings: EngineSettings): Issue[] | Promise<Issue[]>;
}

/** Lays a text out anew. */
export interface Formatter extends Engine {
  /**
   * @throws {ToolError} when the text cannot be parsed: with the line, and what to do; or when its
   * configuration is broken
   */
  format(source: SourceText, settings: EngineSettings): string | Promise<string>;
}

/** Gives the bytes of an embedded file. */
export type LoadBytes = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

/** Who lints or formats a language: all that is known of an engine before it is loaded. */
export interface EngineEntry<E extends Engine> {
  /** As its makers write it: "Biome". */
  name: string;
  /** Known before it is loaded, for the cache and `devmcp languages`; a test compares the two. */
  version: string;
  /** The package that the version is of, where its makers number theirs otherwise. */
  package?: string;
  /** The names of the files that configure it: the first of these in the file's folder or one above it holds. */
  configFiles: readonly string[];
  load(bytes: LoadBytes): Promise<E>;
}
