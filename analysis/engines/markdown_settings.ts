import type { Configuration } from "markdownlint";
import { createPathPatterns } from "../text/path_patterns.ts";
import type { EngineConfig } from "../engine.ts";
import { readMarkdownFile, readMarkdownRules } from "./markdown_config.ts";

/** What is configured for a Markdown file. */
export interface MarkdownSettings {
  rules: Configuration;
  /** Whether comments in the file have no effect. */
  noInlineConfig: boolean;
  /** Whether a file is left out. */
  isIgnored(path: string): boolean;
}

/** What a `.markdownlint-cli2.*` says, as far as that is data. */
interface Options {
  file: EngineConfig;
  config?: Configuration;
  ignores: string[];
  noInlineConfig?: boolean;
}

const known = new WeakMap<EngineConfig, MarkdownSettings>();

/**
 * What the configuration files for a file say together, as markdownlint-cli2 takes them.
 *
 * @throws {ToolError} for what cannot be read
 */
export function readMarkdownSettings(config: EngineConfig | undefined): MarkdownSettings {
  if (!config) return { rules: { default: true }, noInlineConfig: false, isIgnored: () => false };
  const found = known.get(config) ?? readAll(config);
  known.set(config, found);
  return found;
}

function readAll(config: EngineConfig): MarkdownSettings {
  const own = config.path === "" || isOptions(config) ? undefined : config;
  const top = isOptions(config) ? config : config.others?.findLast(isOptions);
  const options = upFrom(top).map(readOptions);
  const ignores = options.map(({ file, ignores }) => createPathPatterns(file, ignores));
  return {
    rules: { default: true, ...chooseRules(upFrom(own), options) },
    noInlineConfig: options.find((one) => one.noInlineConfig !== undefined)?.noInlineConfig ??
      false,
    isIgnored: (path) => ignores.some((patterns) => patterns.match(path)),
  };
}

function isOptions({ path }: EngineConfig): boolean {
  return path.includes(".markdownlint-cli2.");
}

/** A file and those above it, the nearest first. */
function upFrom(config: EngineConfig | undefined): EngineConfig[] {
  return config ? [config, ...upFrom(config.above)] : [];
}

function readOptions(file: EngineConfig): Options {
  const { config, ignores, globs, noInlineConfig } = readMarkdownFile(file);
  const unwanted = textsOf(globs).filter((glob) => glob.startsWith("!"))
    .map((glob) => glob.slice(1));
  return {
    file,
    ...config !== undefined && config !== null && { config: readMarkdownRules(file, config) },
    // A folder stands for all that is in it.
    ignores: [...textsOf(ignores), ...unwanted].flatMap((one) => [one, `${one}/**`]),
    ...typeof noInlineConfig === "boolean" && { noInlineConfig },
  };
}

function textsOf(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
}

/**
 * The nearest `.markdownlint.*`; but a `config` of a `.markdownlint-cli2.*` in a folder further down,
 * or further up than the first of all these files and beside it, comes before. Such `config`s join.
 */
function chooseRules(files: EngineConfig[], options: Options[]): Configuration {
  const folders = new Set([...files, ...options.map(({ file }) => file)].map(folderOf));
  let joined: Configuration | undefined;
  const upward = [...folders].sort((a, b) => b.length - a.length);
  for (const folder of upward) {
    const said = options.find(({ file }) => folderOf(file) === folder)?.config;
    if (said) joined = { ...said, ...joined };
    const file = files.find((one) => folderOf(one) === folder);
    if (file && (!joined || folder === upward[0])) return readMarkdownRules(file);
  }
  return joined ?? {};
}

function folderOf({ root = "" }: EngineConfig): string {
  return root;
}
