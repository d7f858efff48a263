import { dirname, join, resolve } from "node:path";
import { companionsOf, isPath, referencesOf } from "../analysis/config_references.ts";
import type { EngineConfig } from "../analysis/engine.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ConfigFiles } from "./config_files.ts";
import { findPackageFile } from "./package_file.ts";

/** Gives the nearest of some configuration files in the folder of a file or above it. */
export type EngineConfigFinder = (
  path: string,
  names: readonly string[],
) => EngineConfig | undefined;

/** Larger configuration is refused: 1 MiB. */
const MAX_CONFIG_LENGTH = 1024 * 1024;
/** Files that extend one another. */
const MAX_DEPTH = 8;

/**
 * Finds the engines' own configuration files, with what they refer to. In one folder the first name
 * wins. Each folder is looked at once; a finder belongs to one command or request.
 *
 * @param cwd Absolute; where relative paths start
 */
export function createEngineConfigFinder(cwd: string, files: ConfigFiles): EngineConfigFinder {
  const search = new Search(cwd, files);
  return (path, names) =>
    names.length === 0 ? undefined : search.whole(dirname(resolve(cwd, path)), names);
}

type ByFolder = Map<string, EngineConfig | undefined>;

class Search {
  readonly #cwd: string;
  readonly #files: ConfigFiles;
  readonly #known = new Map<string, ByFolder>();
  /** With what they refer to, by the folder asked about. */
  readonly #chains = new Map<string, ByFolder>();
  /** With all that belongs to them, by the folder asked about. */
  readonly #whole = new Map<string, ByFolder>();

  constructor(cwd: string, files: ConfigFiles) {
    this.#cwd = cwd;
    this.#files = files;
  }

  /** The nearest configuration, with all that belongs to it. */
  whole(folder: string, names: readonly string[]): EngineConfig | undefined {
    const byFolder = folderMap(this.#whole, names);
    if (!byFolder.has(folder)) byFolder.set(folder, this.#gather(folder, names));
    return byFolder.get(folder);
  }

  #gather(folder: string, names: readonly string[]): EngineConfig | undefined {
    const config = this.#chain(folder, names);
    const companions = companionsOf(names).flatMap((one) => this.#chain(folder, one) ?? []);
    if (companions.length === 0) return config;
    const others = [...config?.others ?? [], ...companions];
    return { ...config ?? { path: "", text: "", cwd: this.#cwd }, others };
  }

  /** The nearest configuration with what it refers to, in files and further up. */
  #chain(folder: string, names: readonly string[]): EngineConfig | undefined {
    const byFolder = folderMap(this.#chains, names);
    if (!byFolder.has(folder)) {
      const config = this.#nearest(folder, names);
      byFolder.set(folder, config && this.#withReferences(config, names, 0));
    }
    return byFolder.get(folder);
  }

  #withReferences(config: EngineConfig, names: readonly string[], depth: number): EngineConfig {
    const references = referencesOf(names, config.text);
    const others = references.names.flatMap((name) => {
      const file = this.#named(config.root!, name, references.conditions);
      if (!file || !references.deep || depth >= MAX_DEPTH) return file ?? [];
      return this.#withReferences(file, names, depth + 1);
    });
    // What a named file would find further up is not meant.
    const isTop = depth > 0 || this.#files.isTop(config.root!);
    const above = references.above && !isTop
      ? this.#chain(dirname(config.root!), names)
      : undefined;
    return { ...config, ...above && { above }, ...others.length > 0 && { others } };
  }

  /** A file that a configuration in a folder names. */
  #named(folder: string, name: string, conditions: readonly string[]): EngineConfig | undefined {
    const file = isPath(name) ? this.#read(resolve(folder, name)) : undefined;
    if (file) return file;
    const path = findPackageFile(this.#files, folder, name, conditions);
    const found = path === undefined ? undefined : this.#read(path);
    return found && { ...found, named: name };
  }

  #nearest(folder: string, names: readonly string[]): EngineConfig | undefined {
    const known = folderMap(this.#known, names), passed: string[] = [];
    let found: EngineConfig | undefined;
    for (let at = folder;; at = dirname(at)) {
      passed.push(at);
      if (known.has(at)) found = known.get(at);
      else found = this.#inFolder(at, names);
      if (found || known.has(at) || this.#files.isTop(at)) break;
    }
    for (const path of passed) known.set(path, found);
    return found;
  }

  #inFolder(folder: string, names: readonly string[]): EngineConfig | undefined {
    const path = names.map((name) => join(folder, name)).find(this.#files.exists);
    return path === undefined ? undefined : this.#read(path);
  }

  /** Undefined for a file that is not there, or not for us to see. */
  #read(path: string): EngineConfig | undefined {
    if (!this.#files.admits(path) || !this.#files.exists(path)) return undefined;
    const name = this.#files.nameOf(path), text = this.#files.read(path);
    if (text.length > MAX_CONFIG_LENGTH) {
      throw new ToolError(`Cannot use ${JSON.stringify(name)}: it is larger than 1 MiB`, {
        hint: "make it shorter",
      });
    }
    return { path: name, text, root: dirname(path), cwd: this.#cwd };
  }
}

function folderMap(maps: Map<string, ByFolder>, names: readonly string[]): ByFolder {
  const key = names.join("/"), found = maps.get(key) ?? new Map();
  maps.set(key, found);
  return found;
}
