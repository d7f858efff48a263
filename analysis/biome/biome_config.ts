import type { Configuration, Diagnostic } from "@biomejs/wasm-nodejs";
import { parse } from "jsonc-parser";
import { posix } from "node:path";
import { nearestWords } from "../../config/nearest.ts";
import { ToolError } from "../../config/tool_error.ts";
import type { BiomeProject, BiomeWasm } from "./biome_wasm.ts";
import { fromEditorConfig } from "./biome_editorconfig.ts";
import { type Json, mergeConfigs } from "./biome_merge.ts";
import { turnOnRules } from "./biome_turn_on.ts";
import { isPath } from "../config_references.ts";
import { createByteOffsets } from "../text/byte_offsets.ts";
import type { EngineConfig, EngineSettings } from "../engine.ts";
import { createLineIndex } from "../text/line_index.ts";

/** What is configured for a file. */
export interface BiomeConfig {
  project: BiomeProject;
  /** Larger files are passed over. */
  maxBytes: number;
  /** Beside rules: sorting imports and the like, where the configuration asks for it. */
  assists: readonly "action"[];
  /** A file's path as Biome is to see it: absolute, with `/`. */
  pathOf(path: string): string;
}

/** Gives what a configuration says. @throws {ToolError} when it is broken */
export type BiomeConfigReader = (settings: EngineSettings) => BiomeConfig;

/** As in Biome: 1 MiB. */
const DEFAULT_MAX_BYTES = 1024 * 1024;
/** Configurations kept, those read first forgotten first. */
const MAX_KEPT = 32;

/** Reads configurations, each once. */
export function createBiomeConfigReader(engine: BiomeWasm): BiomeConfigReader {
  const byConfig = new WeakMap<EngineConfig, BiomeConfig>();
  const byText = new Map<string, BiomeConfig>();
  const read = (config: EngineConfig, turnOn: readonly string[]): BiomeConfig => {
    const key = JSON.stringify([config, turnOn]);
    const found = byText.get(key) ?? readConfig(engine, config, turnOn);
    if (byText.size >= MAX_KEPT) byText.delete(byText.keys().next().value!);
    byText.set(key, found);
    if (turnOn.length === 0) byConfig.set(config, found);
    return found;
  };
  return ({ config = NO_CONFIG, turnOn = [] }) =>
    (turnOn.length === 0 ? byConfig.get(config) : undefined) ?? read(config, turnOn);
}

const NO_CONFIG: EngineConfig = { path: "", text: "", root: "/", cwd: "/" };

function readConfig(
  engine: BiomeWasm,
  config: EngineConfig,
  turnOn: readonly string[],
): BiomeConfig {
  const cwd = slashed(config.cwd ?? "/");
  const root = config.path === "" ? "/" : rootOf(config);
  const said = config.path === "" ? {} : wholeConfig(engine, config);
  const configuration = turnOnRules(said, turnOn) as Configuration;
  const manifest = config.others?.find(({ path }) => baseName(path) === "package.json");
  return {
    project: {
      root,
      configuration,
      manifest: manifest && { path: `${rootOf(manifest)}/package.json`, text: manifest.text },
    },
    maxBytes: configuration.files?.maxSize ?? DEFAULT_MAX_BYTES,
    assists: configuration.assist?.actions ? ["action"] : [],
    pathOf: (path) => posix.resolve(cwd, slashed(path)),
  };
}

function rootOf({ root, path, cwd = "/" }: EngineConfig): string {
  const folder = root ?? posix.dirname(posix.resolve(slashed(cwd), slashed(path)));
  return slashed(folder).replace(/\/$/, "");
}

function baseName(path: string): string {
  return posix.basename(slashed(path));
}

/**
 * A configuration on top of what it extends. What those extend does not count, except that a nested
 * configuration may extend (`//`) the one above it, with all that belongs to that. Plugins would be
 * read from the disk: they are left out.
 */
function wholeConfig(engine: BiomeWasm, config: EngineConfig): Json {
  const own = parseConfig(engine, config);
  const { plugins: _plugins, extends: named = [], ...rest } = own;
  const bases = [named].flat().map((name) => extended(engine, config, String(name)));
  const whole = [...bases, rest].reduce(mergeConfigs, {}) as Record<string, Json>;
  const editors = config.others?.find(({ path }) => baseName(path) === ".editorconfig");
  return editors ? mergeConfigs(fromEditorConfig(editors.text), whole) : whole;
}

/** @throws {ToolError} when it is not there */
function extended(engine: BiomeWasm, config: EngineConfig, name: string): Json {
  const others = config.others ?? [];
  if (name === "//") return config.above ? wholeConfig(engine, config.above) : {};
  const path = posix.resolve(rootOf(config) || "/", slashed(name));
  const found = others.find((other) =>
    other.named === name || `${rootOf(other)}/${baseName(other.path)}` === path
  );
  if (!found) throw notExtended(config, name);
  const { extends: _extends, plugins: _plugins, root: _root, ...rest } = parseConfig(engine, found);
  return rest;
}

function notExtended({ path }: EngineConfig, name: string): ToolError {
  const hint = isPath(name)
    ? "correct `extends`"
    : "install the package, and see what its package.json exports";
  return new ToolError(
    `Cannot use ${JSON.stringify(path)}: it extends ${JSON.stringify(name)}, but it is not there`,
    { hint },
  );
}

/** `C:\a` as `/C:/a`. */
function slashed(path: string): string {
  const forward = path.replaceAll("\\", "/");
  return /^[A-Za-z]:\//.test(forward) ? `/${forward}` : forward;
}

/** A project without a configuration, in which configurations are looked at. */
const PLAIN: BiomeProject = { root: "/", configuration: {} };

/** Biome itself knows best what it takes, and says so of a file with this name. */
function parseConfig(engine: BiomeWasm, { path, text }: EngineConfig): Record<string, Json> {
  const name = path.endsWith(".jsonc") ? "/biome.jsonc" : "/biome.json";
  const found = engine.withFile(
    PLAIN,
    name,
    text,
    ({ workspace, file }) =>
      workspace.pullDiagnostics({ ...file, categories: ["syntax", "lint"] }).diagnostics,
  );
  const broken = found.find(isError);
  if (broken) throw refused(path, text, broken);
  return parse(text, [], { allowTrailingComma: true }) ?? {};
}

/** That its `$schema` is of another version is only information. */
function isError({ category, severity }: Diagnostic): boolean {
  return (category === "parse" || category === "deserialize") &&
    (severity === "error" || severity === "fatal");
}

function refused(path: string, text: string, problem: Diagnostic): ToolError {
  const unit = createByteOffsets(text)(problem.location.span?.[0] ?? 0);
  const line = createLineIndex(text).lineAt(unit);
  const reason = problem.description.replace(/\s*\n[^]*/, "").replace(/\.$/, "");
  const unknown = /^Found an unknown \w+ `(.*)`/.exec(reason)?.[1] ?? "";
  const [nearest] = nearestWords(unknown, knownWords(problem));
  return new ToolError(`Cannot use ${JSON.stringify(path)}: line ${line}: ${reason}`, {
    hint: nearest === undefined ? "correct the configuration of Biome" : `did you mean ${nearest}?`,
  });
}

/** The keys or values that Biome lists. */
function knownWords({ advices }: Diagnostic): string[] {
  return advices.advices.flatMap((advice) =>
    "list" in advice
      ? advice.list.map((markup) => markup.map(({ content }) => content).join(""))
      : []
  );
}
