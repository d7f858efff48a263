import { dirname, join, resolve } from "node:path";
import { projectFilesFor, referencesOf } from "../analysis/config_references.ts";
import type { EngineConfig } from "../analysis/engine.ts";
import { ToolError } from "../config/tool_error.ts";
import type { ConfigFiles } from "./config_files.ts";

/** Gives the nearest of some configuration files in the folder of a file or above it. */
export type EngineConfigFinder = (
  path: string,
  names: readonly string[],
) => EngineConfig | undefined;

/** Larger configuration is refused: 1 MiB. */
const MAX_CONFIG_LENGTH = 1024 * 1024;

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
    const config = this.#nearest(folder, names);
    const others = [
      ...(config ? this.#references(config, names) : []),
      ...projectFilesFor(names).flatMap((name) => this.#nearest(folder, [name]) ?? []),
    ];
    if (others.length === 0) return config;
    return { ...(config ?? { path: "", text: "", cwd: this.#cwd }), others };
  }

  #references(config: EngineConfig, names: readonly string[]): EngineConfig[] {
    const { files, above } = referencesOf({ names, text: config.text });
    const named = files.flatMap((file) => this.#read(resolve(config.root!, file)) ?? []);
    const parent = dirname(config.root!);
    const isTop = this.#files.isTop(config.root!);
    const next = above && !isTop ? this.whole(parent, names) : undefined;
    return next?.path ? [...named, next] : named;
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
