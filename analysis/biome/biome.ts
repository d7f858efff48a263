import type { Diagnostic, RuleCategories } from "@biomejs/wasm-nodejs";
import { messageOf } from "../../config/message_of.ts";
import { ToolError } from "../../config/tool_error.ts";
import {
  type BiomeConfig,
  type BiomeConfigReader,
  createBiomeConfigReader,
} from "./biome_config.ts";
import { toIssues } from "./biome_issues.ts";
import { type BiomeWasm, createBiomeWasm, type Feature } from "./biome_wasm.ts";
import { pluginsLeftOut } from "./biome_plugins.ts";
import { formatOrSay, refuseHalfPairs, unparsable } from "../engines/cannot_format.ts";
import type { EngineSettings, Formatter, Linter, SourceText } from "../engine.ts";
import { EngineTrap, isTrap } from "../engines/engine_trap.ts";
import { failedAnalysis } from "../failed_analysis.ts";
import type { Issue } from "../issue.ts";
import type { LanguageId } from "../languages.ts";

/** Biome: a linter and formatter of JavaScript, TypeScript, JSX, JSON and CSS. */
export type Biome = Linter & Formatter;

const BOM = "\ufeff";

/** Builds the engine from its embedded parts. */
export function createBiome(
  wasm: Uint8Array<ArrayBuffer>,
  glue: string,
  about: { name: string; version: string },
): Biome {
  // On other threads only it takes twice as long: this one helps them.
  return openBiome(createBiomeWasm(new WebAssembly.Module(wasm), glue), about);
}

/** The engine over its WebAssembly. */
export function openBiome(engine: BiomeWasm, about: { name: string; version: string }): Biome {
  const tools: Tools = { engine, readConfig: createBiomeConfigReader(engine) };
  return {
    ...about,
    lint: (source, settings) => lint(tools, source, settings),
    format: (source, settings) => {
      refuseHalfPairs(source.text);
      return formatOrSay(() => format(tools, source, settings));
    },
  };
}

interface Tools {
  engine: BiomeWasm;
  readConfig: BiomeConfigReader;
}

/** A file as Biome is asked about it. */
interface Task {
  config: BiomeConfig;
  /** Absolute, with `/`, and an ending that Biome knows. */
  path: string;
  /** Without a byte order mark: it has no column. */
  text: string;
  support: string;
}

function prepare(
  { engine, readConfig }: Tools,
  source: SourceText,
  settings: EngineSettings,
  feature: Feature,
): Task {
  const config = readConfig(settings);
  const text = source.text.startsWith(BOM) ? source.text.slice(BOM.length) : source.text;
  const task = (path: string): Task => {
    return { config, path, text, support: engine.support(config.project, path, feature) };
  };
  const plain = task(config.pathOf(source.path));
  if (plain.support !== "fileNotSupported") return plain;
  return task(plain.path + ENDINGS[source.language]);
}

/** For files whose names do not tell Biome what they are: programs without an ending, GeoJSON. */
const ENDINGS: Partial<Record<LanguageId, string>> = {
  javascript: ".js",
  typescript: ".ts",
  tsx: ".tsx",
  json: ".json",
  jsonc: ".jsonc",
  css: ".css",
};

/** What the configuration leaves out, and files that programs write: package-lock.json. */
function isLeftOut({ support }: Task): boolean {
  return support === "ignored" || support === "protected" || support === "fileNotSupported";
}

function lint(tools: Tools, source: SourceText, settings: EngineSettings): Issue[] {
  try {
    const task = prepare(tools, source, settings, "lint");
    if (isLeftOut(task)) return [];
    if (isTooLarge(task)) return [tooLarge(task)];
    const found = toIssues(check(tools, task), task.text);
    return [...found, ...pluginsLeftOut(task.path, task.text)];
  } catch (error) {
    if (error instanceof EngineTrap) return [failedAnalysis(describeTrap(error))];
    throw error;
  }
}

function check({ engine }: Tools, { config, path, text, support }: Task): Diagnostic[] {
  const rules = support === "supported" ? ["lint", ...config.assists] as const : [];
  const categories: RuleCategories = ["syntax", ...rules];
  return engine.withFile(config.project, path, text, ({ workspace, file }) => {
    const pull = (includeCodeFix: boolean) =>
      workspace.pullDiagnostics({ ...file, categories, includeCodeFix }).diagnostics;
    if (text.length <= SMALL) return pull(true);
    const found = pull(false);
    const fixable = found.filter(({ tags }) => tags.includes("fixable")).length;
    return fixable > 0 && fixable * text.length <= MAX_COMPARED ? pull(true) : found;
  });
}

/**
 * For every fix Biome compares the whole text before and after it: 1.9 s of the 2 that 85 kB of
 * minified code take. So in larger files than this, in UTF-16 units, it is first seen how many there
 * are, and fixes are left out where that is too much to compare.
 */
const SMALL = 16 * 1024;
/** Some 300 ms. */
const MAX_COMPARED = 12_000_000;

function describeTrap(trap: EngineTrap): string {
  return trap.tooDeep
    ? "This file is nested too deeply to analyse"
    : `This file cannot be analysed: Biome failed (${trap.message})`;
}

/** Biome itself passes over what is larger than `files.maxSize`. */
function isTooLarge({ text, config: { maxBytes } }: Task): boolean {
  return text.length > maxBytes ||
    text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes;
}

function tooLarge({ config: { maxBytes } }: Task): Issue {
  const start = { line: 1, column: 1 };
  return {
    severity: "info",
    category: "maintainability",
    message: `This file is not checked: it is larger than files.maxSize, ${maxBytes} bytes`,
    rule: "file-too-large",
    ...start,
    end: start,
    wholeFile: true,
  };
}

function format(tools: Tools, source: SourceText, settings: EngineSettings): string {
  const task = prepare(tools, source, settings, "format");
  const { config, path, text, support } = task;
  if (support !== "supported") return source.text;
  if (isTooLarge(task)) {
    throw new ToolError(`Cannot format the code: it is larger than ${config.maxBytes} bytes`, {
      hint: "raise files.maxSize in biome.json, or leave the file out",
    });
  }
  const formatted = tools.engine.withFile(config.project, path, text, ({ workspace, file }) => {
    try {
      return workspace.formatFile(file).code as string;
    } catch (error) {
      if (isTrap(error)) throw error;
      const found = workspace.pullDiagnostics({ ...file, categories: ["syntax"] }).diagnostics;
      throw refused(toIssues(found, text), error);
    }
  });
  return source.text.slice(0, source.text.length - text.length) + formatted;
}

function refused([first]: Issue[], cause: unknown): ToolError {
  if (first?.rule === "syntax-error") return unparsable(first);
  const [reason] = messageOf(cause).split("\n", 1);
  return new ToolError(`Cannot format the code: ${reason}`, { cause });
}
