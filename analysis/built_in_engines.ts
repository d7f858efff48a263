import type { Biome } from "./biome/biome.ts";
import type { EngineEntry, Formatter, Linter, LoadBytes } from "./engine.ts";
import { MARKDOWN_CONFIG_FILES } from "./engines/markdown_config_files.ts";
import { packageVersion } from "./package_version.ts";

const GOFMT_ABOUT = { name: "gofmt", version: packageVersion("@wasm-fmt/gofmt") };
const SHFMT_ABOUT = { name: "shfmt", version: packageVersion("@wasm-fmt/shfmt") };
const CLANG_ABOUT = { name: "clang-format", version: packageVersion("@wasm-fmt/clang-format") };

const BIOME_ABOUT = { name: "Biome", version: packageVersion("@biomejs/wasm-nodejs") };

/** JavaScript, TypeScript, JSX, JSON and CSS. */
export const BIOME: EngineEntry<Biome> = {
  ...BIOME_ABOUT,
  configFiles: ["biome.json", "biome.jsonc", ".biome.json", ".biome.jsonc"],
  async load(bytes: LoadBytes) {
    const [{ createBiome }, wasm, glue] = await Promise.all([
      import("./biome/biome.ts"),
      bytes("biome.wasm"),
      bytes("biome_glue.js"),
    ]);
    return createBiome(wasm, new TextDecoder().decode(glue), BIOME_ABOUT);
  },
};

/** Go. */
export const GOFMT: EngineEntry<Linter & Formatter> = {
  ...GOFMT_ABOUT,
  package: "@wasm-fmt/gofmt",
  configFiles: [],
  async load(bytes: LoadBytes) {
    const [{ createGofmt }, wasm] = await Promise.all([
      import("./engines/gofmt.ts"),
      bytes("gofmt.wasm"),
    ]);
    return createGofmt(wasm, GOFMT_ABOUT);
  },
};

/** Shell scripts. */
export const SHFMT: EngineEntry<Linter & Formatter> = {
  ...SHFMT_ABOUT,
  package: "@wasm-fmt/shfmt",
  configFiles: [".editorconfig"],
  async load(bytes: LoadBytes) {
    const [{ createShfmt }, wasm] = await Promise.all([
      import("./engines/shfmt.ts"),
      bytes("shfmt.wasm"),
    ]);
    return createShfmt(wasm, SHFMT_ABOUT);
  },
};

/** C and C++. */
export const CLANG_FORMAT: EngineEntry<Formatter> = {
  ...CLANG_ABOUT,
  configFiles: [".clang-format", "_clang-format"],
  async load(bytes: LoadBytes) {
    const [{ createClangFormat }, wasm] = await Promise.all([
      import("./engines/clang_format.ts"),
      bytes("clang-format.wasm"),
    ]);
    return createClangFormat(wasm, CLANG_ABOUT);
  },
};

const YAML_ABOUT = { name: "yaml", version: packageVersion("yaml") };
const TOML_ABOUT = { name: "smol-toml", version: packageVersion("smol-toml") };

/** YAML: its syntax, and keys that occur twice. */
export const YAML_SYNTAX: EngineEntry<Linter> = {
  ...YAML_ABOUT,
  configFiles: [],
  load: async () => (await import("./engines/yaml_syntax.ts")).createYamlSyntax(YAML_ABOUT),
};

/** TOML: its syntax. */
export const TOML_SYNTAX: EngineEntry<Linter> = {
  ...TOML_ABOUT,
  configFiles: [],
  load: async () => (await import("./engines/toml_syntax.ts")).createTomlSyntax(TOML_ABOUT),
};

const SQL_ABOUT = { name: "sql-formatter", version: packageVersion("sql-formatter") };

/** SQL. */
export const SQL_FORMATTER: EngineEntry<Linter & Formatter> = {
  ...SQL_ABOUT,
  configFiles: [".sql-formatter.json"],
  load: async () => (await import("./engines/sql_formatter.ts")).createSqlFormatter(SQL_ABOUT),
};

const MARKDOWN_ABOUT = { name: "markdownlint", version: packageVersion("markdownlint") };

/** Markdown. */
export const MARKDOWNLINT: EngineEntry<Linter> = {
  ...MARKDOWN_ABOUT,
  configFiles: MARKDOWN_CONFIG_FILES,
  load: async () => (await import("./engines/markdownlint.ts")).createMarkdownlint(MARKDOWN_ABOUT),
};
