import { isAbsolute, join } from "node:path";

/** Reads a variable of the environment; undefined when it is not set. */
export type Env = (name: string) => string | undefined;

/** Where devmcp keeps what belongs to the user, absolute; the folders need not exist. */
export interface UserFolders {
  /** What the user writes: devmcp.yaml, prompts. */
  config: string;
  /** What can be made again. */
  cache: string;
  /** What devmcp remembers. */
  state: string;
}

/**
 * The folders of the XDG base directory specification where its variables are set; else those that
 * are usual on the system.
 *
 * @param os as `Deno.build.os` calls it. @default that of this machine
 */
export function userFolders(env: Env, os: string = Deno.build.os): UserFolders {
  const usual = usualFolders(env, os);
  return {
    config: join(absolute(env("XDG_CONFIG_HOME")) ?? usual.config, "devmcp"),
    cache: join(absolute(env("XDG_CACHE_HOME")) ?? usual.cache, "devmcp"),
    state: join(absolute(env("XDG_STATE_HOME")) ?? usual.state, "devmcp"),
  };
}

/** The user's home; the root of the file system for a user without one, as in many containers. */
export function homeFolder(env: Env): string {
  return absolute(env("HOME")) ?? absolute(env("USERPROFILE")) ?? "/";
}

function usualFolders(env: Env, os: string): UserFolders {
  const home = homeFolder(env);
  if (os === "darwin") {
    const support = join(home, "Library/Application Support");
    return { config: support, cache: join(home, "Library/Caches"), state: support };
  }
  if (os === "windows") {
    const roaming = absolute(env("APPDATA")) ?? join(home, "AppData/Roaming");
    const local = absolute(env("LOCALAPPDATA")) ?? join(home, "AppData/Local");
    return { config: roaming, cache: join(local, "cache"), state: local };
  }
  const [config, cache, state] = [".config", ".cache", ".local/state"];
  return { config: join(home, config), cache: join(home, cache), state: join(home, state) };
}

/** A relative one counts as not set, as the specification says. */
function absolute(path: string | undefined): string | undefined {
  return path && isAbsolute(path) ? path : undefined;
}
