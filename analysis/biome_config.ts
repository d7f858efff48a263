import type { Configuration, Diagnostic } from "@biomejs/wasm-nodejs";
import { parse } from "jsonc-parser";
import { posix } from "node:path";
import { nearestWords } from "../config/nearest.ts";
import { ToolError } from "../config/tool_error.ts";
import type { BiomeProject, BiomeWasm } from "./biome_wasm.ts";
import { createByteOffsets } from "./byte_offsets.ts";
import type { EngineConfig, EngineSettings } from "./engine.ts";
import { createLineIndex } from "./line_index.ts";

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
  const known = new Map<string, BiomeConfig>();
  return ({ config }) => {
    const key = config ? `${config.path}\0${config.root}\0${config.text}` : "";
    const found = known.get(key);
    if (found) return found;
    const read = config ? readConfig(engine, config) : toConfig({}, "/", "/");
    if (known.size >= MAX_KEPT) known.delete(known.keys().next().value!);
    known.set(key, read);
    return read;
  };
}

function readConfig(engine: BiomeWasm, config: EngineConfig): BiomeConfig {
  const cwd = slashed(config.cwd ?? "/");
  const root = config.root === undefined
    ? posix.dirname(posix.resolve(cwd, slashed(config.path)))
    : slashed(config.root);
  return toConfig(parseConfig(engine, config), root, cwd);
}

/** `C:\a` as `/C:/a`. */
function slashed(path: string): string {
  const forward = path.replaceAll("\\", "/");
  return /^[A-Za-z]:\//.test(forward) ? `/${forward}` : forward;
}

function toConfig(configuration: Configuration, root: string, cwd: string): BiomeConfig {
  return {
    project: { root, configuration },
    maxBytes: configuration.files?.maxSize ?? DEFAULT_MAX_BYTES,
    assists: configuration.assist?.actions ? ["action"] : [],
    pathOf: (path) => posix.resolve(cwd, slashed(path)),
  };
}

/** A project without a configuration, in which configurations are looked at. */
const PLAIN: BiomeProject = { root: "/", configuration: {} };

/** Biome itself knows best what it takes, and says so of a file with this name. */
function parseConfig(engine: BiomeWasm, { path, text }: EngineConfig): Configuration {
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
