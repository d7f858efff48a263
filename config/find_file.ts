import { existsSync, lstatSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Env, homeFolder, userFolders } from "./folders.ts";

export const CONFIG_NAME = "devmcp.yaml";

/** The user's own devmcp.yaml, whether or not it is there. */
export function userConfigFile(env: Env): string {
  return join(userFolders(env).config, CONFIG_NAME);
}

/**
 * The project's devmcp.yaml: the nearest at or above a folder, no higher than the repository's root
 * or the home folder. Something that cannot be looked at counts as not there.
 *
 * @param cwd absolute
 * @param name of another file of the project. @default devmcp.yaml
 */
export function findProjectFile(cwd: string, env: Env, name = CONFIG_NAME): string | undefined {
  const home = homeFolder(env);
  for (let folder = cwd;; folder = dirname(folder)) {
    const file = join(folder, name);
    if (isThere(file)) return file;
    const isTop = folder === home || existsSync(join(folder, ".git")) || dirname(folder) === folder;
    if (isTop) return undefined;
  }
}

/** Whether something has this name; a link that leads nowhere too: reading it tells. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
