import { dirname, isAbsolute, join, resolve } from "node:path";
import { requiredPython } from "../analysis/ruff/ruff_config_file.ts";
import type { RuffSettings } from "../analysis/ruff/ruff.ts";
import {
  DEFAULT_SETTINGS,
  parseRuffConfig,
  type RuffConfig,
  settingsFrom,
} from "../analysis/ruff/ruff_settings.ts";
import { ToolError } from "../config/tool_error.ts";
import { absolutePath } from "./absolute_path.ts";
import {
  ALL_FILES,
  type ConfigFiles,
  filesInside,
  foldersToList,
  isPackage,
} from "./config_files.ts";
import type { Boundary } from "./confine_path.ts";
import { modulesIn, packageOf } from "./first_party.ts";

/** Gives the settings that hold for a file, or for a folder whose path ends with a separator. */
export type RuffConfigFinder = (filePath: string) => Promise<RuffSettings>;

/** In one folder the first of these that has settings wins, as with Ruff. */
export const RUFF_CONFIG_NAMES = [".ruff.toml", "ruff.toml", "pyproject.toml"];
/** Files that may extend one another in a row. */
const MAX_EXTENDS = 16;

/**
 * Finds Ruff's settings as Ruff does: the nearest configuration above a file holds alone, and only
 * what it names with `extend` adds to it. The user's own configuration is left aside on purpose:
 * the same project gives the same result on every machine.
 *
 * Modules beside the configuration or the file's package are first-party imports. Folders are
 * looked at once; a finder belongs to one command or request.
 *
 * Within a boundary, nothing outside is read or listed: the search upward ends there, `extend`
 * and links that leave it are refused, and folders of `src` that do so are left out.
 *
 * @param cwd Absolute; where relative paths start
 */
export function createRuffConfigFinder(
  cwd: string,
  { boundary }: { boundary?: Boundary } = {},
): RuffConfigFinder {
  const search = new Search(cwd, boundary ? filesInside(boundary) : ALL_FILES);
  return (filePath) =>
    Promise.try(() => search.settingsIn(folderOf(absolutePath(cwd, filePath), filePath)));
}

function folderOf(path: string, asGiven: string): string {
  return /[/\\]$/.test(asGiven) || asGiven === "." ? path : dirname(path);
}

/** What was found on the way up from a folder. */
interface Project {
  settings: RuffSettings;
  /** Oldest Python, from the nearest pyproject.toml that says so. */
  targetVersion?: string;
}

class Search {
  readonly #cwd: string;
  readonly #files: ConfigFiles;
  readonly #projects = new Map<string, Project>();
  readonly #withPackages = new Map<string, RuffSettings>();
  readonly #folders = new Map<string, RuffSettings>();

  constructor(cwd: string, files: ConfigFiles) {
    this.#cwd = cwd;
    this.#files = files;
  }

  settingsIn(folder: string): RuffSettings {
    const settings = this.#folders.get(folder) ?? this.#lookIn(folder);
    this.#folders.set(folder, settings);
    return settings;
  }

  #lookIn(folder: string): RuffSettings {
    const { settings } = this.#projectOf(folder);
    const name = packageOf(folder, (folder) => isPackage(this.#files, folder));
    if (!name || firstParty(settings).includes(name)) return settings;
    const key = `${settings.source ?? ""}\0${settings.root ?? ""}\0${name}`;
    const known = this.#withPackages.get(key);
    if (known) return known;
    const added = withFirstParty(settings, [name]);
    this.#withPackages.set(key, added);
    return added;
  }

  /** Walks up to the first folder that is known or configured, and remembers it for those below. */
  #projectOf(folder: string): Project {
    const passed: string[] = [];
    let project: Project | undefined, targetVersion: string | undefined;
    for (let at = folder; !project; at = dirname(at)) {
      passed.push(at);
      project = this.#projects.get(at);
      if (project) break;
      targetVersion ??= readRequiredPython(this.#files, at);
      project = this.#readFolder(at, targetVersion);
      if (!project && this.#files.isTop(at)) project = this.#unconfigured(targetVersion);
    }
    for (const path of passed) this.#projects.set(path, project!);
    return project!;
  }

  #readFolder(folder: string, targetVersion: string | undefined): Project | undefined {
    for (const name of RUFF_CONFIG_NAMES) {
      const path = join(folder, name);
      const chain = this.#files.exists(path) ? readChain(this.#files, path) : undefined;
      if (chain) return { settings: this.#settingsOf(chain, path, targetVersion), targetVersion };
    }
  }

  #settingsOf(chain: RuffConfig[], path: string, targetVersion?: string): RuffSettings {
    const root = dirname(path);
    const source = this.#files.nameOf(path);
    const settings = settingsFrom(chain, { source, root, cwd: this.#cwd, targetVersion });
    const src = chain.findLast((config) => config.src)?.src ?? [".", "src"];
    return withFirstParty(settings, modulesIn(foldersToList(this.#files, root, src)));
  }

  #unconfigured(targetVersion: string | undefined): Project {
    const origin = { source: null, root: null, cwd: this.#cwd, targetVersion };
    const settings = targetVersion
      ? settingsFrom([], origin)
      : { ...DEFAULT_SETTINGS, cwd: this.#cwd };
    const modules = modulesIn(foldersToList(this.#files, this.#cwd, [".", "src"]));
    return { settings: withFirstParty(settings, modules), targetVersion };
  }
}

/** Adds modules that the sorting of imports puts with the project's own. */
function withFirstParty(settings: RuffSettings, modules: string[]): RuffSettings {
  const before = firstParty(settings);
  const all = [...new Set([...before, ...modules])].sort();
  if (all.length === before.length) return settings;
  const lint = settings.options.lint as Record<string, Record<string, unknown> | undefined>;
  const isort = { ...lint.isort, "known-first-party": all };
  return { ...settings, options: { ...settings.options, lint: { ...lint, isort } } };
}

function firstParty({ options }: RuffSettings): string[] {
  const { isort } = options.lint as { isort?: Record<string, unknown> };
  const known = isort?.["known-first-party"];
  return Array.isArray(known) ? known : [];
}

/** A configuration and those it extends, the most general first; undefined when it has none. */
function readChain(files: ConfigFiles, path: string): RuffConfig[] | undefined {
  const chain: RuffConfig[] = [], seen = new Set<string>();
  let at: string | undefined = path;
  while (at !== undefined) {
    if (seen.has(at) || seen.size >= MAX_EXTENDS) {
      throw extendsTooMuch(files.nameOf(path), files.nameOf(at), seen.has(at));
    }
    seen.add(at);
    const config = parseRuffConfig(files.read(at), files.nameOf(at));
    if (!config) {
      if (at === path) return undefined;
      break; // it extends a pyproject.toml that says nothing about Ruff
    }
    chain.unshift(at === path ? config : anchored(config, dirname(at)));
    const next: string | undefined = config.extend === undefined
      ? undefined
      : resolve(dirname(at), config.extend);
    if (next !== undefined && !files.admits(next)) throw extendsOutside(files.nameOf(at));
    at = next;
  }
  return chain;
}

/** Where it leads is not told, nor whether there is anything. */
function extendsOutside(name: string): ToolError {
  return new ToolError(`Cannot use ${JSON.stringify(name)}: its \`extend\` leaves the workspace`, {
    hint: "extend a file inside the workspace",
  });
}

function extendsTooMuch(path: string, at: string, loop: boolean): ToolError {
  const state = loop ? `${JSON.stringify(at)} extends itself` : "too many files extend one another";
  return new ToolError(`Cannot use ${JSON.stringify(path)}: ${state}`, {
    hint: "correct `extend`",
  });
}

/** Path patterns of an extended file start in its own folder; those of a name mean any folder. */
function anchored(config: RuffConfig, folder: string): RuffConfig {
  const anchor = (pattern: string): string => {
    if (pattern.startsWith("!")) return `!${anchor(pattern.slice(1))}`;
    return pattern.includes("/") && !isAbsolute(pattern) ? join(folder, pattern) : pattern;
  };
  const rules = (list: RuffConfig["extendPerFileIgnores"]) =>
    list.map(({ pattern, rules }) => ({ pattern: anchor(pattern), rules }));
  return {
    ...config,
    exclude: config.exclude?.map(anchor),
    extendExclude: config.extendExclude.map(anchor),
    perFileIgnores: config.perFileIgnores && rules(config.perFileIgnores),
    extendPerFileIgnores: rules(config.extendPerFileIgnores),
  };
}

function readRequiredPython(files: ConfigFiles, folder: string): string | undefined {
  const path = join(folder, "pyproject.toml");
  return files.exists(path) ? requiredPython(files.read(path)) : undefined;
}
