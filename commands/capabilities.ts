import type { LoadedConfig } from "../config/config.ts";
import type { FlagValue } from "../config/load.ts";
import type { Models } from "../models/chat_model.ts";
import type { Prompts } from "../prompts/prompt.ts";
import type { Cache } from "../store/cache.ts";

/** What depends on the user's configuration; each is made when it is first asked for, and kept. */
export interface Capabilities {
  config(): Promise<LoadedConfig>;
  /** Lays a command's flags over the configuration, by dotted key; before that is first asked for. */
  configure(flags: Record<string, FlagValue>): void;
  models: Models;
  prompts: Prompts;
  cache: Cache;
}

interface World {
  cwd: string;
  env(name: string): string | undefined;
  /** Told once what the configuration warns of. */
  warn?(warnings: string[]): void | Promise<void>;
}

/** Composes them; the program's threads each have their own. */
export function createCapabilities(world: World): Capabilities {
  const flags: Record<string, FlagValue> = {};
  const config = once(() => loadConfiguration(world, flags));
  const models = once(() => openModels(config, world));
  const prompts = once(() => openPrompts(world));
  const cache = once(() => openCache(config, world));
  return {
    config,
    configure: (more) => void Object.assign(flags, more),
    models: { get: async (role, options) => (await models()).get(role, options) },
    prompts: { load: async (name) => (await prompts()).load(name) },
    cache: {
      get: async (key) => (await cache()).get(key),
      set: async (key, value) => (await cache()).set(key, value),
    },
  };
}

async function loadConfiguration(
  world: World,
  flags: Record<string, FlagValue>,
): Promise<LoadedConfig> {
  const { loadConfig } = await import("../config/load.ts");
  const loaded = await loadConfig({ ...world, flags });
  if (loaded.warnings.length > 0) await world.warn?.(loaded.warnings);
  return loaded;
}

async function openModels(config: Capabilities["config"], { env }: World): Promise<Models> {
  const [{ createModels }, { values }] = await Promise.all([
    import("../models/create_models.ts"),
    config(),
  ]);
  return createModels(values.model, env);
}

async function openPrompts({ env }: World): Promise<Prompts> {
  const [{ createPrompts }, { userFolders }] = await Promise.all([
    import("../prompts/load.ts"),
    import("../config/folders.ts"),
  ]);
  return createPrompts({ folder: `${userFolders(env).config}/prompts` });
}

async function openCache(config: Capabilities["config"], { env }: World): Promise<Cache> {
  const [{ createFileCache }, { userFolders }, { values }] = await Promise.all([
    import("../store/file_cache.ts"),
    import("../config/folders.ts"),
    config(),
  ]);
  const maxBytes = values.performance.cache_mb * 1e6;
  return createFileCache({ folder: userFolders(env).cache, maxBytes });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
